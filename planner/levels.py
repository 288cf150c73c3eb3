"""The levels of a program, one after the other: each as low as can be, then held while the next is."""

import time
from collections.abc import Callable
from typing import NamedTuple

from planner.cpsat import Search, Solver
from planner.plan import LEVEL_NAMES
from planner.program import Program


class Settled(NamedTuple):
    """A level's value and the bound proven for it."""

    name: str
    value: int
    bound: int


class Budget:
    """What searches may still use: until a moment, and deterministic units if they are counted."""

    def __init__(
        self, until: float, units: float | None, engine: tuple[int, int], stop: Callable[[], bool]
    ) -> None:
        """`until` in monotonic seconds; `engine` is the number of workers and the seed."""
        self.until = until
        self.units = units
        self.workers, self.seed = engine
        self.stop = stop

    @property
    def seconds(self) -> float:
        return self.until - time.monotonic()

    def over(self) -> bool:
        return self.stop() or self.seconds <= 0 or (self.units is not None and self.units <= 0)

    def search(self) -> Search:
        return Search(max(0.0, self.seconds), self.units, self.workers, self.seed)

    def share(self, seconds: float, units: float) -> "Budget":
        """A smaller budget within this one; spend it, then `settle` the units with this one."""
        until = min(self.until, time.monotonic() + seconds)
        within = None if self.units is None else min(self.units, units)
        return Budget(
            until if self.units is None else self.until, within, (self.workers, self.seed), self.stop
        )

    def spend(self, units: float) -> None:
        if self.units is not None:
            self.units -= units


Seen = Callable[[str, list[int], int], None]
"""Told the level, values and bound of each better plan."""


def settle_levels(
    program: Program,
    values: list[int],
    budget: Budget,
    seen: Seen,
    *,
    tolerances: dict[str, int] | None = None,
    names: tuple[str, ...] = LEVEL_NAMES,
) -> tuple[list[int], list[Settled]]:
    """The best values found, level by level, with what was proven; `values` must be feasible."""
    run = _Run(program, values, budget, seen)
    settled: list[Settled] = []
    for name in names:
        value, bound = run.settle(name)
        settled.append(Settled(name, value, bound))
        run.hold(name, value + (tolerances or {}).get(name, 0))
    return run.values, settled


class _Run:
    """One pass over the levels of a program; the solver's model is made when first needed."""

    def __init__(self, program: Program, values: list[int], budget: Budget, seen: Seen) -> None:
        self.program = program
        self.values = values
        self.budget = budget
        self.seen = seen
        self._held: list[tuple[str, int]] = []
        self._solver: Solver | None = None

    def settle(self, name: str) -> tuple[int, int]:
        """Value and bound of one level; searched only where the bound at hand does not settle it."""
        value, bound = self.program.value(name, self.values), self.program.least(name)
        if value <= bound or self.budget.over():
            return value, min(value, bound)
        solver = self._open(name)

        def watch(found: list[int], _value: int, proven: int) -> None:
            self._accept(name, found, proven)

        found = solver.minimise(name, self.values, self.budget.search(), watch, self.budget.over)
        self.budget.spend(found.units)
        if found.values is not None:
            self._accept(name, found.values, found.bound)
            bound = max(bound, found.bound)
        value = self.program.value(name, self.values)
        self.seen(name, self.values, min(value, bound))
        return value, min(value, bound)

    def hold(self, name: str, most: int) -> None:
        """From here on the level stays at most `most`."""
        self._held.append((name, most))
        if self._solver is not None:
            self._solver.open(name)
            self._solver.settle(name, most)

    def _open(self, name: str) -> Solver:
        if self._solver is None:
            self._solver = Solver(self.program)
            for held, most in self._held:
                self._solver.open(held)
                self._solver.settle(held, most)
        self._solver.open(name)
        return self._solver

    def _accept(self, name: str, found: list[int], bound: int) -> None:
        """Keep what is better on this level; what is only as good may be worse on the next."""
        self.program.complete(found)
        if self.program.value(name, found) < self.program.value(name, self.values):
            self.values = found
            self.seen(name, found, max(bound, self.program.least(name)))
