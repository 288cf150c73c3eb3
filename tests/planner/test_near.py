"""Near the relaxations: what is found is feasible and never worse, and the proofs that follow say the same."""

import time
from collections.abc import Callable

import pytest

from planner.budget import Budget
from planner.build import build
from planner.errors import EndedEarlyError
from planner.generate import Size, generate, generate_small
from planner.greedy import start
from planner.levels import Settled, settle_levels
from planner.model import Model
from planner.near import settle_near
from planner.outcome import Limits, Planned
from planner.plan import LEVEL_NAMES, PRESSING
from planner.problem_file import write_plan
from planner.program import Program
from planner.sizes import Sizes
from planner.solve import solve

Settle = Callable[..., tuple[list[int], list[Settled]]]
ANY_SIZE = Sizes(looked_near=0)
REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=30, workers=1, sizes=ANY_SIZE)


def key(model: Model, values: list[int]) -> tuple[int, ...]:
    return tuple(model.program.value(name, values) for name in LEVEL_NAMES)


def pressed(seed: int) -> tuple[Model, list[int], Budget]:
    """A small month whose first levels are settled."""
    model = build(generate_small(seed))
    budget = Budget(time.monotonic() + 60, 30.0, REPEATABLE, lambda: False)
    values = start(model, budget.over)
    values, _ = settle_levels(model.program, values, budget, lambda *_: None, names=PRESSING)
    return model, values, budget


@pytest.mark.parametrize("seed", range(20))
def test_each_better_plan_is_feasible_and_better_than_the_one_before(seed: int) -> None:
    model, values, budget = pressed(seed)
    trail = [key(model, values)]

    def seen(_name: str, found: list[int], _bound: int) -> None:
        assert not model.program.broken(found)
        trail.append(key(model, found))

    found, _ = settle_near(model.program, values, budget, seen)
    assert trail == sorted(trail, reverse=True)
    assert key(model, found) == trail[-1]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", [*range(8), 20, 21, 22])
def test_with_and_without_it_the_same_levels_are_proven(seed: int, workers: int) -> None:
    problem = generate_small(seed) if seed < 8 else generate(Size(3, 4, 60, 1, 14), seed)
    with_it = Limits(time_limit_seconds=120, workers=workers, sizes=ANY_SIZE)
    found = []
    for limits in (with_it, with_it._replace(sizes=Sizes(looked_near=10**9))):
        outcome = solve(problem, limits=limits)
        assert isinstance(outcome, Planned)
        found.append([Settled(one.name, one.value, one.bound) for one in outcome.plan.levels])
    assert found[0] == found[1]
    assert all(one.value == one.bound for one in found[0])


@pytest.mark.slow
def test_a_month_is_the_same_twice_where_runs_must_repeat() -> None:
    problem = generate(Size(3, 4, 60, 1, 14), 23)
    found = [solve(problem, limits=REPEATABLE._replace(deterministic_limit=2)) for _ in range(2)]
    written = [write_plan(one.plan) for one in found if isinstance(one, Planned)]
    assert len(written) == 2
    assert written[0] == written[1]


@pytest.mark.parametrize("settle", [settle_levels, settle_near])
def test_what_is_proven_is_said_even_if_the_end_comes_while_near_plans_are_looked_at(settle: Settle) -> None:
    stopped: list[str] = []
    budget = Budget(time.monotonic() + 60, None, REPEATABLE, lambda: bool(stopped))

    def pulse() -> None:
        if budget.over():
            raise EndedEarlyError

    found, settled = settle(one_of_three(pulse), [0, 0, 0], budget, lambda name, *_: stopped.append(name))
    assert settled[0] == Settled("unmet_sessions", 2, 2)
    assert sum(found) == len(set(stopped)) == 1


def one_of_three(pulse: Callable[[], None]) -> Program:
    """Two sessions that nobody can hold, and three ordinary needs of which one can be met."""
    program = Program()
    needs = {program.variable(): weight for weight in (3, 2, 1)}
    program.at_most_one(list(needs))
    program.constant("unmet_sessions", 2)
    for variable, weight in needs.items():
        program.unit("unmet_rest", weight, [variable], 1)
        program.cost("comfort", variable, 5)
    program.pulse = pulse
    return program
