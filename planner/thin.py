"""Where a month is too large to look at every place of every need: a few people and days for each.

A thinned month has good plans, found soon, but its bounds say nothing of the whole month.
"""

from typing import NamedTuple

from planner.groups import Group
from planner.prepare import Facts
from planner.problem import Interview

MOST = 200_000
"""Choices of person and half-day up to which everything is looked at."""
PEOPLE = 4
"""People considered for a need when a month is thinned, each for every need that falls to them."""


class Thin(NamedTuple):
    """Every `stride`-th half-day of a person, the same ones for all needs, so that they are shared."""

    stride: int
    ranks: dict[str, int]

    def people(self, facts: Facts, index: int, group: Group) -> frozenset[str]:
        """The next few people in turn who work in the need's window."""
        people = people_of(facts, group.need)
        halves = range(2 * group.window.first, 2 * group.window.last + 2)
        first = index % max(1, len(people))
        chosen: list[str] = []
        for person in (*people[first:], *people[:first]):
            if any((person, half) in facts.hours for half in halves):
                chosen.append(person)
            if len(chosen) == PEOPLE:
                break
        return frozenset(chosen)

    def keeps(self, person: str, half: int) -> bool:
        return (half + self.ranks[person]) % self.stride == 0


def thinned(facts: Facts, groups: tuple[Group, ...]) -> Thin | None:
    """How to thin, if at all: by the number of choices that the needs have."""
    sizes = [
        (len(people_of(facts, group.need)), (group.window.last - group.window.first + 1) * 2)
        for group in groups
    ]
    if sum(people * halves for people, halves in sizes) <= MOST:
        return None
    fewer = sum(min(PEOPLE, people) * halves for people, halves in sizes)
    return Thin(1 + fewer // MOST, {person: rank for rank, person in enumerate(facts.staff)})


def people_of(facts: Facts, need: Interview) -> list[str]:
    """Who may hold an interview: anyone for a diagnostic or without referent, else as the need says."""
    if need.kind == "diagnostic" or need.other_staff or need.referent is None:
        return list(facts.staff)
    return [need.referent]
