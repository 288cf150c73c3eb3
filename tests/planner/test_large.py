"""Large months: bounds that hold, plans that are clean, at every size that a test can prove."""

from collections.abc import Callable
from copy import copy
from time import monotonic

import msgspec
import pytest

from planner import large
from planner.audit import audit
from planner.budget import Budget
from planner.build import build
from planner.far_bounds import FarBounds
from planner.generate import Size, generate, generate_small
from planner.greedy import start
from planner.levels import settle_levels
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.problem import Problem
from planner.sizes import Sizes
from planner.solve import Limits, Planned, solve
from planner.wording import held_rows

Price = Callable[[FarBounds, Callable[[], list[int]], Budget], None]
REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=30, workers=1)
TOLERANCES = {"unmet_permanences": 1, "unmet_rest": 4, "continuity": 2, "fairness": 30}


def budget(*, units: float = 30.0) -> Budget:
    return Budget(monotonic() + 60, units, Limits(workers=1), lambda: False)


def least(model: Model, values: list[int], level: str, held: dict[str, int]) -> int:
    """The proven least value of a level among plans whose earlier levels stay at most as held."""
    program = copy(model.program)
    program.rows, program.lazy = [*program.rows, *held_rows(program, held)], set()
    _, (settled,) = settle_levels(program, values, budget(), lambda *_: None, names=(level,))
    assert settled.value == settled.bound
    return settled.value


def assert_bounds_hold(problem: Problem, price: Price = FarBounds.price) -> None:
    """For the greedy plan, the bound of each level against the best plan that it speaks of."""
    model = build(problem)
    values = start(model, lambda: False)
    held: dict[str, int] = {}
    bounds = FarBounds(model)
    price(bounds, lambda: values, budget())
    for name, value, bound in bounds.bounds(values, budget()):
        assert value == model.program.value(name, values)
        assert bound <= least(model, values, name, held), name
        held[name] = value + problem.tolerances.get(name, 0)
    assert tuple(held) == LEVEL_NAMES


@pytest.mark.parametrize("seed", range(12))
def test_bounds_of_merged_relaxations_hold(seed: int) -> None:
    assert_bounds_hold(generate_small(seed))


@pytest.mark.parametrize("seed", range(100, 106))
def test_bounds_hold_for_all_plans_within_the_tolerances(seed: int) -> None:
    assert_bounds_hold(msgspec.structs.replace(generate_small(seed), tolerances=TOLERANCES))


def test_spread_levels_are_bounded_as_if_nobody_were_to_be_met_before_the_whole_is_asked() -> None:
    model = build(generate(Size(4, 6, 80, 1, 14), seed=3))
    values = start(model, lambda: False)
    bounds = FarBounds(model)
    bounds.price_apart(lambda: values, budget())
    found = {name: bound for name, _, bound in bounds.bounds(values, budget())}
    assert all(found[name] > model.program.least(name) for name in ("fairness", "comfort"))


@pytest.mark.parametrize("seed", range(300, 306))
def test_bounds_as_if_nobody_were_to_be_met_hold(seed: int) -> None:
    assert_bounds_hold(generate_small(seed), FarBounds.price_apart)


@pytest.mark.parametrize("seed", range(200, 206))
def test_prices_asked_for_one_plan_bound_the_levels_of_a_better_one(seed: int) -> None:
    model = build(generate_small(seed))
    first = start(model, lambda: False)
    bounds = FarBounds(model)
    bounds.price_meanwhile(lambda: first, budget())
    best, settled = settle_levels(model.program, first, budget(), lambda *_: None)
    bounds.wait(budget())
    for (name, _, bound), proven in zip(bounds.bounds(best, budget()), settled, strict=True):
        assert proven.value == proven.bound
        assert bound <= proven.value, name


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(12, 300, 72))
def test_bounds_of_merged_relaxations_hold_on_many_months(first: int) -> None:
    for seed in range(first, first + 72):
        problem = generate_small(seed)
        tolerances = TOLERANCES if seed % 3 == 0 else {}
        assert_bounds_hold(msgspec.structs.replace(problem, tolerances=tolerances))


@pytest.mark.parametrize("seed", range(8))
def test_a_month_searched_as_a_large_one_is_clean_and_no_better_than_the_best(
    seed: int,
) -> None:
    problem = generate_small(seed)
    best = solve(problem, limits=REPEATABLE)
    found = solve(problem, limits=REPEATABLE._replace(sizes=Sizes(in_one=0)))
    assert isinstance(best, Planned)
    assert isinstance(found, Planned)
    report = audit(problem, found.plan)
    assert report.is_clean
    assert {level.name: level.value for level in found.plan.levels} == report.goals
    vectors = [tuple(level.value for level in outcome.plan.levels) for outcome in (best, found)]
    assert vectors[0] <= vectors[1]


@pytest.mark.slow
def test_stages_of_a_large_search_make_a_month_better() -> None:
    model = build(generate(Size(4, 6, 80, 1, 14), seed=3))
    values = start(model, lambda: False)
    found, _ = large.settle_large(model, values, budget(units=1.0), lambda *_: None)
    before, after = ([model.program.value(name, one) for name in LEVEL_NAMES] for one in (values, found))
    assert after < before
    assert not model.program.broken(found)
