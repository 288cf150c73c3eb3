"""Parts of a month that share nobody: each is settled by itself, and what is proven of them adds up."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from planner.budget import Budget
from planner.levels import Given, Seen, Settled
from planner.near import settle_near
from planner.plan import LEVEL_NAMES
from planner.program import Program
from planner.relaxation import relax
from planner.restrict import Piece, Restrictor

ROUNDS = 2
"""How often a part is looked at that is not proven: the second time with what others left."""
RELAX_SHARE = 0.05
"""Of the time left, what one relaxation may use that makes up for a gap elsewhere."""

PartSeen = Callable[[str, int, Callable[[], list[int]]], None]
"""Told a level, its value in the whole month, and how to have the values of that better plan."""


class _Part(NamedTuple):
    """Its variables, and what was settled of it, as values of the whole month; nothing before its turn."""

    group: list[int]
    settled: tuple[Settled, ...] = ()

    @property
    def is_proven(self) -> bool:
        return bool(self.settled) and all(one.value <= one.bound for one in self.settled)

    @property
    def gaps(self) -> dict[str, int]:
        return {one.name: one.value - one.bound for one in self.settled}


def settle_beside(
    program: Program, groups: list[list[int]], values: list[int], budget: Budget, seen: PartSeen
) -> list[int]:
    """Better values of some parts only, the others as they are, within the share of the budget that they are.

    For parts that can be searched beside one that is too large for that.
    """
    share = sum(map(len, groups)) / max(1, len(program.upper))
    with budget.portion(share) as own:
        found = Apart(program, groups, values, own, seen)
        found.settle({})
    return found.values


class Apart:
    """A program, its parts, and the best values so far."""

    def __init__(
        self, program: Program, groups: list[list[int]], values: list[int], budget: Budget, seen: PartSeen
    ) -> None:
        """`groups`: the variables of each part; no tolerance may be shared between them."""
        self.program = program
        self.parts = [_Part(group) for group in groups]
        self.values = values
        self.budget = budget
        self.seen = seen
        self._restrictor = Restrictor(program)
        self._totals = {name: program.value(name, values) for name in LEVEL_NAMES}
        self._pieces: dict[int, Piece] = {}

    def settle(self, known: Mapping[str, int]) -> None:
        """Each part in turn with its share of what is left; `known` bounds hold for the whole month."""
        for _ in range(ROUNDS):
            waiting = [number for number, part in enumerate(self.parts) if not part.is_proven]
            left = sum(len(self.parts[number].group) for number in waiting)
            for number in waiting:
                if self.budget.over():
                    return
                share = len(self.parts[number].group) / left
                left -= len(self.parts[number].group)
                self._settle_part(number, share, known)

    def _settle_part(self, number: int, share: float, known: Mapping[str, int]) -> None:
        part = self.parts[number]
        piece = self._restrictor.piece(part.group, self.values, self._totals)
        budget = self.budget.share(self.budget.seconds * share, (self.budget.units or 0.0) * share)
        before = budget.units
        own = piece.take(self.values)
        proven = {name: max(known.get(name, 0), self._totals[name] - gap) for name, gap in part.gaps.items()}
        found, settled = settle_near(
            piece.program, own, budget, self._see(piece), given=Given(bounds=proven or known)
        )
        self.budget.spend((before or 0.0) - (budget.units or 0.0))
        self.values = piece.give(self.values, found)
        self._totals = {name: piece.program.value(name, found) for name in LEVEL_NAMES}
        self.parts[number] = part._replace(settled=tuple(settled))

    def _see(self, piece: Piece) -> Seen:
        whole = self.values

        def seen(name: str, own: list[int], _bound: int) -> None:
            self.seen(name, piece.program.value(name, own), lambda: piece.give(whole, own))

        return seen

    # What is proven of the whole

    def settled(self) -> list[Settled]:
        """Each level of the whole month with its bound.

        Where an earlier level of some part is not proven, the plans that are spoken of may be better there
        and as much worse in another: so far the bounds of the others are asked for again, as long as there
        is time.
        """
        gaps: list[dict[str, int]] = [{} for _ in self.parts]
        found: list[Settled] = []
        for level in LEVEL_NAMES:
            sums = {name: sum(one[name] for one in gaps) for name in gaps[0]}
            now = [self._gap(number, level, gaps[number], sums) for number in range(len(gaps))]
            for own, gap in zip(gaps, now, strict=True):
                own[level] = gap
            value = self._totals[level]
            found.append(Settled(level, value, max(self.program.least(level), value - sum(now))))
        return found

    def _gap(self, number: int, level: str, gaps: Mapping[str, int], sums: Mapping[str, int]) -> int:
        """How much lower the level may be in a part, by the gaps of its earlier levels and of all parts'."""
        part, values = self.parts[number], self._totals
        slack = {name: sums[name] - gap for name, gap in gaps.items()}
        if part.settled and not any(slack.values()):
            return part.gaps[level]
        bound = self.program.least(level)
        if values[level] > bound and not self.budget.over():
            piece = self._piece(number)
            bound = piece.program.least(level)
            if values[level] > bound:
                held = {name: values[name] + more for name, more in slack.items()}
                seconds = self.budget.linear_seconds(RELAX_SHARE)
                bound = max(bound, relax(piece.program, held, level, seconds).bound)
        return values[level] - min(values[level], bound)

    def _piece(self, number: int) -> Piece:
        if number not in self._pieces:
            self._pieces[number] = self._restrictor.piece(self.parts[number].group, self.values, self._totals)
        return self._pieces[number]
