"""Where a month is too large to look at every place of every need: every so many places of each.

A thinned month has good plans, found soon, but its bounds say nothing of the whole month.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planner.groups import Group
from planner.prepare import Facts
from planner.problem import Interview
from planner.variables import Variables

SHARE = 0.5
"""Of the takes that are looked through, what a month keeps that has more."""
FEW_CHOICES = 100_000
"""Pairs of person and half-day below which it need not be counted how many takes there are."""
ANYONE, OFFICE = "", -1
SLOTS = 3
"""Takes of a need that is bound to instants, in one half-day of one person."""


Key = tuple[str, str, int, int]
"""A lane to consider: person, site, half-day, holder."""


class Spots:
    """Every lane that people could have at a site, by site and by site and person, in order of time."""

    def __init__(self, variables: Variables) -> None:
        self._facts = facts = variables.facts
        self.seats: dict[tuple[str, str], list[Key]] = defaultdict(list)
        self.offices: dict[tuple[str, str], list[Key]] = defaultdict(list)
        indices = sorted(
            range(len(variables.occurrences)), key=lambda index: variables.occurrences[index].half
        )
        for index in indices:
            occurrence, team = variables.occurrences[index], variables.team[index]
            for half in occurrence.halves if occurrence.kind == "permanence" else ():
                self._add(self.seats, [(person, occurrence.site, half, index) for person in team])
        for site, half in ((site, half) for site in facts.offices for half in range(facts.halves)):
            variables.program.pulse()
            people = facts.staff if (site, half) in facts.windows else ()
            listed = [one for one in people if one in facts.admitted[site] and (one, half) in facts.hours]
            allowed = [one for one in listed if variables.allows_office((one, site, half))]
            self._add(self.offices, [(person, site, half, OFFICE) for person in allowed])

    def _add(self, table: dict[tuple[str, str], list[Key]], keys: list[Key]) -> None:
        for key in keys:
            table[key[1], ANYONE].append(key)
            table[key[1], key[0]].append(key)

    def runs(self, group: Group) -> Iterator[tuple[bool, list[Key]]]:
        """The lanes of each site of a group, those of permanences (true) and those of office half-days."""
        need, who = group.need, bound_to(group.need) or ANYONE
        first, last = 2 * group.window.first, 2 * group.window.last + 2
        for site in need.sites if need.mode == "on_site" else ():
            yield True, _within(self.seats.get((site, who), []), first, last)
            if not need.only_in_permanence:
                yield False, _within(self.offices.get((site, who), []), first, last)

    def count(self, group: Group) -> int:
        """About how many takes the group has."""
        if group.need.mode != "on_site":
            return _choices(self._facts, group)
        found = sum(len(keys) for _, keys in self.runs(group))
        return found if group.counted else found * SLOTS


def _within(keys: list[Key], first: int, last: int) -> list[Key]:
    return keys[bisect_left(keys, first, key=_half) : bisect_left(keys, last, key=_half)]


def _half(key: Key) -> int:
    return key[2]


class Thin(NamedTuple):
    """Every `strides[group]`-th lane of a group, powers of two, so that needs share office half-days."""

    strides: tuple[int, ...]
    spots: Spots

    def keys(self, index: int, group: Group) -> Iterator[Key]:
        """The lanes at sites to look at; in permanences another share for each group."""
        stride = self.strides[index]
        for seats, keys in self.spots.runs(group):
            yield from keys[index % min(stride, max(1, len(keys))) if seats else 0 :: stride]

    def calls(self, index: int, person: int, half: int) -> bool:
        """Whether to look at calls of the `person`-th of the staff in a half-day."""
        return (half + person) % self.strides[index] == 0


def thinned(variables: Variables, groups: tuple[Group, ...], most: int) -> Thin | None:
    """How to thin, if at all: by the number of places that the groups have, the richest thinned most.

    `most` is the number of takes up to which everything is looked at.
    """
    facts = variables.facts
    if sum(_choices(facts, group) for group in groups) <= min(FEW_CHOICES, most):
        return None
    spots = Spots(variables)
    sizes = [spots.count(group) for group in groups]
    if sum(sizes) <= most:
        return None
    share = max(1, _share(sizes, int(SHARE * most)))
    return Thin(tuple(1 << max(0, (-(-size // share) - 1).bit_length()) for size in sizes), spots)


def _share(sizes: list[int], left: int) -> int:
    """How many takes a group may have so that all together have what is left."""
    for number, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - number)
        if size > share:
            return share
        left -= size
    return left


def _choices(facts: Facts, group: Group) -> int:
    return len(people_of(facts, group.need)) * (group.window.last - group.window.first + 1) * 2


def bound_to(need: Interview) -> str | None:
    """Who alone may hold it, if it is one person: not a diagnostic, nor where others may."""
    return None if need.kind == "diagnostic" or need.other_staff else need.referent


def people_of(facts: Facts, need: Interview) -> list[str]:
    """Who may hold an interview: anyone for a diagnostic or without referent, else as the need says."""
    referent = bound_to(need)
    return list(facts.staff) if referent is None else [referent]
