"""The smallest set of facts that leaves too few people at every place: exactly, and where not, minimal.

People are counted one by one, so that no team need ever be listed. Pure combinatorics, like `blocking`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import ceil
from typing import NamedTuple

from planner.why.blocking import MOST_LOOKS, MOST_STEPS, Blocking, blocks
from planner.why.fact import Condition, Fact, Family

NEARLY = 1e-9


class Ring(NamedTuple):
    """Shut when this many of these people are blocked, each by one condition of theirs."""

    wanted: int
    people: tuple[Family, ...]

    def left(self, facts: frozenset[Fact]) -> "Ring":
        """What these facts leave to do: without the people they block, or whom nothing can."""
        still = tuple(one for one in self.people if not blocks(facts, one))
        done = len(self.people) - len(still)
        return Ring(self.wanted - done, tuple(one for one in still if one))

    @property
    def is_shut(self) -> bool:
        return self.wanted <= 0

    @property
    def is_open_for_good(self) -> bool:
        return self.wanted > len(self.people)


Wall = frozenset[Ring]
"""One place: no team stands there once one of its rings is shut."""


def smallest_wall(walls: Iterable[Wall]) -> Blocking | None:
    """Facts that shut every wall; none where one of them cannot be shut."""
    search = _Search(sorted(map(_in_order, set(walls)), key=lambda rings: (_size(rings), _all_of(rings))))
    found = search.run()
    if found is None:
        return None
    facts = tuple(sorted(search.shrunk(found), key=lambda fact: fact.order))
    return Blocking(facts, search.steps <= search.most_steps)


Rings = tuple[Ring, ...]
"""Those of a wall in an order that is the same in every run, as sets are not."""


def is_shut(facts: frozenset[Fact], wall: Iterable[Ring]) -> bool:
    return any(ring.left(facts).is_shut for ring in wall)


class _Search:
    """Branch and bound: of the wall that takes most, one person after the other is blocked, or left out for good."""

    def __init__(self, walls: list[Rings]) -> None:
        self.walls = walls
        self.steps = 0
        self.most_steps = min(MOST_STEPS, MOST_LOOKS // max(1, sum(map(_size, walls))))

    def run(self) -> frozenset[Fact] | None:
        self.best: frozenset[Fact] | None = None
        # No call in a call: there may be more facts, one below the other, than calls.
        waiting = self._below(frozenset(), self.walls)
        while waiting and (self.best is None or self.steps <= self.most_steps):
            step = waiting.pop()
            waiting += self._below(step.facts | step.condition, [(step.rest,), *step.others])
        return self.best

    def shrunk(self, facts: frozenset[Fact]) -> frozenset[Fact]:
        """A minimal part that still shuts every wall."""
        for fact in sorted(facts, key=lambda one: one.order, reverse=True):
            less = facts - {fact}
            if all(is_shut(less, wall) for wall in self.walls):
                facts = less
        return facts

    def _below(self, facts: frozenset[Fact], walls: list[Rings]) -> "list[_Step]":
        """The steps that follow, the first one last; none where these facts shut all, or nothing better comes."""
        self.steps += 1
        if self.best is not None and self.steps > self.most_steps:
            return []
        todo = [_Todo(facts, left) for wall in walls if (left := _left(facts, wall)) is not None]
        if not todo:
            found = self.shrunk(facts)
            self.best = found if self.best is None else min(self.best, found, key=len)
            return []
        if any(one.least is None for one in todo):
            return []
        if self.best is not None and len(facts) + _together(todo) >= len(self.best):
            return []
        hardest = max(todo, key=lambda one: one.least or 0)
        others = [one.wall for one in todo if one is not hardest]
        shared = Counter(fact for one in todo for fact in one.facts)
        rings = sorted(hardest.wall, key=lambda ring: (hardest.needed[ring], ring.wanted))
        steps = ((condition, rest) for ring in rings for condition, rest in _steps(facts, ring, shared))
        return [_Step(facts, condition, rest, others) for condition, rest in steps][::-1]


class _Step(NamedTuple):
    """One more person to block by a condition; then what is left of that ring, and the other walls, is looked at."""

    facts: frozenset[Fact]
    condition: Condition
    rest: Ring
    others: list[Rings]


def _left(facts: frozenset[Fact], wall: Rings) -> Rings | None:
    """What is left of a wall; none when it is shut, empty when it never can be."""
    rings = [ring.left(facts) for ring in wall]
    if any(ring.is_shut for ring in rings):
        return None
    return tuple(dict.fromkeys(ring for ring in rings if not ring.is_open_for_good))


def _steps(facts: frozenset[Fact], ring: Ring, shared: Counter[Fact]) -> Iterator[tuple[Condition, Ring]]:
    """Each person who may be the next one blocked, with those after: any set that shuts the ring has a first."""
    ordered = sorted(ring.people, key=lambda one: (_cost(facts, one, {}), -_use(one, shared), _order(one)))
    for index in range(len(ordered) - ring.wanted + 1):
        rest = Ring(ring.wanted - 1, tuple(ordered[index + 1 :]))
        for condition in sorted(
            ordered[index], key=lambda one: (len(one - facts), -_most(one, shared), _key(one))
        ):
            yield condition, rest


class _Todo:
    """A wall that is not shut yet, with how many more facts it takes at least."""

    def __init__(self, facts: frozenset[Fact], wall: Rings) -> None:
        self.wall = wall
        self.needed = {ring: _needed(facts, ring) for ring in wall}
        self.least = min(self.needed.values(), default=None)
        self._known = facts

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """Those that could help to shut it."""
        named = (fact for ring in self.wall for one in ring.people for condition in one for fact in condition)
        return frozenset(named) - self._known


def _together(todo: list[_Todo]) -> int:
    """No fewer facts than walls that share none take one by one."""
    used: set[Fact] = set()
    count = 0
    for one in sorted(todo, key=lambda wall: -(wall.least or 0)):
        if not one.facts & used:
            used |= one.facts
            count += one.least or 0
    return count


def _needed(facts: frozenset[Fact], ring: Ring) -> int:
    """A fact that several people share counts for each of them as its part only."""
    sharing = Counter(fact for one in ring.people for fact in frozenset().union(*one) - facts)
    weights = {fact: 1 / count for fact, count in sharing.items()}
    costs = sorted(_cost(facts, one, weights) for one in ring.people)
    return ceil(sum(costs[: ring.wanted]) - NEARLY)


def _cost(facts: frozenset[Fact], person: Family, weights: dict[Fact, float]) -> float:
    return min(sum(weights.get(fact, 1.0) for fact in condition - facts) for condition in person)


def _use(person: Family, shared: Counter[Fact]) -> int:
    return max(_most(condition, shared) for condition in person)


def _most(condition: Condition, shared: Counter[Fact]) -> int:
    return min((shared[fact] for fact in condition), default=0)


def _order(person: Family) -> list[tuple[object, ...]]:
    return sorted(_key(condition) for condition in person)


def _key(condition: Condition) -> tuple[object, ...]:
    return (len(condition), sorted(fact.order for fact in condition))


def _in_order(wall: Wall) -> Rings:
    return tuple(sorted(wall, key=lambda ring: _all_of((ring,))))


def _all_of(rings: Rings) -> list[tuple[object, ...]]:
    return [(ring.wanted, [_order(one) for one in ring.people]) for ring in rings]


def _size(wall: Rings) -> int:
    return sum(len(one) for ring in wall for one in ring.people) + 1
