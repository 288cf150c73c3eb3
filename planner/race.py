"""A proof that two solvers look for at once, one of them begun anew when it takes long: how long either needs is chance.

Of the same question a search may need seven seconds or forty by the order in which it looks at things.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain, count, islice, repeat
from math import inf
from typing import NamedTuple

from planner.cpsat import POLL_SECONDS
from planner.prover import Child, Prover
from planner.prover_child import Kind

KINDS: tuple[Kind, ...] = ("HIGHS", "SCIP")
MOST_SIDES = 4
"""Each keeps the whole question in memory."""
LEAST_SECONDS = 7.0
VARIABLES_A_SECOND = 1_750
LONGER = 1.5
"""How much longer each try may work than the one before it."""


def first_seconds(variables: int) -> float:
    """Seconds that the first tries may work: more where the program is larger."""
    return max(LEAST_SECONDS, variables / VARIABLES_A_SECOND)


class Try(NamedTuple):
    """One search: whose it is, what shuffles it, and for how many seconds of work.

    Of work, not of the clock: on a machine that is busy otherwise no try would come to its end.
    """

    kind: Kind
    seed: int
    seconds: float


def tries(kind: Kind, seeds: Iterator[int], seconds: float) -> Iterator[Try]:
    """The tries of one side: SCIP begins anew by itself where that helps."""
    for number in count():
        yield Try(kind, next(seeds), seconds * LONGER**number if kind == "HIGHS" else inf)


class Racer:
    """One side of a race."""

    def __init__(
        self, own: Iterator[Try], other: Callable[[Kind], Child], ask: Callable[[Child, int], Prover]
    ) -> None:
        self._tries = own
        self._other = other
        self._ask = ask
        self._begin()

    def _begin(self) -> None:
        one = next(self._tries)
        self._seconds = one.seconds
        with ExitStack() as ending:
            child = ending.enter_context(closing(self._other(one.kind)))
            self.prover = self._ask(child, one.seed)
            self._ending = ending.pop_all()

    def go_on(self) -> None:
        """Begin anew if this try had its work."""
        if self.prover.is_at_work and self.prover.work_seconds() > self._seconds:
            self.close()
            self._begin()

    def close(self) -> None:
        self._ending.close()


def race(
    other: Callable[[Kind], Child],
    ask: Callable[[Child, int], Prover],
    seeds: Iterator[int],
    sides: int,
    seconds: float,
    is_over: Callable[[], bool],
) -> Prover | None:
    """The prover that proved something first; none when the time is over or no solver is at it any more.

    `sides`: how many search at once. `seconds`: what the first tries may work.
    """
    more: Iterator[Kind] = repeat("HIGHS")
    kinds = islice(chain(KINDS, more), min(sides, MOST_SIDES))
    with ExitStack() as ending:
        racers = [
            ending.enter_context(closing(Racer(tries(kind, seeds, seconds), other, ask))) for kind in kinds
        ]
        while not is_over() and any(racer.prover.is_at_work or racer.prover.has_news for racer in racers):
            first = next((racer.prover for racer in racers if racer.prover.has_news), None)
            if first is not None:
                return first
            time.sleep(POLL_SECONDS)
            for racer in racers:
                racer.go_on()
        return None
