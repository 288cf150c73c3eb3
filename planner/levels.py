"""The levels of a program, one after the other: each as low as can be, then held while the next is."""

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from itertools import count, pairwise
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from planner.budget import Budget
from planner.cpsat import Solver
from planner.errors import EndedEarlyError
from planner.plan import LEVEL_NAMES
from planner.program import Program
from planner.prover import Child, Ground, Prover
from planner.race import Asked, Race, first_seconds
from planner.relaxation import Relaxed, narrowed
from planner.relaxations import Relaxations
from planner.turns import ALONE, RACED_SHARE, SOON, Turn, turns


class Settled(NamedTuple):
    """A level's value and the bound proven for it."""

    name: str
    value: int
    bound: int


Seen = Callable[[str, list[int], int], None]
"""Told the level, values and bound of each better plan."""

MOST_FOR_PROVER = 60_000
"""Variables up to which a second kind of solver helps."""
LEAST_SECONDS = 2.0
"""Time left below which it would come too late."""
LEAST_RACED = 3.0
"""Seconds of a race below which better plans are the better use of the time."""


class Given(NamedTuple):
    """What is known of a month's levels before they are settled, by level.

    `looked_near`: whether a good plan on all ordinary levels was looked for, to the end. `bounds` hold for plans whose earlier levels are no worse than those of the plan at hand; `relaxations`
    are those of the same program that were counted already.
    """

    tolerances: Mapping[str, int] = MappingProxyType({})
    bounds: Mapping[str, int] = MappingProxyType({})
    relaxations: Relaxations | None = None
    looked_near: bool = False


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
    tolerances = given.tolerances
    settled: list[Settled] = []
    # When time ends within a level, what was proven before stays proven.
    with closing(Run(program, values, budget, seen, names, given)) as run, suppress(EndedEarlyError):
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
    again = Run(program, values, budget, lambda *_: None, names, Given(tolerances))
    with closing(again) as run, suppress(EndedEarlyError):
        for name in names:
            value = program.value(name, values)
            _, bound = run.settle(name)
            settled.append(Settled(name, value, bound))
            run.values = values
            run.hold(name, value + tolerances.get(name, 0))
    return settled


class Run:
    """One pass over the levels of a program, closed after use; the solver's model is made when first needed."""

    other: ClassVar[type[Child]] = Child
    turns = staticmethod(turns)
    """In what order the searches of a level take their turns."""

    def __init__(
        self,
        program: Program,
        values: list[int],
        budget: Budget,
        seen: Seen,
        names: tuple[str, ...],
        given: Given,
    ) -> None:
        self.program = program
        self.values = values
        self.budget = budget
        self.seen = seen
        self._names = names
        self._tolerances = given.tolerances
        self._known = given.bounds
        self._relaxed: Relaxed | None = None
        self._seeds = count()
        self._looked_near = given.looked_near
        self._relaxations = given.relaxations or Relaxations(program)
        self._ground = self._relaxations.ground
        self._solver: Solver | None = None
        self._child: Child | None = None
        self._racing = Race(self.other, budget.workers, first_seconds(len(program.upper)))
        self.prover: Prover | None = None

    def close(self) -> None:
        """End the other solvers, wherever they are."""
        self._racing.close()
        self._close_child()

    def _close_child(self) -> None:
        self.prover = None
        if self._child is not None:
            self._child.close()
            self._child = None

    def settle(self, name: str) -> tuple[int, int]:
        """Value and bound of one level; searched only where the bound at hand does not settle it."""
        self._relaxed = None
        value = self._value(name)
        bound = max(self.program.least(name), self._known.get(name, 0))
        if value > bound:
            self._known = {}
        if value <= bound or self.budget.over():
            return value, min(value, bound)
        self._ground, self._relaxed = self._relax(self._ground, name)
        bound = max(bound, self._relaxed.bound)
        if value > bound:
            bound = self._search(name, bound)
        value = self._value(name)
        self.seen(name, self.values, min(value, bound))
        return value, min(value, bound)

    def hold(self, name: str, most: int) -> None:
        """From here on the level stays at most `most`, and nothing is looked at that would break it."""
        self._ground = self._ground.settle(name, most, self._relaxed)
        if self._solver is not None:
            self._solver.open(name)
            self._solver.settle(name, most)

    def _relax(self, ground: Ground, name: str) -> tuple[Ground, Relaxed]:
        return self._relaxations.of(ground, name, self.budget.relaxing_seconds(name))

    # Searching one level

    def _search(self, name: str, bound: int) -> int:
        """Better values and the bound: first where the relaxation says that the best may be, then anywhere."""
        races = self._races()
        for turn in self.turns(name, looked_near=self._looked_near) if races else ALONE:
            bound = max(bound, self._hear(name, bound))
            if self._value(name) <= bound or self.budget.over():
                break
            if turn.raced and RACED_SHARE * self.budget.seconds < LEAST_RACED:
                continue
            if races:
                self._ask(name, turn)
            bound = self._take_turn(name, bound, turn)
        self._dismiss()
        return bound

    def _races(self) -> bool:
        has_time = self.budget.is_racing and self.budget.seconds > LEAST_SECONDS
        return has_time and len(self.program.upper) <= MOST_FOR_PROVER

    def _take_turn(self, name: str, bound: int, turn: Turn) -> int:
        """One search; returns the bound that is known after it."""
        if turn.raced:
            return max(bound, self._race(name, bound))
        self._racing.close()
        solver = self._open(name)
        most = bound if turn.scouts else self._value(name) - 1
        assert self._relaxed is not None
        solver.narrow(*narrowed(self._ground.program, self._relaxed, most))

        def watch(found: list[int]) -> bool:
            self._accept(name, found, bound)
            return self._value(name) <= bound

        def stop() -> bool:
            return self.budget.over() or (self.prover is not None and self.prover.has_news)

        spared = self.prover is not None and self.prover.is_at_work
        search = self.budget.search(turn, spared=spared)
        found = solver.minimise(name, self.values, search, watch, stop)
        self.budget.spend(found.units)
        if found.values is not None:
            self._accept(name, found.values, bound)
        return max(bound, min(found.bound, most + 1), self._hear(name, bound))

    def _value(self, name: str) -> int:
        return self.program.value(name, self.values)

    def _open(self, name: str) -> Solver:
        if self._solver is None:
            self._solver = Solver(self.program)
            for held, most in self._ground.held.items():
                self._solver.open(held)
                self._solver.settle(held, most)
        self._solver.open(name)
        return self._solver

    def _accept(self, name: str, found: list[int], bound: int) -> None:
        """Keep what is better on this level; what is only as good may be worse on the next."""
        self.program.complete(found)
        if self.program.value(name, found) < self._value(name):
            self.values = found
            self.seen(name, found, bound)

    # The other solver

    def _ask(self, name: str, turn: Turn) -> None:
        """Let it look at this level, unless it does already or would come too late."""
        is_small = len(self.program.upper) < self.budget.limits.sizes.raced
        if self.prover is None and not turn.raced and not (turn.scouts and (is_small or name in SOON)):
            assert self._relaxed is not None
            value, seed = self._value(name), next(self._seeds)
            self.prover = Prover(self._free_child(), self._ground, name, self._relaxed, value, seed)

    def _dismiss(self) -> None:
        """Need the prover no more; its process stays if it is free for another question."""
        self.prover = None
        if self._child is not None and not self._child.is_free:
            self._close_child()

    def _free_child(self) -> Child:
        """The child that was there, unless it is still at something that is needed no more."""
        if self._child is None or not self._child.is_free:
            self._close_child()
            self._child = self.other()
        return self._child

    def _hear(self, name: str, bound: int) -> int:
        """Take over what it found, if it has ended; returns the bound that it proved of this level."""
        if self.prover is None or not self.prover.has_answered:
            return 0
        self.prover.is_heard = True
        values, proven = self.prover.result()
        if values is not None and self.prover.ground.keeps(values):
            self._accept(name, values, bound)
        return proven

    def _race(self, name: str, bound: int) -> int:
        """For a share of the time left, wait for the proof that two solvers look for; returns the bound then."""
        assert self._relaxed is not None
        self._close_child()
        within = self.budget.share(RACED_SHARE * self.budget.seconds, 0.0)
        asked = Asked(name, self._ground, self._relaxed, self.values)
        self.prover = self._racing.prove(asked, self._after, within.over)
        proven = self._hear(name, bound)
        self.prover = None
        return proven

    def _after(self, asked: Asked, found: list[int] | None) -> Asked | None:
        """The next level that its relaxation leaves open, if `found` or else the plan at hand is the best of one."""
        level, ground, relaxed, values = asked
        if found is not None and self.program.value(level, found) < self.program.value(level, values):
            values = found if ground.keeps(found) else values
        narrowing: Relaxed | None = relaxed
        for earlier, name in pairwise(self._names[self._names.index(level) :]):
            value = self.program.value(earlier, values)
            ground = ground.settle(earlier, value + self._tolerances.get(earlier, 0), narrowing)
            narrowing, value = None, self.program.value(name, values)
            if value > self.program.least(name):
                ground, relaxed = self._relax(ground, name)
                narrowing = relaxed
                if value > relaxed.bound:
                    return Asked(name, ground, relaxed, values)
        return None
