from planner.build import build
from planner.problem import Busy, Cadence, Meeting, Problem, Travel
from planner.relaxation import relax
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
    told,
    weekly,
)

RULE = "one_place_at_a_time"


def facts(minutes: int = 0, **changes: object) -> Problem:
    """A prison and a bureau `minutes` apart, with two cadences and a need."""
    far: Cadence = cadence("office-hours", site="bureau", asked=2)
    legs = (Travel(from_site="prison", to_site="bureau", minutes=minutes),)
    return problem(cadences=(cadence(asked=2), far), travel=legs, interviews=(need(),), **changes)


def meeting(start: str, end: str, place: str | None = None) -> Meeting:
    return Meeting(id="team", starts_at=at(MONDAY, start), ends_at=at(MONDAY, end), site=place)


def test_one_presence_in_each_half_day_is_allowed() -> None:
    assert told(facts(), plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours")), RULE) == []


def test_two_presences_in_one_half_day_are_seen() -> None:
    found = told(facts(), plan(permanence(), permanence(cadence="office-hours")), RULE)
    assert ("two_presences", "A", 1) in found


def test_two_people_may_be_in_two_places() -> None:
    planned = plan(permanence(), permanence(MONDAY, "am", "B", cadence="office-hours"))
    assert told(facts(), planned, RULE) == []


def test_travel_that_just_fits_is_allowed_and_a_minute_more_is_not() -> None:
    planned = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    assert told(facts(120), planned, RULE) == []
    assert told(facts(121), planned, RULE) == [("travel", "A", 1)]


def test_both_directions_of_travel_may_differ() -> None:
    one_way = Travel(from_site="prison", to_site="bureau", minutes=10)
    back = Travel(from_site="bureau", to_site="prison", minutes=150)
    both = problem(
        cadences=(cadence(asked=2), cadence("office-hours", site="bureau", asked=2)), travel=(one_way, back)
    )
    there = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    home = plan(permanence(MONDAY, "pm"), permanence(cadence="office-hours"))
    assert told(both, there, RULE) == []
    assert told(both, home, RULE) == [("travel", "A", 30)]


def test_travel_that_no_table_gives_takes_the_default() -> None:
    apart = problem(
        cadences=(cadence(asked=2), cadence("office-hours", site="bureau", asked=2)),
        default_travel_minutes=125,
    )
    planned = plan(permanence(), permanence(MONDAY, "pm", cadence="office-hours"))
    assert told(apart, planned, RULE) == [("travel", "A", 5)]


def test_a_meeting_excludes_a_permanence_that_it_touches_by_a_minute() -> None:
    ends_before = person(meetings=(meeting("08:00", "09:00"),))
    touches = person(meetings=(meeting("08:00", "09:01"),))
    assert told(facts(staff=(ends_before,)), plan(permanence()), RULE) == []
    assert told(facts(staff=(touches,)), plan(permanence()), RULE) == [("occupied", "A", 1)]


def test_busy_time_excludes_only_the_office_slots_that_it_touches() -> None:
    busy = person(busy=(Busy(starts_at=at(MONDAY, "10:00"), ends_at=at(MONDAY, "10:30")),))
    morning = facts(staff=(busy,))
    assert told(morning, plan(office(), interview(start="09:00")), RULE) == []
    assert told(morning, plan(office(), interview(start="10:00")), RULE) == [("occupied", "A", 1)]


def test_beside_a_meeting_elsewhere_an_office_half_day_counts_by_its_interviews() -> None:
    away = person(meetings=(meeting("09:00", "09:30", "prison"),))
    planned = plan(office(), interview(start="11:00"))
    assert told(facts(90, staff=(away,)), planned, RULE) == []
    assert told(facts(91, staff=(away,)), planned, RULE) == [("travel", "A", 1)]


def test_beside_a_permanence_an_office_half_day_counts_by_its_whole_opening() -> None:
    planned = plan(permanence(), office(MONDAY, "pm"), interview(start="16:00"))
    assert told(facts(130), planned, RULE) == [("travel", "A", 10)]


def test_a_meeting_at_the_bureau_itself_asks_for_no_travel() -> None:
    here = person(meetings=(meeting("09:00", "10:00", "bureau"),))
    assert told(facts(90, staff=(here,)), plan(office(), interview(start="10:00")), RULE) == []


def test_two_openings_of_one_site_that_overlap_cannot_both_be_served() -> None:
    late = site(openings=(*site().openings[:1], *openings_until_ten_past_two()))
    overlapping = problem(cadences=(cadence(asked=2),), sites=(late, bureau()))
    planned = plan(permanence(), permanence(MONDAY, "pm"))
    assert told(overlapping, planned, RULE) == [("travel", "A", 10)]


def openings_until_ten_past_two() -> tuple[object, ...]:
    """The prison's Monday afternoon, from ten minutes before its morning ends."""
    afternoon = site().openings[1]
    return (type(afternoon)(weekday=1, half_day="pm", from_hour="11:50", to_hour="17:00"),)


def test_a_whole_day_session_leaves_no_half_day_to_anything_else() -> None:
    group = (promotion(sequence("s1", length="day")),)
    whole = session("s1", MONDAY, "09:00", "17:00")
    beside = facts(promotions=group)
    found = told(beside, plan(whole, office(MONDAY, "pm"), interview(start="14:00")), RULE)
    assert ("two_presences", "A", 1) in found
    assert (
        told(beside, plan(whole, office(MONDAY, "pm", "B"), interview(start="14:00", staff="B")), RULE) == []
    )


def test_a_meeting_excludes_a_session_a_call_and_an_interview_at_the_office_that_it_touches() -> None:
    until_nine = person(meetings=(meeting("08:00", "09:00"),))
    past_nine = person(meetings=(meeting("08:00", "09:01"),))
    things = (plan(session("s1")), plan(interview("call", site=None)), plan(office(), interview()))
    for planned in things:
        for who, found in ((until_nine, []), (past_nine, [("occupied", "A", 1)])):
            known = problem(
                staff=(who,),
                promotions=(promotion(sequence("s1")),),
                interviews=(need(), need("call", mode="phone")),
            )
            assert told(known, planned, RULE) == found


def test_an_interview_of_a_permanence_is_excluded_with_it_and_not_once_more() -> None:
    away = facts(staff=(person(meetings=(meeting("09:00", "10:00"),)),))
    planned = plan(permanence(), interview(site="prison"))
    assert told(away, planned, RULE) == [("occupied", "A", 1)]


def test_nothing_is_asked_between_two_meetings_nor_beside_one_without_a_site() -> None:
    facts_of_both = person(
        meetings=(
            meeting("09:00", "09:30", "prison"),
            Meeting(id="b", starts_at=at(MONDAY, "09:30"), ends_at=at(MONDAY, "10:00"), site="bureau"),
        )
    )
    afternoon = plan(permanence(MONDAY, "pm", cadence="office-hours"))
    assert told(facts(240, staff=(facts_of_both,)), afternoon, RULE) == []
    call = person(meetings=(meeting("12:00", "14:00"),))
    assert told(facts(240, staff=(call,)), plan(permanence()), RULE) == []


def test_a_meeting_of_another_day_is_not_on_the_way() -> None:
    other_day = Meeting(id="t", starts_at=at(day(3), "09:00"), ends_at=at(day(3), "10:00"), site="bureau")
    planned = plan(permanence(MONDAY, "pm"))
    assert told(facts(1300, staff=(person(meetings=(other_day,)),)), planned, RULE) == []


def test_a_meeting_at_the_site_itself_excludes_and_asks_for_no_travel() -> None:
    there = person(meetings=(meeting("08:00", "09:30", "prison"),))
    assert told(facts(staff=(there,)), plan(permanence()), RULE) == [("occupied", "A", 1)]


def test_a_permanence_beside_a_meeting_elsewhere_counts_by_its_opening() -> None:
    before = person(meetings=(meeting("07:00", "08:30", "bureau"),))
    after = person(meetings=(meeting("12:40", "13:30", "bureau"),))
    for minutes, who, found in (
        (30, before, []),
        (31, before, [("travel", "A", 1)]),
        (40, after, []),
        (41, after, [("travel", "A", 1)]),
    ):
        for planned in (plan(permanence()), plan(permanence(), interview(site="prison", start="10:00"))):
            assert told(facts(minutes, staff=(who,)), planned, RULE) == found


def test_an_office_half_day_beside_a_meeting_elsewhere_counts_by_its_last_interview_too() -> None:
    after = person(meetings=(meeting("12:00", "12:30", "prison"),))
    early = plan(office(), interview())
    assert told(facts(120, staff=(after,)), early, RULE) == []
    assert told(facts(121, staff=(after,)), early, RULE) == [("travel", "A", 1)]


def test_an_office_half_day_keeps_its_whole_opening_beside_what_is_no_meeting() -> None:
    here = person(meetings=(meeting("16:00", "16:30", "bureau"),))
    planned = plan(permanence(), office(MONDAY, "pm"), interview(start="15:00"))
    assert told(facts(120, staff=(here,)), planned, RULE) == []
    assert told(facts(121, staff=(here,)), planned, RULE) == [("travel", "A", 1)]
    early = person(meetings=(meeting("08:00", "08:30", "bureau"),))
    before = plan(office(), interview(), permanence(MONDAY, "pm"))
    assert told(facts(120, staff=(early,)), before, RULE) == []
    assert told(facts(121, staff=(early,)), before, RULE) == [("travel", "A", 1)]


def test_two_interviews_of_one_office_half_day_ask_for_no_travel_between_them() -> None:
    away = person(meetings=(meeting("12:30", "13:00", "prison"),))
    known = facts(0, staff=(away,))
    known = changed(known, interviews=(need(count=2),))
    planned = plan(office(), interview(), interview(start="10:00", number=2))
    assert told(known, planned, RULE) == []


def test_nothing_is_asked_between_the_base_and_the_first_or_after_the_last() -> None:
    far_away = facts(600, staff=(person(base="bureau"),))
    assert told(far_away, plan(permanence()), RULE) == []
    assert told(far_away, plan(permanence(MONDAY, "pm")), RULE) == []


def test_the_relaxation_has_no_part_of_a_whole_day_beside_both_halves_of_another_date() -> None:
    """Two Mondays, each for one of two workshops: half of the whole day would leave room for all of the other."""
    workshops = [
        cadence(name, kind="session", length=length, asked=2, compulsory=True)
        for name, length in (("hike", "day"), ("choir", "half"))
    ]
    mondays = person("A", availability=weekly(weekdays=range(1, 2)))
    facts = problem(first_on=day(2), last_on=day(15), cadences=tuple(workshops), staff=(mondays,))
    assert relax(build(facts).program, {}, "unmet_sessions", seconds=10).bound == 2
