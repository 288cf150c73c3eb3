"""On tiny months every plan is enumerated and audited: the solver's levels are the best there are."""

import pytest

from planner.audit import Auditor
from planner.generate import generate_tiny
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from tests.planner.brute_force import Search, TooManyPlansError, best_values

REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=30, workers=1)


def enumerated(problem: Problem, limit: int) -> set[tuple[int, ...]]:
    """The values of every clean plan; empty when they are too many or the pins alone make none."""
    auditor = Auditor(problem)

    def recount(plan: Plan) -> tuple[int, ...] | None:
        report = auditor.audit(plan)
        return tuple(report.goals[level] for level in LEVEL_NAMES) if report.is_clean else None

    try:
        return Search(problem, recount, limit).run()
    except TooManyPlansError:
        return set()


def agrees(seed: int, limit: int) -> bool:
    """Whether the month could be enumerated; asserts that the solver's plan is as good as the best."""
    problem = generate_tiny(seed)
    vectors = enumerated(problem, limit) if problem.published is None else set()
    if not vectors:
        return False
    outcome = solve(problem, limits=REPEATABLE)
    assert isinstance(outcome, Planned)
    tolerances = tuple(problem.tolerances.get(level, 0) for level in LEVEL_NAMES)
    best = best_values(vectors, tolerances)
    found = tuple(level.value for level in outcome.plan.levels)
    assert found in vectors, f"seed {seed}: the enumeration does not know {found}; best {best}"
    assert all(level.status == "optimal" for level in outcome.plan.levels)
    if not any(tolerances):
        assert found == best, f"seed {seed}"
    assert all(value <= least + slack for value, least, slack in zip(found, best, tolerances, strict=True))
    return True


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_no_plan_is_better_than_the_solvers(start: int) -> None:
    assert sum(agrees(seed, limit=1500) for seed in range(start, start + 20)) >= 5


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_plan_is_better_than_the_solvers_on_many_months() -> None:
    assert sum(agrees(seed, limit=20_000) for seed in range(120, 720)) >= 200
