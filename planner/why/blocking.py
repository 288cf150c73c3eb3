"""The smallest set of facts that blocks every placement: a smallest hitting set, exactly where that is quick.

Pure combinatorics: knows placements only by what blocks them.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from planner.why.fact import Condition, Fact, Family

MOST_STEPS = 20_000
MOST_LOOKS = 10_000_000
"""Steps of the exact search, and families looked at in all of them; beyond, the best set found is kept,
minimal but perhaps not smallest."""


class Blocking(NamedTuple):
    """A minimal set of facts that blocks every placement; `is_smallest` when no smaller one exists."""

    facts: tuple[Fact, ...]
    is_smallest: bool


def smallest_blocking(families: Iterable[Family]) -> Blocking:
    """Of non-empty families; without any, the empty set blocks."""
    search = _Search(least(families))
    found = search.run()
    facts = sorted(shrunk(found, search.families), key=lambda fact: fact.order)
    return Blocking(tuple(facts), search.steps <= search.most_steps)


def least(families: Iterable[Family]) -> list[Family]:
    """The families that hold no other: what blocks these blocks all."""
    kept: list[Family] = []
    for _, alike in groupby(sorted(dict.fromkeys(families), key=len), key=len):
        # Two of one size hold each other only if they are equal.
        kept += [family for family in alike if not any(one <= family for one in kept)]
    return kept


def blocks(facts: frozenset[Fact], family: Family) -> bool:
    return any(condition <= facts for condition in family)


def shrunk(facts: frozenset[Fact], families: list[Family]) -> frozenset[Fact]:
    """A minimal part of a blocking set: each fact is left out, and kept only if something fits then."""
    for fact in sorted(facts, key=lambda one: one.order, reverse=True):
        less = facts - {fact}
        if all(blocks(less, family) for family in families):
            facts = less
    return facts


class _Search:
    """Branch and bound, the family with fewest ways to block it first."""

    def __init__(self, families: list[Family]) -> None:
        self.families = families
        self.steps = 0
        self.most_steps = min(MOST_STEPS, MOST_LOOKS // max(1, len(families)))
        self._ordered = {family: sorted(family, key=_order) for family in families}

    def run(self) -> frozenset[Fact]:
        self.best: frozenset[Fact] = self._greedy()
        seen: set[frozenset[Fact]] = set()
        # No call in a call: there may be more facts, one below the other, than calls.
        waiting = [(frozenset[Fact](), frozenset[Fact]())]
        while waiting and self.steps <= self.most_steps:
            before, condition = waiting.pop()
            facts = before | condition
            waiting += [(facts, more) for more in reversed(self._below(facts, seen))]
        return self.best

    def _greedy(self) -> frozenset[Fact]:
        facts: frozenset[Fact] = frozenset()
        while left := self._open(facts):
            best: Condition = min(
                {condition for family in left for condition in family},
                key=lambda one: (-sum(one in family for family in left) / len(one - facts), _order(one)),
            )
            facts |= best
        return shrunk(facts, self.families)

    def _open(self, facts: frozenset[Fact]) -> list[Family]:
        return [family for family in self.families if not blocks(facts, family)]

    def _below(self, facts: frozenset[Fact], seen: set[frozenset[Fact]]) -> list[Condition]:
        """What to add next; nothing where these facts block all, or nothing smaller can come of them."""
        self.steps += 1
        if self.steps > self.most_steps or facts in seen:
            return []
        seen.add(facts)
        left = self._open(facts)
        if not left:
            if len(facts) < len(self.best):
                self.best = facts
            return []
        if len(facts) + _at_least(facts, left) >= len(self.best):
            return []
        return self._ordered[min(left, key=len)]


def _at_least(facts: frozenset[Fact], left: list[Family]) -> int:
    """How many more facts are needed: one for each of some families that share none."""
    used: set[Fact] = set()
    count = 0
    for family in sorted(left, key=len):
        own = {fact for condition in family for fact in condition} - facts
        if not own & used:
            used |= own
            count += min(len(condition - facts) for condition in family)
    return count


def _order(condition: Condition) -> tuple[object, ...]:
    return (len(condition), sorted(fact.order for fact in condition))
