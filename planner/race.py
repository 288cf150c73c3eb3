"""A proof that two solvers look for at once, one of them begun anew when it takes long: how long either needs is chance.

Of the same question a search may need ten seconds or forty by the order in which it looks at things. While a level is proven, the
next is looked at already, as if the plan at hand were the best of all on this one: it nearly always is.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain, count
from math import inf
from typing import NamedTuple

from planner.cpsat import POLL_SECONDS
from planner.prover import Child, Ground, Prover
from planner.prover_child import Kind
from planner.relaxation import Relaxed

KINDS: tuple[Kind, ...] = ("HIGHS", "SCIP")
MOST_SIDES = 4
"""Each keeps the whole question in memory."""
LEAST_SECONDS = 20.0
VARIABLES_A_SECOND = 1_750
LONGER = 1.5
"""How much longer each try may work than the one before it."""


class Asked(NamedTuple):
    """What is to be proven: that no plan on this ground has less of the level than the plan of these values."""

    level: str
    ground: Ground
    relaxed: Relaxed
    values: list[int]

    def supposes(self, other: "Asked") -> bool:
        """Whether it holds of the levels before the other one what that one holds."""
        return other.ground.held.items() <= self.ground.held.items()


After = Callable[[Asked, list[int] | None], Asked | None]
"""The next question once one is answered, with better values if there are some; none where no level is left open."""


class Try(NamedTuple):
    """One search: whose it is, what shuffles it, and for how many seconds of work.

    Of work, not of the clock: on a machine that is busy otherwise no try would come to its end.
    """

    kind: Kind
    seed: int
    seconds: float


def first_seconds(variables: int) -> float:
    """Seconds that the first tries may work: more where the program is larger."""
    return max(LEAST_SECONDS, variables / VARIABLES_A_SECOND)


def tries(kind: Kind, seeds: Iterator[int], seconds: float) -> Iterator[Try]:
    """The tries of one side: SCIP begins anew by itself where that helps."""
    for number in count():
        yield Try(kind, next(seeds), seconds * LONGER**number if kind == "HIGHS" else inf)


class Racer:
    """One side of a race."""

    def __init__(self, asked: Asked, own: Iterator[Try], other: Callable[[Kind], Child]) -> None:
        self.asked = asked
        self._tries = own
        self._other = other
        self._begin()

    def _begin(self) -> None:
        one = next(self._tries)
        self._seconds = one.seconds
        level, ground, relaxed, values = self.asked
        value = ground.program.value(level, values)
        with ExitStack() as ending:
            child = ending.enter_context(closing(self._other(one.kind)))
            self.prover = Prover(child, ground, level, relaxed, value, one.seed)
            self._ending = ending.pop_all()

    def go_on(self) -> None:
        """Begin anew if this try had its work; whoever has ended needs no process."""
        if not self.prover.is_at_work:
            self.close()
        elif self.prover.work_seconds() > self._seconds:
            self.close()
            self._begin()

    def close(self) -> None:
        """End the process; an answer that is there stays."""
        self._ending.close()


class Race:
    """The searches that are at work, from one level to the next; closed after use.

    `sides`: how many search at once. `seconds`: what the first tries may work.
    """

    def __init__(self, other: Callable[[Kind], Child], sides: int, seconds: float) -> None:
        self._other = other
        self._sides = min(sides, MOST_SIDES)
        self._seconds = seconds
        self._seeds = count()
        self._own: list[Racer] = []
        self._ahead: list[Racer] = []
        self._is_at_end = False

    def close(self) -> None:
        """End every search."""
        self._leave(self._own, self._ahead)
        self._own, self._ahead = [], []

    def prove(self, asked: Asked, after: After, is_over: Callable[[], bool]) -> Prover | None:
        """The prover that proved something first; none when the time is over or no solver is at it any more."""
        self._turn_to(asked)
        try:
            while not is_over():
                self._fill(asked, after)
                if (first := self._first()) is not None:
                    return first
                if not any(racer.prover.is_at_work for racer in self._own):
                    return self._first()
                time.sleep(POLL_SECONDS)
                for racer in (*self._own, *self._ahead):
                    racer.go_on()
            return None
        finally:
            self._leave(self._own)
            self._own = []

    def _turn_to(self, asked: Asked) -> None:
        """Keep what was looked at ahead, as far as it supposed what has come true."""
        ahead, self._is_at_end = self._ahead, False
        self._own = [racer for racer in ahead if racer.asked == asked]
        self._ahead = [racer for racer in ahead if racer not in self._own and racer.asked.supposes(asked)]
        self._leave([racer for racer in ahead if racer not in (*self._own, *self._ahead)])

    def _fill(self, asked: Asked, after: After) -> None:
        """Give each side that is free something to search: this level, then the next, then this one again."""
        while self._first() is None and self._at_work() < self._sides:
            if self._own and (later := self._later(after)) is not None:
                self._ahead.append(self._racer(later, KINDS[0]))
            elif len(self._own) < self._sides:
                self._own.append(self._racer(asked, KINDS[1] if len(self._own) == 1 else KINDS[0]))
            else:
                break

    def _first(self) -> Prover | None:
        return next((racer.prover for racer in self._own if racer.prover.has_news), None)

    def _at_work(self) -> int:
        return sum(racer.prover.is_at_work for racer in (*self._own, *self._ahead))

    def _later(self, after: After) -> Asked | None:
        """The next question that nobody is at: one open level at a time is looked at ahead."""
        if self._is_at_end or any(racer.prover.is_at_work for racer in self._ahead):
            return None
        last = self._ahead[-1] if self._ahead else None
        found = (
            after(self._own[0].asked, None) if last is None else after(last.asked, last.prover.result()[0])
        )
        self._is_at_end = found is None
        return found

    def _racer(self, asked: Asked, kind: Kind) -> Racer:
        return Racer(asked, tries(kind, self._seeds, self._seconds), self._other)

    @staticmethod
    def _leave(*many: list[Racer]) -> None:
        for racer in chain.from_iterable(many):
            racer.close()
