"""A program with most of its variables held: what a part, a neighbourhood or a first stage solves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from planner.plan import LEVEL_NAMES
from planner.program import UNBOUNDED, Derived, Program, Row, Terms


class Piece(NamedTuple):
    """A smaller program; `variables` says which variable of the whole each of its own is."""

    program: Program
    variables: tuple[int, ...]

    def take(self, values: list[int]) -> list[int]:
        """The piece's share of whole values."""
        return [values[variable] for variable in self.variables]

    def give(self, values: list[int], own: list[int]) -> list[int]:
        """Whole values with the piece's own put in."""
        after = list(values)
        for variable, value in zip(self.variables, own, strict=True):
            after[variable] = value
        return after


class Restrictor:
    """Cuts pieces out of one program; indexes it once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._rows: dict[int, list[int]] = defaultdict(list)
        for number, row in program.each_row():
            for variable, _ in row.terms:
                self._rows[variable].append(number)
        self._derived: dict[int, list[int]] = defaultdict(list)
        """By variable, the derivations that read it, and its own: what reads nothing derives as well."""
        for number, one in enumerate(program.derived):
            if program.lower[one.variable] != program.upper[one.variable]:
                for variable in {one.variable, *(v for terms, _ in one.sums for v, _ in terms)}:
                    self._derived[variable].append(number)

    def piece(self, free: Iterable[int], values: list[int], totals: Mapping[str, int] | None = None) -> Piece:
        """The program of `free` variables and what derives from them, everything else as in `values`.

        `totals`: each level's value, where it is known already.
        """
        whole = self.program
        chosen = {variable for variable in free if whole.lower[variable] != whole.upper[variable]}
        derived = self._follow(chosen)
        order = sorted(chosen)
        at = {variable: index for index, variable in enumerate(order)}
        program = Program()
        program.lower = [whole.lower[variable] for variable in order]
        program.upper = [whole.upper[variable] for variable in order]
        program.lazy = {at[variable] for variable in order if variable in whole.lazy}
        for number in sorted({number for variable in order for number in self._rows.get(variable, ())}):
            row = _cut(whole.rows[number], at, values, program)
            if row is not None:
                if number in whole.lazy_rows:
                    program.lazy_rows.add(len(program.rows))
                program.rows.append(row)
        program.derived = [_cut_derived(one, at, values) for one in derived]
        for level in LEVEL_NAMES:
            prices = whole.costs[level]
            program.costs[level] = {at[v]: prices[v] for v in order if v in prices}
            own = sum(prices[v] * values[v] for v in order if v in prices)
            program.constants[level] = (totals[level] if totals else whole.value(level, values)) - own
        return Piece(program, tuple(order))

    def _follow(self, chosen: set[int]) -> list[Derived]:
        """Add to the choice every variable that derives from it; what derives, in order of creation."""
        found: set[int] = set()
        waiting = list(chosen)
        while waiting:
            for number in self._derived.get(waiting.pop(), ()):
                variable = self.program.derived[number].variable
                found.add(number)
                if variable not in chosen:
                    chosen.add(variable)
                    waiting.append(variable)
        return [self.program.derived[number] for number in sorted(found)]


def _cut(row: Row, at: dict[int, int], values: list[int], program: Program) -> Row | None:
    """A row on what is free; none when it cannot break."""
    terms: list[tuple[int, int]] = []
    held = least = most = 0
    for variable, coefficient in row.terms:
        own = at.get(variable)
        if own is None:
            held += coefficient * values[variable]
            continue
        terms.append((own, coefficient))
        low, high = program.lower[own], program.upper[own]
        least += coefficient * (low if coefficient > 0 else high)
        most += coefficient * (high if coefficient > 0 else low)
    low = row.low - held if row.low > -UNBOUNDED else -UNBOUNDED
    high = row.high - held if row.high < UNBOUNDED else UNBOUNDED
    return None if low <= least and most <= high else Row(tuple(terms), low, high)


def _cut_derived(one: Derived, at: dict[int, int], values: list[int]) -> Derived:
    sums: list[tuple[Terms, int]] = []
    for terms, constant in one.sums:
        held = sum(c * values[v] for v, c in terms if v not in at)
        sums.append((tuple((at[v], c) for v, c in terms if v in at), constant + held))
    return Derived(at[one.variable], tuple(sums), one.largest)
