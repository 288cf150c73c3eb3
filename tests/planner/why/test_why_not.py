"""What each kind of fact does to one missing thing, and who would have to leave."""

from datetime import date

import pytest

from planner.fact_changes import (
    CloserDates,
    OtherStaff,
    StaffAuthorised,
    StaffBack,
)
from planner.plan import Plan
from planner.problem import (
    Absence,
    HistoryDate,
    MaxHalfDays,
    Meeting,
    ParticipantHours,
    Problem,
)
from planner.wanted import IsPlacedError, UnknownWantedError, Wanted
from planner.why.fact import Fact
from planner.why.leaving import Leaver
from planner.why_not import Explainer, why_not
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    day,
    interview,
    need,
    office,
    participant,
    permanence,
    person,
    pin_of_interview,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    room,
    sequence,
    session,
    site,
)
from tests.planner.why.questions import AWAY, N1, ONE_DAY, ONE_PERSON, VISITS, asked, told

# Facts


def test_each_half_day_knows_which_of_the_facts_block_it() -> None:
    staff = (person("A", absences=(AWAY,)),)
    explained = Explainer(problem(**ONE_DAY, staff=staff, cadences=(cadence(),)), plan())
    (leave,) = explained.why_not(VISITS).facts
    cells = explained.blocked(VISITS)
    assert {(cell.site, cell.on, cell.half_day) for cell in cells} == {
        ("prison", MONDAY, "am"),
        ("prison", MONDAY, "pm"),
    }
    assert {cell.facts for cell in cells} == {frozenset({leave})}


def test_a_need_is_blocked_only_on_the_dates_that_are_asked_for_it() -> None:
    evening = participant(hours=(ParticipantHours(weekday=1, from_hour="18:00", to_hour="19:00"),))
    wanted = need(participant="KM4821", sites=("bureau",), from_on=day(1), until_on=day(2))
    explained = Explainer(problem(participants=(evening,), interviews=(wanted,)), plan())
    assert {cell.on for cell in explained.blocked(N1)} == {day(1), day(2)}


def test_what_is_only_crowded_is_blocked_nowhere() -> None:
    explained = Explainer(problem(**ONE_DAY, **ONE_PERSON, cadences=(cadence(),)), plan())
    assert explained.blocked(VISITS) == ()


def test_an_authorisation_that_nobody_has_is_named_for_each_person() -> None:
    staff = (person("A"), person("B"))
    found = asked(VISITS, sites=(site(demands_accreditation=True),), staff=staff, cadences=(cadence(),))
    assert found.facts == tuple(Fact(kind="authorisation", staff=one, site="prison") for one in "AB")
    assert StaffAuthorised(staff="A", site="prison") in {one.change for one in found.repairs}


def test_a_skill_that_nobody_of_a_team_has_is_named_for_each_of_them() -> None:
    staff = (person("A"), person("B"))
    work = cadence(staff_count=2, skills=("self-defence",))
    found = asked(VISITS, staff=staff, cadences=(work,))
    assert told(found) == {("skill", "self-defence")}
    assert {fact.staff for fact in found.facts} == {"A", "B"}


def test_a_contract_and_the_pins_that_fill_it_are_named_together() -> None:
    full = person("A", max_half_days=MaxHalfDays(day=1))
    found = asked(
        VISITS,
        staff=(full,),
        cadences=(cadence(asked=2, min_days=0),),
        pins=(pin_of_permanence(),),
        planned=plan(permanence()),
    )
    assert told(found) == {("contract", "day"), ("pin", "permanence visits 2026-03-02 am")}


def test_a_week_that_an_absence_leaves_too_short_names_the_absence_and_the_half_days_kept() -> None:
    away = Absence(id="leave", starts_at=at(day(3), "00:00"), ends_at=at(day(9), "00:00"))
    kept = person("A", absences=(away,), protected_half_days=2)
    found = asked(VISITS, staff=(kept,), cadences=(cadence(),))
    assert told(found) == {("protected", "A"), ("absence", "leave")}
    alone = person("A", absences=(away,), protected_half_days=0)
    assert asked(VISITS, staff=(alone,), cadences=(cadence(),)).status == "crowded"


def test_a_date_too_close_to_history_is_a_matter_of_spacing() -> None:
    past = cadence(min_days=8, history=(HistoryDate(on=date(2026, 2, 24), half_day="am"),))
    found = asked(VISITS, cadences=(past,))
    assert found.facts == (Fact(kind="spacing", about="visits"),)
    assert CloserDates(cadence="visits") not in {one.change for one in found.repairs}
    nearly = cadence(min_days=7, history=(HistoryDate(on=date(2026, 2, 24), half_day="am"),))
    assert asked(VISITS, cadences=(nearly,)).repairs[0].change == CloserDates(cadence="visits")


def test_a_group_larger_than_each_room_names_the_rooms() -> None:
    big = cadence("fair", kind="session", seats=20, needs_room=True)
    rooms = (room("blue", seats=8), room("red", seats=12))
    found = asked(Wanted(cadence="fair"), sites=(site(rooms=rooms),), cadences=(big,))
    assert told(found) == {("room", "blue"), ("room", "red")}


def test_a_speaker_who_comes_on_another_day_is_named() -> None:
    talk = sequence("talk", speaker_dates=(day(5),))
    found = asked(Wanted(promotion="spring", sequence="talk"), promotions=(promotion(talk),))
    assert found.facts == (Fact(kind="speaker_dates", about="spring/talk"),)


def test_a_sequence_waits_for_the_one_before() -> None:
    steps = promotion(sequence("first"), sequence("second"))
    found = asked(Wanted(promotion="spring", sequence="second"), promotions=(steps,))
    assert found.facts == (Fact(kind="previous", about="spring/first"),)


def test_hours_of_the_person_and_dates_of_the_need_are_records() -> None:
    evening = participant(hours=(ParticipantHours(weekday=1, from_hour="18:00", to_hour="19:00"),))
    wanted = need(participant="KM4821", sites=("bureau",), until_on=MONDAY)
    assert told(asked(N1, participants=(evening,), interviews=(wanted,))) == {("hours", "KM4821")}
    late = need(sites=("bureau",), from_on=day(3), until_on=day(4))
    assert told(asked(N1, interviews=(late,))) == {("window", "n1")}


def test_a_referent_in_a_meeting_and_away_makes_two_facts_of_one_day() -> None:
    morning = Absence(id="dentist", starts_at=at(MONDAY, "08:00"), ends_at=at(MONDAY, "12:00"))
    course = Meeting(id="course", starts_at=at(MONDAY, "14:00"), ends_at=at(MONDAY, "17:00"))
    staff = (person("A", absences=(morning,), meetings=(course,)), person("B"))
    found = asked(N1, staff=staff, interviews=(need(sites=("bureau",)),))
    assert told(found) == {("absence", "dentist"), ("meeting", "course")}
    changes = {one.change for one in found.repairs}
    assert changes == {OtherStaff(need="n1"), StaffBack(staff="A", on=MONDAY, half_day="am")}


def test_an_interview_pinned_too_close_is_named_with_the_distance() -> None:
    known = need("n0", participant="KM4821", sites=("bureau",))
    wanted = need(participant="KM4821", sites=("bureau",), min_days=2)
    found = asked(
        N1,
        plan(office(), interview("n0")),
        participants=(participant(),),
        interviews=(known, wanted),
        pins=(pin_of_interview("n0"),),
    )
    assert told(found) == {("pin", "interview n0"), ("spacing", "n1")}


def test_a_need_without_a_place_has_no_fact_to_blame() -> None:
    found = asked(N1, interviews=(need(sites=("prison",)),))
    assert (found.status, found.facts, found.repairs) == ("impossible", (), ())


# Crowded


def test_a_need_that_others_keep_out_names_the_fewest_that_would_leave() -> None:
    one_slot = bureau(interview_places=1)
    wanted = need(sites=("bureau",), slots=3)
    held = need("n2", sites=("bureau",), priority="urgent")
    afternoon = Absence(id="pm", starts_at=at(MONDAY, "13:00"), ends_at=at(MONDAY, "19:00"))
    found = asked(
        N1,
        plan(office(), interview("n2", start="10:00")),
        sites=(site(), one_slot),
        staff=(person("A", absences=(afternoon,)),),
        interviews=(wanted, held),
    )
    assert (found.status, found.staff, found.sites) == ("crowded", ("A",), ("bureau",))
    assert found.leave == (Leaver("interview n2", "unmet_urgent"),)
    assert [(one.kind, one.drop or one.change) for one in found.repairs] == [
        ("absence", StaffBack(staff="A", on=MONDAY, half_day="pm")),
        ("drop", "interview n2"),
    ]


def test_a_presence_leaves_with_the_interviews_in_it() -> None:
    inside = need("n2", sites=("prison",), only_in_permanence=True)
    found = asked(
        N1,
        plan(permanence(), permanence(half_day="pm"), interview("n2", site="prison")),
        cadences=(cadence(asked=2),),
        interviews=(need(sites=("bureau",)), inside),
    )
    assert found.leave == (Leaver("permanence visits 2026-03-02 pm", "unmet_permanences"),)


def test_a_place_that_a_plan_does_not_use_is_told_and_nothing_has_to_leave() -> None:
    found = asked(VISITS, cadences=(cadence(),))
    assert (found.status, found.leave) == ("crowded", ())
    assert found.free is not None
    assert found.free.on == MONDAY


def test_a_cadence_short_of_one_names_what_keeps_it_from_standing_beside_its_own() -> None:
    """Another of the same cadence would have to leave: that is no way out, the facts around both are the reason."""
    placed_one = permanence(MONDAY, "am", "A")
    explained = Explainer(problem(**ONE_DAY, **ONE_PERSON, cadences=(cadence(asked=2),)), plan(placed_one))
    found = explained.why_not(VISITS)
    assert found.status == "crowded"
    assert {fact.kind for fact in found.beside} == {"spacing", "placed"}
    assert found.facts == ()
    assert {cell.half_day for cell in explained.blocked(VISITS)} == {"pm"}


def test_what_is_pinned_never_has_to_leave() -> None:
    found = asked(
        N1,
        plan(permanence(), permanence(half_day="pm")),
        cadences=(cadence(asked=2),),
        interviews=(need(sites=("bureau",)),),
        pins=(pin_of_permanence(half_day="pm"),),
    )
    assert found.leave == (Leaver("permanence visits 2026-03-02 am", "unmet_permanences"),)


# Questions that make no sense


def test_what_is_placed_or_unknown_is_refused_by_name() -> None:
    facts = problem(cadences=(cadence(),), interviews=(need(),))
    with pytest.raises(IsPlacedError, match="visits"):
        why_not(facts, plan(permanence()), VISITS)
    with pytest.raises(UnknownWantedError, match="nobody"):
        why_not(facts, Plan(), Wanted(need="nobody"))
    with pytest.raises(IsPlacedError, match="n1"):
        why_not(facts, plan(office(half_day="pm"), interview(start="14:00")), N1)


def test_everything_left_out_is_explained_in_the_order_of_plan_files() -> None:
    facts: Problem = problem(cadences=(cadence("b"), cadence("a")), interviews=(need("n2"), need("n1")))
    found = [one.wanted.about for one in Explainer(facts, Plan()).all()]
    assert found == ["a", "b", "n1#1", "n2#1"]


def test_fewest_are_promised_only_where_every_one_alone_was_tried() -> None:
    """For a whole day two mornings of a full week would have to leave; on the last day, looked at last, one session."""
    mornings = [permanence(day(on), cadence="annex") for on in range(2, 7)]
    facts = problem(
        first_on=day(2),
        last_on=day(9),
        sites=(site(), site("annex")),
        staff=(person("A", max_half_days=MaxHalfDays(week=5)),),
        promotions=(promotion(sequence("one", length="day"), site="annex"),),
        cadences=(cadence(length="day"), cadence("annex", site="annex", asked=5, length="am")),
    )
    held = plan(session("one", day(9), "09:00", "17:00", site="annex"), *mornings)
    found = why_not(facts, held, VISITS)
    assert (len(found.leave), found.is_fewest) == (1, True)
    found = Explainer(facts, held, most_tries=2).why_not(VISITS)
    assert (len(found.leave), found.is_fewest) == (2, False)
