"""On tiny months every plan is enumerated and audited: the solver's levels are the best there are."""

import msgspec
import pytest

from planner.generate import generate_tiny
from planner.problem import Pin, Problem
from planner.solve import Limits, Planned, solve
from tests.planner.brute_force import beaten
from tests.planner.build import MONDAY, cadence, day, problem
from tests.planner.transforms import half_pinned

pytestmark = pytest.mark.slow

REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=30, workers=1)


def is_best(seed: int, limit: int, problem: Problem | None = None) -> bool:
    """Whether the month could be enumerated; asserts that no plan is better than the solver's."""
    problem = problem or generate_tiny(seed)
    outcome = solve(problem, limits=REPEATABLE)
    assert isinstance(outcome, Planned)
    assert problem.tolerances or all(level.status == "optimal" for level in outcome.plan.levels)
    worse = beaten(problem, outcome.plan, limit)
    assert not worse, f"tiny month {seed}"
    return worse is not None


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_no_plan_is_better_than_the_solvers(start: int) -> None:
    assert sum(is_best(seed, limit=1500) for seed in range(start, start + 20)) >= 5


def test_no_plan_is_better_where_people_pinned_half_of_a_day() -> None:
    months = {seed: half_pinned(generate_tiny(seed), seed) for seed in range(22, 30)}
    assert sum(is_best(seed, 1500, month) for seed, month in months.items()) >= 6


def test_the_number_of_a_pinned_workshop_takes_no_half_day_from_another() -> None:
    workshops = cadence("workshops", kind="session", asked=0, weekdays=(1, 2), length="am")
    pin = Pin(cadence="workshops", number=1, on=day(3), start="09:00", staff=("A",))
    facts = problem(first_on=MONDAY, last_on=day(3), cadences=(workshops,), pins=(pin,))
    outcome = solve(facts, limits=REPEATABLE)
    assert isinstance(outcome, Planned)
    assert len(outcome.plan.sessions) == 2
    assert beaten(facts, outcome.plan, limit=1500) is False


GENEROUS = {"unmet_permanences": 1, "unmet_rest": 3, "continuity": 2, "fairness": 60}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 60, 20))
def test_bounds_hold_beyond_what_a_plan_spends_of_its_tolerances(start: int) -> None:
    spent = 0
    for seed in range(start, start + 20):
        problem = msgspec.structs.replace(generate_tiny(seed), tolerances=GENEROUS)
        outcome = solve(problem, limits=REPEATABLE)
        assert isinstance(outcome, Planned)
        assert not beaten(problem, outcome.plan, limit=1500), f"tiny month {seed}"
        spent += any(level.value > level.bound for level in outcome.plan.levels)
    assert spent


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_plan_is_better_than_the_solvers_on_many_months() -> None:
    assert sum(is_best(seed, limit=20_000) for seed in range(120, 720)) >= 200
