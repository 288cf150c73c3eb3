"""The intervals during which the entries of one UID block, near a window."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

import msgspec

from calendars.intervals import Interval
from calendars.reading.budget import Budget
from calendars.reading.doubt import Doubts
from calendars.reading.entry import Addition, Entry, local_date, wall_in
from calendars.reading.recurrence import Series, never_falls, occurrences
from calendars.reading.rule import Rule
from calendars.reading.values import FIRST_WALL, LAST_WALL, Length, Moment, end_of, instant

_OLD: Final = timedelta(days=30 * 365)


class Replaced(msgspec.Struct):
    """The occurrences that have become something else or nothing: instants, and whole days of the series."""

    instants: set[datetime]
    days: set[date]

    def has(self, at: datetime, day: date) -> bool:
        return at in self.instants or day in self.days


def blocking(entries: list[Entry], window: Interval, doubts: Doubts, budget: Budget) -> Iterator[Interval]:
    """Unclipped intervals of one UID's entries. Raises OverBudget and OutOfTime."""
    if len(entries) == 1 and not entries[0].repeats:
        yield from _alone(entries[0])
        return
    master = max((entry for entry in entries if entry.replaces is None), key=_version, default=None)
    overrides = _newest(entry for entry in entries if entry.replaces is not None)
    if master is None:
        for override in overrides:
            yield from _alone(override)
        return
    zone = master.zone
    excluded = _marked(master.excluded, zone, whole_days=master.start.whole_day)
    replaced = _marked([o.replaces for o in overrides if o.replaces], zone, whole_days=master.start.whole_day)
    for override in overrides:
        if not excluded.has(
            _replaced_at(override, zone), local_date(override.replaces or override.start, zone)
        ):
            yield from _alone(override)
    later = sorted((o for o in overrides if o.and_later), key=lambda override: _replaced_at(override, zone))
    for wall, length in _starts(master, later, window, doubts, budget):
        at = instant(wall, zone)
        if not excluded.has(at, wall.date()) and not replaced.has(at, wall.date()):
            yield from _occurrence(master, later, wall, length, zone)


def _replaced_at(override: Entry, zone: tzinfo) -> datetime:
    return (override.replaces or override.start).at(zone)


def _version(entry: Entry) -> tuple[int, str, int]:
    return (*entry.version, entry.line)


def _newest(overrides: Iterable[Entry]) -> list[Entry]:
    """The newest version for each occurrence replaced."""
    newest: dict[Moment | None, Entry] = {}
    for entry in sorted(overrides, key=_version):
        newest[entry.replaces] = entry
    return list(newest.values())


def _alone(entry: Entry) -> Iterator[Interval]:
    if entry.blocks:
        yield instant(entry.start.wall, entry.zone), end_of(entry.start.wall, entry.zone, entry.length)


def _marked(moments: Iterable[Moment], zone: tzinfo, *, whole_days: bool) -> Replaced:
    marked = Replaced(set(), set())
    for one in moments:
        if whole_days or one.whole_day:
            marked.days.add(local_date(one, zone))
        else:
            marked.instants.add(one.at(zone))
    return marked


def _occurrence(
    master: Entry, later: list[Entry], wall: datetime, length: Length | None, zone: tzinfo
) -> Iterator[Interval]:
    """One occurrence of the series, moved if an earlier change holds for all that follow."""
    at = instant(wall, zone)
    changes = [entry for entry in later if _replaced_at(entry, zone) <= at]
    if changes:
        changed = changes[-1]
        wall += _shift(changed, zone)
        if changed.blocks:
            yield instant(wall, zone), end_of(wall, zone, changed.length)
    elif master.blocks:
        yield at, end_of(wall, zone, length or master.length)


def _shift(change: Entry, zone: tzinfo) -> timedelta:
    """By how much the wall time moves for this occurrence and all later ones."""
    return wall_in(change.start, zone) - wall_in(change.replaces or change.start, zone)


def _starts(
    master: Entry, later: list[Entry], window: Interval, doubts: Doubts, budget: Budget
) -> Iterator[tuple[datetime, Length | None]]:
    """Wall times at which occurrences may touch the window, each once, with a length if it has its own."""
    zone = master.zone
    longest = max([master.length.about, *(change.length.about for change in later)])
    moved = max([timedelta(), *(abs(_shift(change, zone)) for change in later)])
    after = _back(window[0], longest + moved + timedelta(days=2), zone)
    before = _forward(window[1], moved + timedelta(days=2), zone)
    walls: dict[datetime, Length | None] = {}
    if _opens(master, zone):
        walls[master.start.wall] = None
    for rule in master.rules:
        walls.update(dict.fromkeys(_rule_walls(rule, master, (after, before), doubts, budget)))
    for addition in master.additions:
        walls[_addition_wall(addition, master, zone)] = addition.length
    for rule in master.excluded_rules:
        series = _series(rule, master, zone)
        for wall in list(occurrences(series, after, before, budget)):
            walls.pop(wall, None)
    yield from walls.items()


def _opens(master: Entry, zone: tzinfo) -> bool:
    """The first time is an occurrence even where the rule does not fall on it, unless all rules ended before."""
    untils = [_series(rule, master, zone).until for rule in master.rules]
    ended = [until for until in untils if until is not None and until < master.start.wall]
    return not untils or len(ended) < len(untils)


def _rule_walls(
    rule: Rule, master: Entry, window: tuple[datetime, datetime], doubts: Doubts, budget: Budget
) -> list[datetime]:
    series = _series(rule, master, master.zone)
    budget.refill()
    walls = list(occurrences(series, *window, budget))
    within_day = rule.frequency in ("MINUTELY", "SECONDLY")
    if within_day:
        doubts.add("dense", master.line)
    if (within_day or rule.frequency in ("HOURLY", "DAILY")) and window[0] - series.start > _OLD:
        doubts.add("old_rule", master.line)
    picky = rule.by_month_day or rule.by_year_day or rule.by_week_number or rule.by_position
    if not walls and picky and never_falls(series, Budget(seconds=0.05, steps=3000)):
        doubts.add("never", master.line)
    budget.look()
    return walls


def _series(rule: Rule, master: Entry, zone: tzinfo) -> Series:
    return Series(rule=rule, start=master.start.wall, until=_until(rule.until, master.start, zone))


def _until(until: Moment | None, start: Moment, zone: tzinfo) -> datetime | None:
    """UNTIL as a wall time, inclusive: a day means all of it, for whole days an instant means its day."""
    if until is None:
        return None
    if until.whole_day:
        return until.wall + timedelta(days=1, microseconds=-1)
    if start.whole_day and (until.wall.hour, until.wall.minute) == (23, 59):
        return until.wall
    return wall_in(until, zone)


def _addition_wall(addition: Addition, master: Entry, zone: tzinfo) -> datetime:
    """A day added to a timed event has the event's hour."""
    if addition.start.whole_day and not master.start.whole_day:
        return datetime.combine(addition.start.wall.date(), master.start.wall.time())
    wall = wall_in(addition.start, zone)
    return (
        wall.replace(hour=0, minute=0, second=0) if master.start.whole_day and not addition.length else wall
    )


def _back(at: datetime, by: timedelta, zone: tzinfo) -> datetime:
    wall = at.astimezone(zone).replace(tzinfo=None)
    return wall - by if wall - FIRST_WALL > by else FIRST_WALL


def _forward(at: datetime, by: timedelta, zone: tzinfo) -> datetime:
    wall = at.astimezone(zone).replace(tzinfo=None)
    return wall + by if LAST_WALL - wall > by else LAST_WALL
