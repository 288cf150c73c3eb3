"""A level may give way by its tolerance, and not by one more, where a later level gains."""

import pytest

from planner.audit import audit
from planner.plan import Plan
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from tests.planner.build import MONDAY, cadence, day, need, person, problem

LIMITS = Limits(time_limit_seconds=30, deterministic_limit=5, workers=1)


def planned(facts: Problem) -> Plan:
    outcome = solve(facts, limits=LIMITS)
    assert isinstance(outcome, Planned)
    assert audit(facts, outcome.plan).is_clean
    return outcome.plan


def one_interview(**given: object) -> Problem:
    """An office half-day for one interview costs comfort 3; leaving it out costs 3 times its misses and one more."""
    return problem(first_on=MONDAY, last_on=MONDAY, staff=(person(),), **given)


@pytest.mark.parametrize(("tolerance", "placed"), [(0, 1), (2, 1), (3, 0), (100, 0)])
def test_what_costs_more_than_the_tolerance_is_placed_all_the_same(tolerance: int, placed: int) -> None:
    facts = one_interview(interviews=(need(sites=("bureau",)),), tolerances={"unmet_rest": tolerance})
    assert len(planned(facts).interviews) == placed


def test_the_bound_of_a_level_is_what_could_be_reached_without_its_tolerance() -> None:
    facts = one_interview(interviews=(need(sites=("bureau",)),), tolerances={"unmet_rest": 3})
    levels = {level.name: level for level in planned(facts).levels}
    assert (levels["unmet_rest"].value, levels["unmet_rest"].bound) == (3, 0)
    assert levels["comfort"].status == "optimal"
    assert levels["comfort"].value == 0


def test_a_tolerance_of_a_later_level_gives_nothing_to_an_earlier_one() -> None:
    facts = one_interview(
        interviews=(need(sites=("bureau",), priority="urgent"),), tolerances={"unmet_rest": 9, "comfort": 9}
    )
    assert len(planned(facts).interviews) == 1


def test_an_earlier_level_is_never_bought_by_a_later_one() -> None:
    """A permanence that costs dear on every later level is placed all the same."""
    dear = problem(
        cadences=(cadence(usual_staff=("B",)),),
        staff=(person(), person("B", availability=())),
        weights={"usual_staff": 1_000_000, "travel": 1_000_000},
        default_travel_minutes=240,
        today_on=day(1),
    )
    assert len(planned(dear).permanences) == 1
