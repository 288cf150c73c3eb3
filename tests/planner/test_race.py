"""A race ends with the first proof, begins a slow side anew, looks ahead at the next level, and leaves no process behind."""

import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from ortools.linear_solver.linear_solver_pb2 import MPModelProto

from planner.errors import EndedEarlyError
from planner.prover import Child, Ground, Prover
from planner.prover_child import Answer, Kind, Question
from planner.race import After, Asked, Race
from planner.relaxation import relax
from tests.planner.test_prover import LEVEL, cover

pytestmark = pytest.mark.slow

BEFORE = "fairness"
"""The level before `LEVEL`."""
EVERY_OTHER = [1, 0, 1, 0, 1, 0, 1, 0, 1]
NOTHING, PROOF, NO_MORE = Answer(None, None), Answer(EVERY_OTHER, 5), Answer([0, *[1] * 8], 0)


class Watched(Child):
    """Counts those that began and were closed; `words` are what it answers, none for silence."""

    words: Answer | None = None

    def __init__(self, kind: Kind = "HIGHS") -> None:
        super().__init__(kind)
        self.kind = kind
        self.closed = 0

    def ask(self, question: Question) -> None:
        self.asked = question
        self.answer = self.words

    def close(self) -> None:
        super().close()
        self.closed += 1


class Halted(Watched):
    """The machine never lets it do anything."""

    def ask(self, question: Question) -> None:
        os.kill(self.process, signal.SIGSTOP)
        super().ask(question)


class Ending(Watched):
    """The second is asked when the time is over."""

    def ask(self, question: Question) -> None:
        super().ask(question)
        if question.seed:
            raise EndedEarlyError


Made = Callable[[Kind], Watched]


def made(into: list[Watched], *words: Answer | None, of: type[Watched] = Watched) -> Made:
    """What begins a child, and keeps it; the words of the first, of the second and so on, then silence."""

    def begin(kind: Kind) -> Watched:
        child = of(kind)
        child.words = words[len(into)] if len(into) < len(words) else None
        into.append(child)
        return child

    return begin


def ring() -> Asked:
    """Nine in a ring, of each two neighbours at least one: 8 with what is there always."""
    program = cover(9)
    return Asked(LEVEL, Ground.of(program), relax(program, {}, LEVEL, 10), [1] * 9)


def two_levels() -> tuple[Asked, Asked]:
    """The same ring, whose first costs something on a level before: what is asked of each, the plan at hand without it."""
    program = cover(9)
    program.cost(BEFORE, 0, 1)
    before = Ground.of(program)
    values = [0, *[1] * 8]
    first = Asked(BEFORE, before, relax(program, {}, BEFORE, 10), values)
    return first, _then(first, values)


def _then(first: Asked, values: list[int]) -> Asked:
    ground = first.ground.settle(BEFORE, first.ground.program.value(BEFORE, values), None)
    return Asked(LEVEL, ground, relax(ground.program, ground.held, LEVEL, 10), values)


def at_end(_asked: Asked, _found: list[int] | None) -> None:
    """No level comes after."""


def within(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def rounds(count: int) -> Callable[[], bool]:
    """Over once it was asked so often, however long that takes."""
    left = iter(range(count))
    return lambda: next(left, None) is None


def run(
    other: Callable[[Kind], Child], seconds: float, *, sides: int = 2, tries: float = 30
) -> Prover | None:
    """One race of the ring alone, to its end."""
    with closing(Race(other, sides, tries)) as race:
        return race.prove(ring(), at_end, within(seconds))


def test_the_first_proof_ends_it_and_both_processes() -> None:
    found = run(Child, 60)
    assert found is not None
    assert found.result()[1] == 8


def test_an_answer_that_proves_nothing_leaves_the_other_side_at_work() -> None:
    children: list[Watched] = []
    found = run(made(children, NOTHING, PROOF), 60)
    assert found is not None
    assert found.result()[1] == 8
    assert [(child.kind, child.closed) for child in children] == [("HIGHS", 1), ("SCIP", 1)]


def test_where_every_side_answered_without_a_proof_nobody_waits() -> None:
    assert run(made([], NOTHING, NOTHING), 60) is None


def test_a_slow_side_begins_anew_with_another_seed_and_the_other_goes_on() -> None:
    children: list[Watched] = []
    assert run(made(children), 1.5, tries=0.05) is None
    again = [child for child in children if child.kind == "HIGHS"]
    assert len(again) > 2
    assert len({child.asked.seed for child in again}) == len(again)
    assert [child.kind for child in children].count("SCIP") == 1
    assert all(child.closed for child in children)


def test_a_side_that_the_machine_lets_do_nothing_keeps_what_it_has() -> None:
    children: list[Watched] = []
    assert run(made(children, of=Halted), 2.5, tries=1.0) is None
    assert [child.kind for child in children] == ["HIGHS", "SCIP"]


@pytest.mark.parametrize(("workers", "sides"), [(2, 2), (3, 3), (16, 4)])
def test_as_many_search_as_there_are_threads_up_to_four(workers: int, sides: int) -> None:
    children: list[Watched] = []
    assert run(made(children), 0.2, sides=workers) is None
    assert [child.kind for child in children] == ["HIGHS", "SCIP", "HIGHS", "HIGHS"][:sides]


def test_who_is_ended_while_asking_leaves_no_process() -> None:
    children: list[Watched] = []
    with pytest.raises(EndedEarlyError):
        run(made(children, of=Ending), 60)
    assert [child.closed for child in children] == [1, 1]


# Ahead


def proven_with(children: list[Watched], answer: Answer, then: Asked) -> After:
    """The next question, asked for at the moment at which the first has its answer."""

    def after(_asked: Asked, _found: list[int] | None) -> Asked:
        children[0].answer = answer
        return then

    return after


def questions(children: list[Watched]) -> list[tuple[Kind, int]]:
    """Of each child: its kind, and what the level that it is asked about costs in all."""
    return [(child.kind, sum(_prices(child.asked))) for child in children]


def _prices(question: Question) -> list[float]:
    return [own.objective_coefficient for own in MPModelProto.FromString(question.program).variable]


def test_the_next_level_is_searched_beside_this_one_and_goes_on_when_this_one_is_proven() -> None:
    children: list[Watched] = []
    first, then = two_levels()
    with closing(Race(made(children), 2, 30)) as race:
        found = race.prove(first, proven_with(children, NO_MORE, then), within(60))
        assert found is not None
        assert found.level == BEFORE
        assert race.prove(then, at_end, rounds(2)) is None
        assert questions(children) == [("HIGHS", 1), ("HIGHS", 9), ("SCIP", 9)]
    assert all(child.closed for child in children)


def test_what_was_proven_ahead_is_there_at_once() -> None:
    children: list[Watched] = []
    first, then = two_levels()
    with closing(Race(made(children, None, PROOF), 2, 30)) as race:
        assert race.prove(first, proven_with(children, NO_MORE, then), within(60)) is not None
        found = race.prove(then, at_end, within(60))
    assert found is not None
    assert (found.level, len(children)) == (LEVEL, 2)


def test_what_supposed_another_plan_is_given_up() -> None:
    children: list[Watched] = []
    first, then = two_levels()
    dearer = _then(first, [1] * 9)
    with closing(Race(made(children), 2, 30)) as race:
        assert race.prove(first, proven_with(children, NO_MORE, dearer), within(60)) is not None
        assert race.prove(then, at_end, rounds(2)) is None
    assert questions(children) == [("HIGHS", 1), ("HIGHS", 9), ("HIGHS", 9), ("SCIP", 9)]


def test_one_open_level_is_looked_at_ahead_and_the_one_after_it_once_that_is_proven() -> None:
    first, then = two_levels()
    told: list[tuple[str, list[int] | None]] = []

    def tell(asked: Asked, found: list[int] | None) -> Asked | None:
        told.append((asked.level, found))
        return then if asked.level == BEFORE else None

    with closing(Race(made([], None, PROOF), 3, 30)) as race:
        assert race.prove(first, tell, rounds(2)) is None
    assert told == [(BEFORE, None), (LEVEL, EVERY_OTHER)]


def test_a_machine_without_a_process_to_give_has_no_proof() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        child = Child()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert child.is_gone
    asked = ring()
    assert not Prover(child, asked.ground, LEVEL, asked.relaxed, 12).is_at_work
    child.close()
