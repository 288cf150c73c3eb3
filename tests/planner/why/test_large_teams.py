"""Thirty people of whom few may enter: who makes it possible is found, or everybody who cannot is named."""

from planner.plan import Plan
from planner.problem import (
    Accreditation,
    StaffMember,
)
from planner.wanted import Wanted
from planner.why_not import WhyNot, why_not
from tests.planner.build import (
    cadence,
    person,
    problem,
    site,
)


def many(count: int, *authorised: int) -> tuple[StaffMember, ...]:
    """A large team of whom only some may enter the prison."""
    held = (Accreditation(site="prison"),)
    return tuple(
        person(f"P{rank:02}", accreditations=held if rank in authorised else ()) for rank in range(count)
    )


def visits_of(staff: tuple[StaffMember, ...], size: int) -> WhyNot:
    asked = cadence(staff_count=size, weekdays=(1,))
    facts = problem(sites=(site(demands_accreditation=True),), staff=staff, cadences=(asked,))
    return why_not(facts, Plan(), Wanted(cadence="visits"))


def test_the_last_two_of_thirty_who_may_enter_make_it_possible() -> None:
    found = visits_of(many(30, 28, 29), 2)
    assert (found.status, found.staff, found.is_complete) == ("crowded", ("P28", "P29"), True)


def test_where_one_of_thirty_may_enter_all_others_are_named() -> None:
    found = visits_of(many(30, 29), 2)
    assert (found.status, found.is_complete, found.is_smallest) == ("impossible", True, True)
    assert {fact.staff for fact in found.facts} == {f"P{rank:02}" for rank in range(29)}


def test_of_teams_too_many_to_list_the_smallest_set_is_found_and_proven() -> None:
    """Eighteen of twenty who may not enter leave two: no team of three."""
    found = visits_of(many(20), 3)
    assert (found.status, found.is_complete, found.is_smallest) == ("impossible", True, True)
    assert {fact.kind for fact in found.facts} == {"authorisation"}
    assert len(found.facts) == 18


def test_the_only_three_of_thirty_who_may_enter_make_it_possible() -> None:
    found = visits_of(many(30, 27, 28, 29), 3)
    assert (found.status, found.staff, found.is_complete) == ("crowded", ("P27", "P28", "P29"), True)
    assert found.free is not None
