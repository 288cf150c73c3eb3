"""A smaller program whose bounds hold for a larger one: like variables added up, like rows added up.

A variable of the merged program stands for the sum of its members (all at least 0). Where members
differ in a row or in a price, the cheapest counts for all: what the larger program can do, the
merged one can do at no more cost.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from planner.plan import LEVEL_NAMES
from planner.program import UNBOUNDED, Program, Row


class Likeness(NamedTuple):
    """By variable, and by row, what it is like: equal ones are merged; nothing where it stays alone."""

    variables: Sequence[Hashable | None]
    rows: Sequence[Hashable | None]


def merged(program: Program, likeness: Likeness) -> Program:
    """The merged program: for bounds only, its values mean no plan."""
    return _Merger(program, likeness).program


class _Merger:
    def __init__(self, program: Program, likeness: Likeness) -> None:
        self.whole = program
        self.program = Program(program.pulse)
        self._class_of = numbered(likeness.variables)
        self._sizes = [0] * (max(self._class_of, default=-1) + 1)
        self._sum_bounds()
        for numbers in _together(likeness.rows):
            self._add_rows([program.rows[number] for number in numbers])
        for level in LEVEL_NAMES:
            self._add_costs(level)

    def _sum_bounds(self) -> None:
        sizes, whole, program = self._sizes, self.whole, self.program
        program.lower, program.upper = [0] * len(sizes), [0] * len(sizes)
        for variable, number in enumerate(self._class_of):
            sizes[number] += 1
            program.lower[number] += whole.lower[variable]
            program.upper[number] += whole.upper[variable]

    def _add_rows(self, rows: list[Row]) -> None:
        """The sum of rows, below and above, each side that all of them have."""
        sums: dict[int, int] = defaultdict(int)
        for row in rows:
            for variable, coefficient in row.terms:
                sums[variable] += coefficient
        if all(row.high < UNBOUNDED for row in rows):
            high = sum(row.high for row in rows)
            self._add(tuple(self._cheapest(sums.items()).items()), high)
        if all(row.low > -UNBOUNDED for row in rows):
            low = sum(row.low for row in rows)
            self._add(tuple(self._cheapest((v, -c) for v, c in sums.items()).items()), -low)

    def _add(self, terms: tuple[tuple[int, int], ...], high: int) -> None:
        program = self.program
        reach = sum(c * (program.upper[v] if c > 0 else program.lower[v]) for v, c in terms)
        if reach > high:
            program.rows.append(Row(terms, -UNBOUNDED, high))

    def _cheapest(self, terms: Iterable[tuple[int, int]]) -> dict[int, int]:
        """By class the least coefficient of its members, 0 for those that are not there."""
        least: dict[int, int] = {}
        counts: dict[int, int] = defaultdict(int)
        for variable, coefficient in terms:
            number = self._class_of[variable]
            counts[number] += 1
            least[number] = min(coefficient, least.get(number, coefficient))
        for number, count in counts.items():
            if count < self._sizes[number]:
                least[number] = min(least[number], 0)
        return {number: coefficient for number, coefficient in least.items() if coefficient}

    def _add_costs(self, level: str) -> None:
        self.program.constants[level] = self.whole.constants[level]
        self.program.costs[level] = self._cheapest(self.whole.costs[level].items())


def numbered(keys: Sequence[Hashable | None]) -> list[int]:
    """A number for each key, in order of first appearance; each missing key has its own."""
    numbers: dict[Hashable, int] = {}
    found: list[int] = []
    for position, key in enumerate(keys):
        own: Hashable = ("alone", position) if key is None else key
        found.append(numbers.setdefault(own, len(numbers)))
    return found


def _together(keys: Sequence[Hashable | None]) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for position, number in enumerate(numbered(keys)):
        groups[number].append(position)
    return list(groups.values())
