"""What a plan leaves out, and a first reason for each."""

from datetime import date
from typing import Any

import pytest

from planner.audit import Auditor
from planner.first_reasons import left_out
from planner.plan import Plan, Unplaced
from planner.problem import Absence, Accreditation, Closure, ParticipantHours, Problem, StaffMember
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
    openings,
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
    site,
)


def left_out_of(facts: Problem, planned: Plan) -> tuple[Unplaced, ...]:
    return left_out(Auditor(facts), planned)


AWAY = Absence(id="leave", starts_at=at(day(1), "00:00"), ends_at=at(date(2026, 4, 1), "00:00"))
ALL_MONTH = Closure(id="works", from_on=day(1), until_on=day(31))


def alone(planned: Plan = Plan(), **facts: Any) -> Unplaced:  # noqa: B008 - plans are frozen
    """The one thing that is left out."""
    (left,) = left_out_of(problem(**facts), planned)
    return left


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"sites": (site(demands_accreditation=True),)}, "accreditation"),
        ({"sites": (site(closures=(ALL_MONTH,)),)}, "site_open"),
        ({"staff": (person("A", absences=(AWAY,)), person("B", absences=(AWAY,)))}, "availability"),
        ({"cadences": (cadence(skills=("juggling",)),)}, "staffing"),
    ],
)
def test_a_permanence_that_no_half_day_allows_names_the_rule(facts: dict[str, Any], code: str) -> None:
    left = alone(**{"cadences": (cadence(),), **facts})
    assert (left.cadence, left.count, left.reason.code) == ("visits", 1, code)


def test_an_authorisation_that_ended_is_the_reason_even_where_the_site_seldom_opens() -> None:
    monday = tuple(one for one in site().openings if one.weekday == 1)
    ended = person("A", accreditations=(Accreditation(site="prison", until_on=date(2026, 2, 20)),))
    left = alone(
        sites=(site(demands_accreditation=True, openings=monday),), staff=(ended,), cadences=(cadence(),)
    )
    assert left.reason.code == "accreditation"
    assert {fact["on"] for fact in left.reason.facts} == {f"2026-03-{on:02}" for on in (2, 9, 16, 23, 30)}
    assert left.reason.facts[0]["staff"] == ["A"]


def test_a_group_larger_than_every_room_is_left_for_want_of_a_room() -> None:
    big = cadence("fair", kind="session", seats=20, needs_room=True)
    assert alone(sites=(site(rooms=(room(seats=8),)),), cadences=(big,)).reason.code == "room"


def test_a_speaker_who_comes_on_other_days_is_the_reason() -> None:
    talk = sequence("talk", speaker_dates=(day(5),))
    left = alone(promotions=(promotion(talk, weekday=1),))
    assert (left.promotion, left.sequence, left.reason.code) == ("spring", "talk", "speaker_present")


def test_the_only_two_of_twenty_who_may_enter_are_tried_among_the_first() -> None:
    held = (Accreditation(site="prison"),)
    team = tuple(person(f"P{rank:02}", accreditations=held if rank > 17 else ()) for rank in range(20))
    left = alone(sites=(site(demands_accreditation=True),), staff=team, cadences=(cadence(staff_count=2),))
    assert left.reason.code == "crowded"
    assert {fact["staff"] for fact in left.reason.facts if "staff" in fact} == {"P18", "P19"}


def test_what_is_published_elsewhere_and_near_is_no_reason() -> None:
    facts = problem(
        sites=(site(), site("jail", closures=(ALL_MONTH,))),
        cadences=(cadence(), cadence("more", site="jail")),
        notice_days=5,
        published=plan(permanence(day(3))),
    )
    (left,) = left_out_of(facts, plan(permanence(day(3))))
    assert (left.cadence, left.reason.code) == ("more", "site_open")


def test_a_person_who_can_only_come_when_the_office_is_shut_is_told_so() -> None:
    evening = participant(hours=(ParticipantHours(weekday=1, from_hour="18:00", to_hour="19:00"),))
    left = alone(participants=(evening,), interviews=(need(participant="KM4821"),), cadences=())
    assert (left.need, left.reason.code) == ("n1", "interview_window")


def test_a_referent_who_is_away_is_named() -> None:
    left = alone(staff=(person("A", absences=(AWAY,)), person("B")), interviews=(need(sites=("bureau",)),))
    assert left.reason.code == "availability"
    assert left.reason.facts[0]["staff"] == ["A"]
    assert left.reason.facts[0]["codes"] == ["absent"]
    assert left.reason.facts[0]["fact"] == ["leave"]


def test_a_thing_that_nothing_forbids_by_itself_is_crowded_out() -> None:
    left = alone(interviews=(need(sites=("bureau",)),))
    assert left.reason.code == "crowded"
    assert left.reason.facts == ({"staff": "A"}, {"site": "bureau"})


def beside_a_pin(staff: tuple[StaffMember, ...]) -> Unplaced:
    """A permanence that is left out of a Monday on which A meets somebody far away at a pinned hour."""
    return alone(
        plan(interview("n1", start="10:00", site="far")),
        first_on=MONDAY,
        last_on=MONDAY,
        sites=(site(), site("far", kind="france_services")),
        staff=staff,
        cadences=(cadence(length="am"),),
        interviews=(need("n1", sites=("far",)),),
        pins=(pin_of_interview("n1", MONDAY, "10:00", site="far"),),
    )


def test_what_the_pins_alone_forbid_is_not_crowded_out() -> None:
    left = beside_a_pin((person("A"),))
    assert (left.cadence, left.reason.code) == ("visits", "one_place_at_a_time")
    assert left.reason.facts[0]["codes"] == ["travel"]


def test_who_has_nothing_pinned_is_crowded_out() -> None:
    left = beside_a_pin((person("A"), person("B")))
    assert left.reason.code == "crowded"
    assert {"staff": "B"} in left.reason.facts
    assert {"staff": "A"} not in left.reason.facts


def test_an_interview_stands_in_the_permanence_that_people_pinned() -> None:
    given = {"first_on": MONDAY, "last_on": MONDAY, "staff": (person("A"),), "sites": (site(),)}
    pins, held = (pin_of_permanence(),), plan(permanence())
    missing = (need("n1", sites=("prison",)),)
    assert alone(held, cadences=(cadence(),), interviews=missing, pins=pins, **given).reason.code == "crowded"


def test_what_people_fixed_with_one_participant_is_no_reason_for_another() -> None:
    """Both are asked for alike on a morning on which A has a permanence and the first is met elsewhere, as it was fixed."""
    asked = {"sites": ("bureau",), "from_on": MONDAY, "until_on": MONDAY}
    mornings = openings()[:1]
    facts = problem(
        first_on=MONDAY,
        last_on=MONDAY,
        sites=(site(openings=mornings), bureau(openings=mornings), site("far", openings=mornings)),
        participants=(participant("X"), participant("Y")),
        cadences=(cadence(),),
        interviews=(
            need("n0", participant="X", referent="B", sites=("far",)),
            need("n1", participant="X", **asked),
            need("n2", participant="Y", **asked),
        ),
        pins=(pin_of_interview("n0", MONDAY, "09:00", site="far", staff=("B",)),),
    )
    held = plan(permanence(), interview("n0", site="far", staff="B"))
    codes = {left.need: left.reason.code for left in left_out_of(facts, held) if left.need}
    assert codes == {"n1": "participant_one_at_a_time", "n2": "crowded"}


def test_a_plan_that_meets_everything_leaves_nothing() -> None:
    facts = problem(cadences=(cadence(),), interviews=(need(),))
    assert left_out_of(facts, plan(permanence(), office(half_day="pm"), interview(start="14:00"))) == ()


def test_counts_tell_how_many_are_missing() -> None:
    facts = problem(cadences=(cadence(asked=3, min_days=1),), interviews=(need(count=2),))
    counts = {left.cadence or left.need: left.count for left in left_out_of(facts, plan(permanence()))}
    assert counts == {"visits": 2, "n1": 2}


def test_a_weekly_cadence_is_examined_on_the_dates_that_it_misses() -> None:
    away = Absence(id="course", starts_at=at(day(9), "00:00"), ends_at=at(day(10), "00:00"))
    staff = (person("A", absences=(away,)), person("B", absences=(away,)))
    facts = problem(staff=staff, cadences=(cadence(asked=0, weekdays=(1,), length="am"),))
    held = plan(*(permanence(day(on)) for on in (2, 16, 23, 30)))
    (left,) = left_out_of(facts, held)
    assert {fact["on"] for fact in left.reason.facts} == {"2026-03-09"}


def test_needs_alike_share_one_reason_and_many_stay_quick() -> None:
    people = tuple(participant(f"AB{number:04}") for number in range(60))
    needs = tuple(need(f"n{one.id}", participant=one.id) for one in people)
    found = left_out_of(problem(participants=people, interviews=needs), Plan())
    assert len(found) == 60
    assert len({str(left.reason) for left in found}) == 1


def test_the_order_does_not_depend_on_that_of_the_problem() -> None:
    facts = problem(cadences=(cadence("b"), cadence("a")), interviews=(need("n2"), need("n1")))
    turned = changed(facts, cadences=facts.cadences[::-1], interviews=facts.interviews[::-1])
    assert left_out_of(facts, Plan()) == left_out_of(turned, Plan())
