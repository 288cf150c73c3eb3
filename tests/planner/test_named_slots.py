"""Slots are told apart only where two interviews could meet in one of them; where they could, they never do."""

import pytest

from planner.audit import audit
from planner.build import build
from planner.problem import Booked, Pin, Problem
from planner.solve import Limits, Planned, solve
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    need,
    openings,
    person,
    pin_of_interview,
    pin_of_permanence,
    problem,
    site,
)

LIMITS = Limits(time_limit_seconds=30, deterministic_limit=5, workers=1)
ONE_SLOT = openings(to_hour="10:00")[:1]


def asked(*cadences: object, **changes: object) -> Problem:
    """One Monday morning, three diagnostics that whoever holds a permanence takes, one slot at the prison."""
    given = {
        "first_on": MONDAY,
        "last_on": MONDAY,
        "cadences": cadences or (cadence(),),
        "sites": (site(openings=ONE_SLOT, interview_places=1), bureau(openings=())),
        "staff": (person("A"), person("B"), person("C")),
        "interviews": (need(kind="diagnostic", referent=None, count=3, sites=("prison",)),),
    }
    return problem(**{**given, **changes})


def placed(facts: Problem) -> int:
    """How many interviews the best plan has; it is clean and proven."""
    outcome = solve(facts, limits=LIMITS)
    assert isinstance(outcome, Planned)
    assert audit(facts, outcome.plan).violations == ()
    assert {level.status for level in outcome.plan.levels} == {"optimal"}
    return len(outcome.plan.interviews)


def with_places(facts: Problem, places: int) -> Problem:
    """The same with so many interview places at the prison."""
    changes = {"sites": (site(openings=ONE_SLOT, interview_places=places), *facts.sites[1:])}
    return asked(*facts.cadences, **changes, pins=facts.pins, interviews=facts.interviews)


def test_three_people_who_could_hold_the_one_permanence_never_meet_there() -> None:
    facts = asked()
    assert build(facts).named == {}
    assert placed(facts) == 1


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(asked(cadence(staff_count=2)), id="a permanence of two"),
        pytest.param(asked(cadence(), cadence("talks")), id="two permanences of one"),
        pytest.param(asked(pins=(pin_of_permanence(MONDAY, "am", "A", "B"),)), id="two pinned, one asked"),
    ],
)
def test_two_who_may_be_there_share_the_places(facts: Problem) -> None:
    assert build(facts).named
    assert placed(facts) == 1
    assert build(with_places(facts, 2)).named == {}
    assert placed(with_places(facts, 2)) == 2


def test_an_office_half_day_shares_the_places_with_a_permanence_at_the_same_bureau() -> None:
    there = (need("n1", referent="A", sites=("bureau",)), need("n2", referent="B", sites=("bureau",)))
    for places in (1, 2):
        offices = (site(openings=()), bureau(openings=ONE_SLOT, interview_places=places))
        facts = asked(cadence(site="bureau"), sites=offices, interviews=there)
        assert bool(build(facts).named) == (places == 1)
        assert placed(facts) == places


def test_a_telephone_is_told_apart_from_the_office_beside_it_and_not_from_a_permanence() -> None:
    """One slot for a visit and a call: at the office, not both; a permanence leaves no call at all."""
    both = (need("n1", sites=("bureau",)), need("n2", mode="phone"))
    alone = (person("A"),)
    office = asked(
        cadence(asked=0), sites=(site(openings=()), bureau(openings=ONE_SLOT)), interviews=both, staff=alone
    )
    assert {build(office).interviews.lanes[lane].holder for lane, _ in build(office).named} == {-1, -2}
    assert placed(office) == 1
    facts = asked(
        sites=(site(openings=ONE_SLOT), bureau(openings=ONE_SLOT)),
        interviews=(need("n1", sites=("prison",)), need("n2", mode="phone")),
        staff=alone,
    )
    assert build(facts).named == {}
    assert placed(facts) == 1


@pytest.mark.parametrize("booked", ["more", "visits"])
def test_who_is_pinned_twice_at_a_site_meets_in_the_first_permanence(booked: str) -> None:
    """Two slots, A in both permanences and B in the second; partners booked the first slot of one of them."""
    facts = asked(
        cadence("more"),
        cadence("visits"),
        sites=(site(openings=openings(to_hour="11:00")[:1]), bureau(openings=())),
        pins=(
            Pin(cadence="more", on=MONDAY, half_day="am", staff=("A",)),
            pin_of_permanence(MONDAY, "am", "A", "B"),
        ),
        booked=(Booked(cadence=booked, on=MONDAY, half_day="am", slot=0),),
    )
    assert placed(facts) == 3


@pytest.mark.parametrize(
    ("promised", "booked"), [(2, ()), (0, (Booked(cadence="visits", on=MONDAY, half_day="am", slot=0),))]
)
def test_what_is_fixed_with_who_is_pinned_twice_takes_no_slot_of_the_second_permanence(
    promised: int, booked: tuple[Booked, ...]
) -> None:
    """A meets somebody in the first: in the second B meets two, beside what partners keep of its four places."""
    facts = asked(
        cadence("more"),
        cadence("visits", partner_places=promised),
        sites=(site(openings=openings(to_hour="11:00")[:1]), bureau(openings=())),
        staff=(person("A"), person("B")),
        interviews=(
            need(sites=("prison",)),
            *(need(f"b{number}", referent="B", sites=("prison",)) for number in (1, 2)),
        ),
        pins=(
            Pin(cadence="more", on=MONDAY, half_day="am", staff=("A",)),
            pin_of_permanence(MONDAY, "am", "A", "B"),
            pin_of_interview(site="prison"),
        ),
        booked=booked,
    )
    assert placed(facts) == 3
