"""A VTIMEZONE of the file as a zone, for names that mean nothing outside it."""

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

import msgspec

from calendars.reading.budget import Budget, OverBudget
from calendars.reading.recurrence import Series, occurrences
from calendars.reading.rule import rule_of
from calendars.reading.stream import Component
from calendars.reading.values import moment

_OFFSET = re.compile(r"([+-]?)(\d{2})(\d{2})(\d{2})?")
_FIRST_YEAR, _LAST_YEAR = 1970, 2100


class Onset(msgspec.Struct, frozen=True, order=True):
    """From this wall time (by the offset before) the offset is another."""

    wall: datetime
    before: timedelta
    after: timedelta


class DefinedZone(tzinfo):
    """A zone made of onsets. A skipped wall time counts by the offset before it."""

    def __init__(self, name: str, onsets: list[Onset]) -> None:
        self._name = name
        self._onsets = sorted(onsets)
        self._walls = [onset.wall for onset in self._onsets]

    def __reduce__(self) -> tuple[type["DefinedZone"], tuple[str, list[Onset]]]:
        return (DefinedZone, (self._name, self._onsets))

    def utcoffset(self, at: datetime | None, /) -> timedelta:
        if at is None:
            return self._onsets[0].before
        wall = at.replace(tzinfo=None)
        place = bisect_right(self._walls, wall) - 1
        if place < 0:
            return self._onsets[0].before
        onset = self._onsets[place]
        skipped = wall - onset.wall < onset.after - onset.before
        return onset.before if skipped else onset.after

    def dst(self, _at: datetime | None, /) -> None:
        return None

    def tzname(self, _at: datetime | None, /) -> str:
        return self._name

    def fromutc(self, at: datetime, /) -> datetime:
        wall = at.replace(tzinfo=None)
        offset = self._onsets[0].before
        for onset in self._onsets:
            if onset.wall - onset.before > wall:
                break
            offset = onset.after
        return (wall + offset).replace(tzinfo=self)


def defined_zone(component: Component, budget: Budget) -> tzinfo:
    """The zone. Raises ValueError when it has no usable observance."""
    budget.refill()
    onsets: list[Onset] = []
    for observance in component.children:
        if observance.name in ("STANDARD", "DAYLIGHT"):
            onsets += _onsets(observance, budget)
    if not onsets:
        raise ValueError("no observance")
    name = component.first("TZID")
    return DefinedZone(name.value if name else "", _without_repeats(sorted(onsets)))


def _onsets(observance: Component, budget: Budget) -> list[Onset]:
    start, to = observance.first("DTSTART"), observance.first("TZOFFSETTO")
    if start is None or to is None:
        raise ValueError("incomplete observance")
    after = _offset(to.value)
    before_line = observance.first("TZOFFSETFROM")
    before = _offset(before_line.value) if before_line else after
    first = moment(start.value, None).wall
    walls = {first}
    for line in observance.all("RDATE"):
        walls |= {moment(text, None).wall for text in line.value.split(",")}
    for line in observance.all("RRULE"):
        walls |= _yearly(line.value, first, before, budget)
    return [Onset(wall, before, after) for wall in walls]


def _yearly(text: str, first: datetime, before: timedelta, budget: Budget) -> set[datetime]:
    rule = rule_of(text)
    until = rule.until
    until_wall = None if until is None else until.wall + (before if until.zone is UTC else timedelta())
    series = Series(rule=rule, start=first, until=until_wall)
    try:
        return set(occurrences(series, datetime(_FIRST_YEAR, 1, 1), datetime(_LAST_YEAR, 1, 1), budget))  # noqa: DTZ001
    except OverBudget as problem:
        raise ValueError("endless observance") from problem


def _without_repeats(onsets: list[Onset]) -> list[Onset]:
    kept = [onsets[0]]
    kept += [later for earlier, later in pairwise(onsets) if later.wall != earlier.wall]
    return kept


def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        raise ValueError("no offset")
    sign, hours, minutes, seconds = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    if offset >= timedelta(hours=24):
        raise ValueError("no offset")
    return -offset if sign == "-" else offset
