"""Busy time: what of a person's own agenda keeps them from being planned. Only times leave this room."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from calendars.intervals import Interval, clipped, merged
from calendars.reader import Agenda, read_agenda
from calendars.reading.budget import SECONDS_TO_EXPAND, SECONDS_TO_READ, Budget, OutOfTime, OverBudget
from calendars.reading.doubt import Doubt, Doubts
from calendars.reading.expansion import blocking
from calendars.reading.stream import NotACalendar

__all__ = ["BusyTime", "NotACalendar", "busy_json", "busy_time", "when"]


class BusyTime(msgspec.Struct, frozen=True, kw_only=True):
    """Busy intervals in UTC, ascending and disjoint, ends exclusive; and what was skipped or is doubtful."""

    busy: tuple[Interval, ...]
    doubts: tuple[Doubt, ...]


class BusyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `escale calendar busy`."""

    busy: list[tuple[str, str]]
    warnings: list[str]


def busy_time(data: bytes, window: Interval, territory: ZoneInfo) -> BusyTime:
    """The busy time inside the window. Raises NotACalendar; anything less is a doubt in the answer."""
    doubts = Doubts()
    intervals: list[Interval] = []
    agenda = read_agenda(data, territory, doubts, Budget(SECONDS_TO_READ))
    try:
        for interval in _unclipped(agenda, window, doubts, Budget(SECONDS_TO_EXPAND)):
            inside = clipped(interval, window)
            if inside is not None:
                intervals.append(inside)
    except OutOfTime:
        doubts.add("out_of_time")
    return BusyTime(busy=tuple(merged(intervals)), doubts=doubts.all())


def busy_json(data: bytes, from_: str, to: str, zone: str) -> str:
    """The JSON text for `--from`, `--to` and `--zone` as typed. Raises NotACalendar, ValueError on the others."""
    territory = _zone(zone)
    window = (when(from_, territory), when(to, territory))
    if window[0] > window[1]:
        raise ValueError("--from is after --to")
    found = busy_time(data, window, territory)
    answer = BusyAnswer(
        busy=[(f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}") for start, end in found.busy],
        warnings=[doubt.sentence() for doubt in found.doubts],
    )
    return msgspec.json.encode(answer).decode()


def when(text: str, zone: ZoneInfo) -> datetime:
    """An ISO date (its first instant in the zone) or instant, in UTC. Raises ValueError."""
    if len(text) <= 10:
        return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise ValueError(f"unknown zone {name!r}") from problem


def _unclipped(agenda: Agenda, window: Interval, doubts: Doubts, budget: Budget) -> Iterator[Interval]:
    yield from agenda.periods
    for number, entries in enumerate(agenda.entries.values()):
        budget.tick(number)
        try:
            yield from list(blocking(entries, window, doubts, budget))
        except OverBudget:
            doubts.add("too_many", entries[0].line)
