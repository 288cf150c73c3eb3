"""All levels together, some days or people at a time: feasible, never worse, and the best of a small month."""

import time

import pytest

from planner.audit import audit
from planner.budget import Budget
from planner.build import build
from planner.generate import Size, generate, generate_small
from planner.greedy import start
from planner.improve import improve
from planner.levels import settle_levels
from planner.model import Model
from planner.outcome import Limits, Planned
from planner.plan import LEVEL_NAMES
from planner.problem_file import write_plan
from planner.sizes import Sizes
from planner.solve import solve

REPEATABLE = Limits(time_limit_seconds=600, deterministic_limit=0.25, workers=1, sizes=Sizes(around=0))


def key(model: Model, values: list[int]) -> tuple[int, ...]:
    return tuple(model.program.value(name, values) for name in LEVEL_NAMES)


def budget(*, units: float = 30.0) -> Budget:
    return Budget(time.monotonic() + 600, units, REPEATABLE, lambda: False)


def improved(model: Model, *, units: float = 30.0) -> list[int]:
    return improve(model, start(model, lambda: False), budget(units=units), lambda *_: None)


@pytest.mark.parametrize("seed", range(5))
def test_each_better_plan_is_feasible_and_better_than_the_one_before(seed: int) -> None:
    model = build(generate_small(seed))
    values = start(model, lambda: False)
    trail = [key(model, values)]

    def seen(_name: str, found: list[int], _bound: int) -> None:
        assert not model.program.broken(found)
        trail.append(key(model, found))

    found = improve(model, values, budget(), seen)
    assert trail == sorted(trail, reverse=True)
    assert key(model, found) == trail[-1]


@pytest.mark.parametrize("seed", range(4))
def test_a_month_that_is_one_piece_is_settled_as_level_by_level(seed: int) -> None:
    model = build(generate_small(seed))
    proven, settled = settle_levels(model.program, start(model, lambda: False), budget(), lambda *_: None)
    assert all(one.value == one.bound for one in settled)
    assert key(model, improved(model)) == key(model, proven)


@pytest.mark.slow
def test_a_month_of_many_pieces_gets_better() -> None:
    model = build(generate(Size(5, 8, 150, 1, 30), seed=5))
    found = improved(model, units=1.0)
    assert not model.program.broken(found)
    assert key(model, found) < key(model, start(model, lambda: False))


def test_nothing_that_could_move_is_nothing_to_do() -> None:
    model = build(generate_small(0))
    program = model.program
    values = start(model, lambda: False)
    program.lower, program.upper = list(values), list(values)
    assert improve(model, values, budget(), lambda *_: None) == values


@pytest.mark.slow
def test_the_same_plan_again_from_the_same_seed() -> None:
    problem = generate(Size(4, 6, 80, 1, 14), seed=3)
    first, again = (solve(problem, limits=REPEATABLE) for _ in range(2))
    assert isinstance(first, Planned)
    assert isinstance(again, Planned)
    assert write_plan(first.plan) == write_plan(again.plan)
    assert not audit(problem, first.plan).violations
