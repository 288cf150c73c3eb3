"""The second solver: its answer, its end, and its silence when it is not there."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from random import Random

import pytest

from planner.budget import Budget
from planner.generate import Size, generate
from planner.levels import NOTHING_KNOWN, Run
from planner.program import Program
from planner.prover import Child, Ground, Prover
from planner.prover_child import OPTIONS, Answer, Question
from planner.relaxation import relax
from planner.sizes import Sizes
from planner.solve import Limits, Planned, solve
from planner.turns import PROVING_AT_ONCE, Turn, turns

LEVEL = "comfort"
KINDS = tuple(OPTIONS)

pytestmark = pytest.mark.slow


def cover(size: int) -> Program:
    """Of each two neighbours in a ring at least one: half of them, rounded up."""
    program = Program()
    ring = [program.variable() for _ in range(size)]
    for first, then in zip(ring, [*ring[1:], ring[0]], strict=True):
        program.demand([(first, 1), (then, 1)], 1)
    for variable in ring:
        program.cost(LEVEL, variable, 1)
    program.constant(LEVEL, 3)
    return program


@pytest.fixture(params=KINDS)
def child(request: pytest.FixtureRequest) -> Iterator[Child]:
    made = Child(request.param)
    yield made
    made.close()


def asked(child: Child, program: Program, value: int | None) -> Prover:
    """A prover that has answered."""
    return asked_on(child, Ground.of(program), LEVEL, value)


def asked_on(child: Child, ground: Ground, level: str, value: int | None) -> Prover:
    prover = Prover(child, ground, level, relax(ground.program, ground.held, level, 10), value)
    until = time.monotonic() + 60
    while time.monotonic() < until and not prover.has_answered:
        time.sleep(0.02)
    assert prover.has_answered
    return prover


@pytest.mark.parametrize("value", [12, None])
def test_it_finds_the_best_plan_and_its_bound(child: Child, value: int | None) -> None:
    program = cover(9)
    prover = asked(child, program, value)
    values, bound = prover.result()
    assert values is not None
    assert prover.ground.keeps(values)
    assert (program.value(LEVEL, values), bound) == (8, 8)


def test_it_proves_that_nothing_is_better_and_takes_another_question(child: Child) -> None:
    assert asked(child, cover(9), 8).result()[1] == 8
    assert child.is_free
    assert asked(child, cover(11), 10).result()[1] == 9


def test_of_plans_that_are_no_better_it_proves_nothing(child: Child) -> None:
    assert asked(child, cover(11), 7).result()[1] == 7


def test_where_nothing_fits_it_proves_nothing(child: Child) -> None:
    program = cover(9)
    program.limit([(variable, 1) for variable in range(9)], 3)
    assert asked(child, program, None).result() == (None, 0)


def test_a_variable_that_stands_twice_in_a_row_counts_twice(child: Child) -> None:
    program = Program()
    first, then = program.variable(), program.variable(4)
    program.demand([(first, 1), (then, 1), (first, 1)], 3)
    program.cost(LEVEL, first, 1)
    program.cost(LEVEL, then, 1)
    values, bound = asked(child, program, None).result()
    assert (values, bound) == ([1, 1], 2)


def test_its_process_ends_with_it() -> None:
    child = Child()
    asked(child, cover(9), 12)
    child.close()
    assert not child.is_free
    with pytest.raises(ProcessLookupError):
        os.kill(child.process, 0)


def test_a_plan_that_breaks_a_row_or_a_level_that_is_held_is_not_kept() -> None:
    program = cover(9)
    ground = Ground.of(program).settle(LEVEL, 9, None)
    assert ground.keeps([1, 0, 1, 0, 1, 0, 1, 0, 1])
    assert not ground.keeps([1] * 9)
    assert not ground.keeps([0] * 9)


def at_once(_name: str, *, looked_near: bool) -> tuple[Turn, ...]:
    """Begins every proof twice, without roaming before."""
    assert not looked_near
    return PROVING_AT_ONCE


class Twice(Run):
    turns = staticmethod(at_once)


def test_a_proof_that_is_begun_twice_is_the_same() -> None:
    budget = Budget(time.monotonic() + 60, None, Limits(), lambda: False)
    with closing(Twice(cover(31), [1] * 31, budget, lambda *_: None, (LEVEL,), NOTHING_KNOWN)) as run:
        assert run.settle(LEVEL) == (19, 19)


class Wordless(Child):
    """Answers at once, and says nothing."""

    def ask(self, question: Question) -> None:
        self.answer = Answer(values=None, bound=None)


class Silent(Child):
    """Never answers."""

    def ask(self, question: Question) -> None:
        return


def net() -> Program:
    """Of both ends of each edge at least one, in a net that takes more than a moment: 42."""
    dice, program = Random(1), Program()
    nodes = [program.variable() for _ in range(70)]
    for _ in range(210):
        first, then = dice.sample(nodes, 2)
        program.demand([(first, 1), (then, 1)], 1)
    for variable in nodes:
        program.cost(LEVEL, variable, 1)
    return program


@pytest.mark.parametrize("kind", [Wordless, Silent])
@pytest.mark.parametrize("order", [turns, at_once])
def test_without_a_word_from_the_other_solver_a_level_is_settled_all_the_same(
    kind: type[Child], order: Callable[..., tuple[Turn, ...]]
) -> None:
    class Unaided(Run):
        other = kind
        turns = staticmethod(order)

    budget = Budget(time.monotonic() + 12, None, Limits(), lambda: False)
    with closing(Unaided(net(), [1] * 70, budget, lambda *_: None, (LEVEL,), NOTHING_KNOWN)) as run:
        assert run.settle(LEVEL) == (42, 42)


@pytest.mark.parametrize("seed", [501, 543, 559])
def test_with_and_without_it_the_same_levels_are_proven(seed: int) -> None:
    problem = generate(Size(3, 4, 60, 1, 14), seed)
    together, alone = (
        solve(problem, limits=Limits(time_limit_seconds=120, workers=workers, sizes=Sizes(raced=0)))
        for workers in (2, 1)
    )
    assert isinstance(together, Planned)
    assert isinstance(alone, Planned)
    found = [[(level.value, level.status) for level in one.plan.levels] for one in (together, alone)]
    assert found[0] == found[1]
    assert all(status == "optimal" for _, status in found[0])
