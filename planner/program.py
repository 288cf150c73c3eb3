"""A small integer program in plain Python: what rules and goals write, greedy and solver read.

Variables are bounded integers known by their index. A row bounds a linear sum. What is fixed from
the start (pinned, frozen, past) may already break a row: the row is then relaxed to exactly that.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from itertools import pairwise
from typing import NamedTuple

from planner.plan import LEVEL_NAMES

Terms = tuple[tuple[int, int], ...]
"""Pairs of variable and coefficient."""

UNBOUNDED = 1 << 60
"""No side: more than the dearest level of the largest problem can cost."""


class Row(NamedTuple):
    """`low <= sum(coefficient x variable) <= high`."""

    terms: Terms
    low: int
    high: int


class Derived(NamedTuple):
    """A variable that follows from others: the largest (or smallest) of some sums."""

    variable: int
    sums: tuple[tuple[Terms, int], ...]
    largest: bool


PULSE_EVERY = 2048


def _go_on() -> None:
    return None


class Program:
    """Variables, rows, and one linear cost for each of the eight levels."""

    def __init__(self, pulse: Callable[[], None] = _go_on) -> None:
        """`pulse` is called now and then by whoever fills or walks the program; it may raise to end that."""
        self.pulse = pulse
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.rows: list[Row] = []
        self.derived: list[Derived] = []
        self.lazy_rows: set[int] = set()
        """Rows that only hold a cost up: the greedy start need not watch them."""
        self.lazy: set[int] = set()
        """Derived variables that no other row reads."""
        self.costs: dict[str, dict[int, int]] = {name: {} for name in LEVEL_NAMES}
        self.constants: dict[str, int] = dict.fromkeys(LEVEL_NAMES, 0)
        self.savings: dict[str, int] = dict.fromkeys(LEVEL_NAMES, 0)
        self._saved: dict[str, set[int]] = {name: set() for name in LEVEL_NAMES}

    def variable(self, upper: int = 1, *, fixed: bool = False) -> int:
        """A new variable in 0..upper; `fixed` holds it at `upper`."""
        if not len(self.upper) % PULSE_EVERY:
            self.pulse()
        self.lower.append(upper if fixed else 0)
        self.upper.append(upper)
        return len(self.upper) - 1

    def each_row(self) -> Iterator[tuple[int, Row]]:
        """The rows with their numbers; long walks can be ended."""
        for number, row in enumerate(self.rows):
            if not number % PULSE_EVERY:
                self.pulse()
            yield number, row

    def limit(self, terms: Iterable[tuple[int, int]], high: int) -> None:
        """The sum stays at most `high`, or at most what is fixed already if that is more."""
        kept = tuple(terms)
        settled = sum(coefficient * self.lower[variable] for variable, coefficient in kept)
        reach = sum(coefficient * self.upper[variable] for variable, coefficient in kept if coefficient > 0)
        allowed = max(high, settled)
        if reach > allowed or any(coefficient < 0 for _, coefficient in kept):
            self.rows.append(Row(kept, -UNBOUNDED, allowed))

    def at_most_one(self, variables: Iterable[int]) -> None:
        kept = tuple((variable, 1) for variable in dict.fromkeys(variables))
        if len(kept) > 1:
            self.limit(kept, 1)

    def demand(self, terms: Iterable[tuple[int, int]], low: int) -> None:
        """The sum is at least `low`."""
        self.rows.append(Row(tuple(terms), low, UNBOUNDED))

    def equal(self, terms: Iterable[tuple[int, int]], value: int = 0) -> None:
        self.rows.append(Row(tuple(terms), value, value))

    def implies(self, first: int, then: int) -> None:
        if not self.lower[then]:
            self.rows.append(Row(((first, 1), (then, -1)), -UNBOUNDED, 0))

    def implies_one(self, first: int, then: Iterable[int]) -> None:
        """`first` holds only if at least one of `then` does."""
        self.rows.append(Row(((first, 1), *((other, -1) for other in then)), -UNBOUNDED, 0))

    def at_least(
        self, sums: Iterable[tuple[Iterable[tuple[int, int]], int]], upper: int, *, lazy: bool = True
    ) -> int:
        """A new variable, the largest of 0 and the sums; it may float above unless a cost holds it."""
        variable = self.variable(upper)
        kept = tuple((tuple(terms), constant) for terms, constant in sums)
        if lazy:
            self.lazy.add(variable)
        for terms, constant in kept:
            if lazy:
                self.lazy_rows.add(len(self.rows))
            self.rows.append(Row((*terms, (variable, -1)), -UNBOUNDED, -constant))
        self.derived.append(Derived(variable, kept, largest=True))
        return variable

    def any_of(self, variables: Iterable[int]) -> int:
        """A new 0/1 variable, 1 exactly when one of the 0/1 `variables` is."""
        return self.any_of_groups([variable] for variable in dict.fromkeys(variables))

    def any_of_groups(self, groups: Iterable[Iterable[int]]) -> int:
        """Like `any_of`, of groups of which each has at most one 1: one row a group binds tighter."""
        sums: list[tuple[Terms, int]] = []
        for group in groups:
            kept = tuple(dict.fromkeys(group))
            alone = any(self.lower[variable] for variable in kept)
            sums += [(((v, 1),), 0) for v in kept] if alone else [(tuple((v, 1) for v in kept), 0)]
        result = self.at_least(sums, 1, lazy=False)
        everything = [variable for terms, _ in sums for variable, _ in terms]
        if any(self.lower[variable] for variable in everything):
            self.lower[result] = 1
        else:
            self.rows.append(Row(((result, 1), *((variable, -1) for variable in everything)), -UNBOUNDED, 0))
        return result

    def both(self, first: Iterable[int], second: Iterable[int]) -> int:
        """A new 0/1 variable, at most the sum of `first` and that of `second` (each at most 1)."""
        variable = self.variable()
        sums = tuple((tuple((other, 1) for other in side), 0) for side in (first, second))
        for terms, _ in sums:
            self.rows.append(Row(((variable, 1), *((other, -1) for other, _ in terms)), -UNBOUNDED, 0))
        self.derived.append(Derived(variable, sums, largest=False))
        return variable

    def pair(self, first: Iterable[int], second: Iterable[int]) -> int:
        """Like `both`, for the caller to bound: several pairs may share the rows of their sides."""
        variable = self.variable()
        sums = tuple((tuple((other, 1) for other in side), 0) for side in (first, second))
        self.derived.append(Derived(variable, sums, largest=False))
        self.lazy.add(variable)
        return variable

    def steps(self, terms: Iterable[tuple[int, int]], settled: int, reach: int) -> list[int]:
        """One 0/1 variable for each unit of a sum above `settled`, up to `reach`, taken in order."""
        kept = tuple(terms)
        steps = [self.variable() for _ in range(settled, reach)]
        self.lazy.update(steps)
        self.lazy_rows.add(len(self.rows))
        self.rows.append(Row((*kept, *((step, -1) for step in steps)), settled, settled))
        for before, step in pairwise(steps):
            self.rows.append(Row(((step, 1), (before, -1)), -UNBOUNDED, 0))
        for number, step in enumerate(steps, start=settled):
            self.derived.append(Derived(step, ((kept, -number),), largest=True))
        return steps

    def cost(self, level: str, variable: int, price: int) -> None:
        if price:
            prices = self.costs[level]
            prices[variable] = prices.get(variable, 0) + price

    def constant(self, level: str, price: int) -> None:
        self.constants[level] += price

    def complete(self, values: list[int]) -> None:
        """Set every derived variable from the others, in order of creation."""
        for variable, sums, largest in self.derived:
            amounts = [constant + sum(c * values[v] for v, c in terms) for terms, constant in sums]
            found = max(0, *amounts) if largest else min(amounts)
            values[variable] = max(self.lower[variable], min(found, self.upper[variable]))

    def value(self, level: str, values: list[int]) -> int:
        prices = self.costs[level]
        return self.constants[level] + sum(price * values[variable] for variable, price in prices.items())

    def unit(self, level: str, price: int, variables: Iterable[int], most: int) -> None:
        """`most` things that each save `price` where one of the variables takes them."""
        kept = tuple(variables)
        reach = min(most, sum(self.upper[variable] for variable in kept))
        self.constant(level, price * most)
        self.savings[level] += price * reach
        for variable in kept:
            self.cost(level, variable, -price)
            self._saved[level].add(variable)

    def counted(self, level: str, price: int, terms: Iterable[tuple[int, int]]) -> None:
        """Charge `price` for each unit of a sum (coefficients above 0), by one variable that counts them.

        A level with many choices would be held by a row of as many terms; of such counts there are few, and a
        proof may decide on one of them instead of on each choice.
        """
        kept = tuple(terms)
        if kept and price:
            count = self.at_least(
                [(kept, 0)], sum(amount * self.upper[variable] for variable, amount in kept)
            )
            self.lower[count] = sum(amount * self.lower[variable] for variable, amount in kept)
            self.cost(level, count, price)

    def lacking(self, level: str, price: int, variables: Iterable[int], most: int) -> None:
        """Like `unit`, by one variable that counts what nobody takes."""
        kept = tuple(variables)
        short = self.at_least([([(variable, -1) for variable in kept], most)], most)
        self.lower[short] = max(0, most - sum(self.upper[variable] for variable in kept))
        self.cost(level, short, price)

    def within(self, lower: list[int], upper: list[int]) -> "Program":
        """The same program with other bounds of its variables."""
        other = copy(self)
        other.lower, other.upper = lower, upper
        return other

    def least(self, level: str) -> int:
        """A bound of a level that needs no search: everything saved that has a choice at all."""
        reach = sum(
            min(price * self.upper[v], price * self.lower[v])
            for v, price in self.costs[level].items()
            if v not in self._saved[level]
        )
        return max(0, self.constants[level] + reach - self.savings[level])

    def broken(self, values: list[int]) -> list[Row]:
        """Rows that these values break; for tests and as a guard before a hint."""
        return [
            row
            for row in self.rows
            if not row.low <= sum(coefficient * values[v] for v, coefficient in row.terms) <= row.high
        ]
