"""Larger teams, counted person by person: most are never listed.

What blocks a team is what blocks one of its people, or a skill that none of them has. So a place is
shut when too few people are left, when nobody is left of those of whom one is needed, or when whoever
is left lacks the same skill; that is all there is, as long as a team has room for one of each.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from math import comb
from typing import NamedTuple

from planner.why.fact import Fact, Family
from planner.why.ground import Choice, Ground, is_led
from planner.why.spots import Asking, Spot
from planner.why.walls import Ring, Wall

MOST_AT_ONE = 24
MOST_AT_ALL = 240
"""Teams of free people tried out at one place, and at all: those with least in their way."""

Hindrance = Callable[[Choice], int]
"""No fewer placed needs would have to leave for a placement."""


class Looked(NamedTuple):
    """Placements of teams; of any other one at least `others` needs would have to leave (null: there is none)."""

    choices: tuple[Choice, ...]
    others: int | None


def is_counted(ask: Asking, every: Iterable[Spot]) -> bool:
    """Whether people can be counted: several are asked, enough for each skill and for one who leads."""
    led = any(spot.one_of is not None for spot in every)
    return ask.size > 1 and ask.size >= len(ask.skills) + led


def walls(ground: Ground, ask: Asking, every: Iterable[Spot]) -> Iterator[Wall]:
    """For each place what shuts it."""
    for spot in every:
        alone = {person: ground.alone(ask, spot, person) for person in ask.people}
        rings = [Ring(len(alone) - ask.size + 1, tuple(alone.values()))]
        if spot.one_of is not None:
            leading = tuple(alone[person] for person in ask.people if person in spot.one_of)
            rings.append(Ring(len(leading), leading))
        rings += [_without_skill(ground, alone, skill) for skill in ask.skills]
        yield frozenset(rings)


def _without_skill(ground: Ground, alone: dict[str, Family], skill: str) -> Ring:
    people = []
    for person, family in alone.items():
        lacks = frozenset({frozenset({Fact(kind="skill", staff=person, about=skill)})})
        people.append(family if skill in ground.territory.staff[person].skills else family | lacks)
    return Ring(len(people), tuple(people))


def least_hindered(ground: Ground, ask: Asking, every: Iterable[Spot], hindrance: Hindrance) -> Looked:
    """Teams of free people with least in their way, each alone."""
    found: list[tuple[int, int, Choice]] = []
    others: list[int] = []
    for spot in every:
        free = [person for person in ask.people if not ground.alone(ask, spot, person)]
        inway = {person: hindrance(ground.choice(ask, spot, (person,))) for person in free}
        ranked = sorted(free, key=lambda person: (inway[person], person))
        near = _nearest(ground, ask, spot, ranked)
        others += [inway[person] for person in ranked if person not in near][:1]
        for team in combinations(near, ask.size):
            choice = ground.choice(ask, spot, team)
            if is_led(spot, team) and not choice.family:
                found.append((max(map(inway.__getitem__, team)), sum(map(inway.__getitem__, team)), choice))
    found.sort(key=lambda one: one[:2])
    others += [one[0] for one in found[MOST_AT_ALL : MOST_AT_ALL + 1]]
    return Looked(tuple(one[2] for one in found[:MOST_AT_ALL]), min(others, default=None))


def _nearest(ground: Ground, ask: Asking, spot: Spot, ranked: list[str]) -> list[str]:
    """Those with least in their way, and the first who leads and who has each skill."""
    count = ask.size
    while count < len(ranked) and comb(count + 1, ask.size) <= MOST_AT_ONE:
        count += 1
    wanted = set(ranked[:count])
    staff = ground.territory.staff
    for skill in ask.skills:
        wanted.update([person for person in ranked if skill in staff[person].skills][:1])
    if spot.one_of is not None:
        wanted.update([person for person in ranked if person in spot.one_of][:1])
    return [person for person in ranked if person in wanted]
