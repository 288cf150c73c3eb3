"""On tiny months every plan is enumerated and audited: the solver's levels are the best there are."""

import pytest

from planner.generate import generate_tiny
from planner.solve import Limits, Planned, solve
from tests.planner.brute_force import beaten

REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=30, workers=1)


def is_best(seed: int, limit: int) -> bool:
    """Whether the month could be enumerated; asserts that no plan is better than the solver's."""
    problem = generate_tiny(seed)
    outcome = solve(problem, limits=REPEATABLE)
    assert isinstance(outcome, Planned)
    assert problem.tolerances or all(level.status == "optimal" for level in outcome.plan.levels)
    worse = beaten(problem, outcome.plan, limit)
    assert not worse, f"tiny month {seed}"
    return worse is not None


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_no_plan_is_better_than_the_solvers(start: int) -> None:
    assert sum(is_best(seed, limit=1500) for seed in range(start, start + 20)) >= 5


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_plan_is_better_than_the_solvers_on_many_months() -> None:
    assert sum(is_best(seed, limit=20_000) for seed in range(120, 720)) >= 200
