"""A race ends with the first proof, begins a slow side anew, and leaves no process behind."""

import os
import resource
import signal
import time
from collections.abc import Callable
from itertools import count

import pytest

from planner.errors import EndedEarlyError
from planner.prover import Child, Ground, Prover
from planner.prover_child import Answer, Kind, Question
from planner.race import race
from planner.relaxation import relax
from tests.planner.test_prover import LEVEL, cover

pytestmark = pytest.mark.slow


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


def made(into: list[Watched], *words: Answer | None) -> Callable[[Kind], Watched]:
    """What begins a child, and keeps it; the words of the first, of the second and so on, then silence."""

    def begin(kind: Kind) -> Watched:
        child = Watched(kind)
        child.words = words[len(into)] if len(into) < len(words) else None
        into.append(child)
        return child

    return begin


def asking(child: Child, seed: int) -> Prover:
    program = cover(9)
    return Prover(child, Ground(program, {}), LEVEL, relax(program, {}, LEVEL, 10), 12, seed)


def within(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def test_the_first_proof_ends_it_and_both_processes() -> None:
    found = race(Child, asking, count(), 2, 30, within(60))
    assert found is not None
    assert found.result()[1] == 8


def test_an_answer_that_proves_nothing_leaves_the_other_side_at_work() -> None:
    children: list[Watched] = []
    proof = Answer([1, 0, 1, 0, 1, 0, 1, 0, 1], 5)
    found = race(made(children, Answer(None, None), proof), asking, count(), 2, 30, within(60))
    assert found is not None
    assert found.result()[1] == 8
    assert [(child.kind, child.closed) for child in children] == [("HIGHS", 1), ("SCIP", 1)]


def test_where_every_side_answered_without_a_proof_nobody_waits() -> None:
    children: list[Watched] = []
    wordless = made(children, Answer(None, None), Answer(None, None))
    assert race(wordless, asking, count(), 2, 30, within(60)) is None


def test_a_slow_side_begins_anew_with_another_seed_and_the_other_goes_on() -> None:
    children: list[Watched] = []
    assert race(made(children), asking, count(), 2, 0.05, within(1.5)) is None
    again = [child for child in children if child.kind == "HIGHS"]
    assert len(again) > 2
    assert len({child.asked.seed for child in again}) == len(again)
    assert [child.kind for child in children].count("SCIP") == 1
    assert all(child.closed for child in children)


def test_a_side_that_the_machine_lets_do_nothing_keeps_what_it_has() -> None:
    children: list[Watched] = []

    def halted(child: Child, seed: int) -> Prover:
        os.kill(child.process, signal.SIGSTOP)
        return asking(child, seed)

    assert race(made(children), halted, count(), 2, 1.0, within(2.5)) is None
    assert [child.kind for child in children] == ["HIGHS", "SCIP"]


@pytest.mark.parametrize(("workers", "sides"), [(2, 2), (3, 3), (16, 4)])
def test_as_many_search_as_there_are_threads_up_to_four(workers: int, sides: int) -> None:
    children: list[Watched] = []
    assert race(made(children), asking, count(), workers, 30, within(0.2)) is None
    assert [child.kind for child in children] == ["HIGHS", "SCIP", "HIGHS", "HIGHS"][:sides]


def test_who_is_ended_while_asking_leaves_no_process() -> None:
    children: list[Watched] = []

    def ended(child: Child, seed: int) -> Prover:
        if seed:
            raise EndedEarlyError
        return asking(child, seed)

    with pytest.raises(EndedEarlyError):
        race(made(children), ended, count(), 2, 30, within(60))
    assert [child.closed for child in children] == [1, 1]


def test_a_machine_without_a_process_to_give_has_no_proof() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        child = Child()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert child.is_gone
    assert not asking(child, 0).is_at_work
    child.close()
