"""The levels of a program, one after the other: each as low as can be, then held while the next is."""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from planner.cpsat import Search, Solver
from planner.plan import LEVEL_NAMES
from planner.program import Program
from planner.prover import NoProver, Prover
from planner.relaxation import Relaxed, narrowed, relax


class Settled(NamedTuple):
    """A level's value and the bound proven for it."""

    name: str
    value: int
    bound: int


RELAX_SHARE = 0.25
"""Of the time left, what the linear relaxation of one level may use."""
RELAX_SHARES = {"changes": 0.6}
"""A re-plan is worth little before its changes are proven least."""


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

    def search(self, turn: "Turn", spared: int) -> Search:
        """What one search may use, leaving `spared` threads to others."""
        limits = [limit for limit in (self.units, turn.units) if limit is not None]
        workers = max(1, self.workers - spared)
        return Search(max(0.0, self.seconds), min(limits, default=None), workers, self.seed, turn.roams)

    def relaxing_seconds(self, level: str) -> float:
        """What one linear relaxation may take; where runs must repeat exactly, no clock ends it early."""
        share = RELAX_SHARES.get(level, RELAX_SHARE)
        return max(0.0, self.seconds) * (share if self.units is None else 1.0)

    @property
    def is_racing(self) -> bool:
        """Whether two kinds of solver may work side by side: not where runs must repeat exactly."""
        return self.workers > 1 and self.units is None

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

MOST_FOR_PROVER = 60_000
"""Variables up to which a second kind of solver helps."""


class Turn(NamedTuple):
    """One of the searches of a level: among plans at the relaxation's bound only, or all better ones."""

    scouts: bool
    units: float | None
    roams: bool


SCOUT = Turn(scouts=True, units=2.0, roams=False)
RACING = (SCOUT, Turn(scouts=False, units=None, roams=True))
"""Another solver proves meanwhile."""
ALONE = (SCOUT, Turn(scouts=False, units=3.0, roams=True), Turn(scouts=False, units=None, roams=False))


class Given(NamedTuple):
    """What is known of a month's levels before they are settled, by level.

    `bounds` hold for plans whose earlier levels are no worse than those of the plan at hand.
    """

    tolerances: Mapping[str, int] = MappingProxyType({})
    bounds: Mapping[str, int] = MappingProxyType({})


NOTHING_KNOWN = Given()


def settle_levels(
    program: Program,
    values: list[int],
    budget: Budget,
    seen: Seen,
    *,
    given: Given = NOTHING_KNOWN,
    names: tuple[str, ...] = LEVEL_NAMES,
) -> tuple[list[int], list[Settled]]:
    """The best values found, level by level, with what was proven; `values` must be feasible."""
    run, tolerances = _Run(program, values, budget, seen, given.bounds), given.tolerances
    settled: list[Settled] = []
    for name in names:
        value, bound = run.settle(name)
        settled.append(Settled(name, value, bound))
        run.hold(name, value + tolerances.get(name, 0))
    if any(program.value(one.name, run.values) != one.value for one in settled):
        return run.values, _bounds_again(program, run.values, budget, tolerances, names)
    return run.values, settled


def _bounds_again(
    program: Program, values: list[int], budget: Budget, tolerances: Mapping[str, int], names: tuple[str, ...]
) -> list[Settled]:
    """Bounds of a plan that spent a tolerance: they hold for plans as far above its own levels again."""
    settled: list[Settled] = []
    run = _Run(program, values, budget, lambda *_: None)
    for name in names:
        value = program.value(name, values)
        _, bound = run.settle(name)
        settled.append(Settled(name, value, bound))
        run.values = values
        run.hold(name, value + tolerances.get(name, 0))
    return settled


class _Run:
    """One pass over the levels of a program; the solver's model is made when first needed."""

    def __init__(
        self,
        program: Program,
        values: list[int],
        budget: Budget,
        seen: Seen,
        known: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.program = program
        self._known = known
        self.values = values
        self.budget = budget
        self.seen = seen
        self._narrow = program
        self._relaxed: Relaxed | None = None
        self._held: dict[str, int] = {}
        self._solver: Solver | None = None

    def settle(self, name: str) -> tuple[int, int]:
        """Value and bound of one level; searched only where the bound at hand does not settle it."""
        self._relaxed = None
        value = self.program.value(name, self.values)
        bound = max(self.program.least(name), self._known.get(name, 0))
        if value > bound:
            self._known = {}
        if value <= bound or self.budget.over():
            return value, min(value, bound)
        self._relaxed = relaxed = relax(self._narrow, self._held, name, self.budget.relaxing_seconds(name))
        bound = max(bound, relaxed.bound)
        if value > bound:
            bound = self._search(name, bound, relaxed)
        value = self.program.value(name, self.values)
        self.seen(name, self.values, min(value, bound))
        return value, min(value, bound)

    def hold(self, name: str, most: int) -> None:
        """From here on the level stays at most `most`, and nothing is looked at that would break it."""
        self._held[name] = most
        if self._relaxed is not None:
            self._narrow = self._narrow.within(*narrowed(self._narrow, self._relaxed, most))
        if self._solver is not None:
            self._solver.open(name)
            self._solver.settle(name, most)

    # Searching one level

    def _search(self, name: str, bound: int, relaxed: Relaxed) -> int:
        """Better values and the bound: first where the relaxation says that the best may be, then anywhere."""
        solver = self._open(name)
        with self._prover(name, relaxed) as prover:
            for turn in RACING if prover.threads else ALONE:
                if self._value(name) <= bound or self.budget.over():
                    break
                bound = self._take_turn(solver, name, (bound, turn), prover)
        return bound

    def _take_turn(self, solver: Solver, name: str, aim: tuple[int, Turn], prover: Prover | NoProver) -> int:
        """One search; returns the bound that is known after it."""
        bound, turn = aim
        most = bound if turn.scouts else self._value(name) - 1
        assert self._relaxed is not None
        solver.narrow(*narrowed(self._narrow, self._relaxed, most))

        def watch(found: list[int]) -> bool:
            self._accept(name, found, bound)
            return self._value(name) <= bound

        def stop() -> bool:
            return self.budget.over() or prover.beats(self._value(name), self.budget.seconds)

        search = self.budget.search(turn, prover.threads)
        found = solver.minimise(name, self.values, search, watch, stop)
        self.budget.spend(found.units)
        if found.values is not None:
            self._accept(name, found.values, bound)
        values, proven = prover.result()
        if values is not None and self._fits(values):
            self._accept(name, values, bound)
        return max(bound, min(found.bound, most + 1), proven)

    def _value(self, name: str) -> int:
        return self.program.value(name, self.values)

    def _prover(self, name: str, relaxed: Relaxed) -> Prover | NoProver:
        if not self.budget.is_racing or len(self.program.upper) > MOST_FOR_PROVER:
            return NoProver()
        return Prover(self._narrow, self._held, name, relaxed)

    def _fits(self, values: list[int]) -> bool:
        """Whether a plan found in floating point keeps every row and every settled level exactly."""
        program = self._narrow
        inside = zip(program.lower, values, program.upper, strict=True)
        return (
            all(low <= value <= high for low, value, high in inside)
            and not program.broken(values)
            and all(program.value(name, values) <= most for name, most in self._held.items())
        )

    def _open(self, name: str) -> Solver:
        if self._solver is None:
            self._solver = Solver(self.program)
            for held, most in self._held.items():
                self._solver.open(held)
                self._solver.settle(held, most)
        self._solver.open(name)
        return self._solver

    def _accept(self, name: str, found: list[int], bound: int) -> None:
        """Keep what is better on this level; what is only as good may be worse on the next."""
        self.program.complete(found)
        if self.program.value(name, found) < self.program.value(name, self.values):
            self.values = found
            self.seen(name, found, bound)
