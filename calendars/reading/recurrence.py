"""The wall times a rule gives inside a window, found without walking there from its beginning.

A rule without COUNT is entered near the window; one with COUNT is counted from its start, within a budget.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Final

import msgspec

from calendars.reading.budget import Budget, OverBudget
from calendars.reading.day_sets import DAY, days_of_month, days_of_week, days_of_year, takes_day
from calendars.reading.rule import Rule
from calendars.reading.values import LAST_WALL

MOST_TIMES_A_DAY: Final = 1440


Window = tuple[datetime, datetime]


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with its first wall time and its UNTIL, already a wall time of the same zone (inclusive)."""

    rule: Rule
    start: datetime
    until: datetime | None = None


def occurrences(series: Series, after: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
    """Ascending wall times in [after, before). Raises OverBudget when they are too many to be found."""
    rule = _completed(series.rule, series.start)
    counting = rule.count is not None
    last = before if series.until is None else min(before, series.until + timedelta(microseconds=1))
    found = 0
    begin = series.start if counting else max(after, series.start)
    for wall in _from(rule, series.start, (begin, last), budget):
        budget.spend()
        if wall >= last:
            return
        if wall < series.start:
            continue
        found += 1
        if wall >= after:
            yield wall
        if counting and found == rule.count:
            return


def never_falls(series: Series, budget: Budget) -> bool:
    """Whether nothing is found in the rule's first 400 years; a budget that ends first says the same."""
    rule = _completed(msgspec.structs.replace(series.rule, count=None), series.start)
    end = series.start + min(400 * 366 * DAY, LAST_WALL - min(series.start, LAST_WALL))
    try:
        return not any(
            series.start <= wall for wall in _from(rule, series.start, (series.start, end), budget)
        )
    except OverBudget:
        return True


def _completed(rule: Rule, start: datetime) -> Rule:
    """The rule with what it leaves unsaid taken from its first time."""
    weekday = frozenset({(0, start.weekday())})
    if rule.frequency == "WEEKLY" and not rule.by_day:
        return msgspec.structs.replace(rule, by_day=weekday)
    says_day = rule.by_month_day or rule.by_day or rule.by_year_day
    if rule.frequency in ("YEARLY", "MONTHLY") and not says_day:
        if rule.by_week_number:
            return msgspec.structs.replace(rule, by_day=weekday)
        month = rule.by_month or frozenset({start.month})
        return msgspec.structs.replace(
            rule,
            by_month_day=frozenset({start.day}),
            by_month=month if rule.frequency == "YEARLY" else rule.by_month,
        )
    return rule


def _from(rule: Rule, start: datetime, window: Window, budget: Budget) -> Iterator[datetime]:
    """Wall times of the periods that touch the window; some may lie outside it."""
    if rule.frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        yield from _within_days(rule, start, window, budget)
        return
    times = _times(rule, start)
    for days in _periods(rule, start.date(), (window[0].date(), window[1].date())):
        budget.spend()
        walls: Iterable[datetime] = (datetime.combine(day, at) for day in days for at in times)
        yield from _positions(rule, walls)


def _periods(rule: Rule, start: date, window: tuple[date, date]) -> Iterator[Iterable[date]]:
    first, last = window
    if rule.frequency == "YEARLY":
        for year in _steps(start.year, first.year, last.year, rule.interval):
            yield days_of_year(rule, year)
    elif rule.frequency == "MONTHLY":
        for month in _steps(_month(start), _month(first), _month(last), rule.interval):
            yield days_of_month(rule, month // 12, month % 12 + 1)
    elif rule.frequency == "WEEKLY":
        week = start.toordinal() - (start.weekday() - rule.week_start) % 7
        for ordinal in _steps(week, first.toordinal(), last.toordinal(), 7 * rule.interval):
            yield days_of_week(rule, date.fromordinal(max(ordinal, 1)))
    else:
        for ordinal in _steps(start.toordinal(), first.toordinal(), last.toordinal(), rule.interval):
            day = date.fromordinal(ordinal)
            yield (day,) if takes_day(rule, day) else ()


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _steps(start: int, first: int, last: int, step: int) -> range:
    """start, start + step, … from the last of them not beyond `first` up to `last`."""
    return range(_aligned(start, first, step), last + 1, step)


def _aligned(first: int, wanted: int, step: int) -> int:
    """The last of first, first + step, … that is not beyond `wanted`, at least `first`."""
    return first if wanted <= first else first + (wanted - first) // step * step


def _times(rule: Rule, start: datetime) -> list[time]:
    hours, minutes, seconds = (
        rule.by_hour or {start.hour},
        rule.by_minute or {start.minute},
        rule.by_second or {start.second},
    )
    if len(hours) * len(minutes) * len(seconds) > MOST_TIMES_A_DAY:
        raise OverBudget
    return sorted(time(*parts) for parts in product(hours, minutes, seconds))


def _positions(rule: Rule, walls: Iterable[datetime]) -> Iterable[datetime]:
    if not rule.by_position:
        return walls
    ordered = list(walls)
    chosen = {place - 1 if place > 0 else len(ordered) + place for place in rule.by_position}
    return [ordered[place] for place in sorted(chosen) if 0 <= place < len(ordered)]


def _within_days(rule: Rule, start: datetime, window: Window, budget: Budget) -> Iterator[datetime]:
    """Rules that repeat inside the day: days first, so that a filter on days costs a day, not its seconds."""
    after, before = window
    for ordinal in range(after.toordinal(), before.toordinal() + 1):
        budget.spend()
        day = date.fromordinal(ordinal)
        if takes_day(rule, day):
            begin = after if ordinal == after.toordinal() else datetime.combine(day, time())
            yield from _within_day(rule, start, begin, budget)


def _within_day(rule: Rule, start: datetime, begin: datetime, budget: Budget) -> Iterator[datetime]:
    seconds_each = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}[rule.frequency]
    first = start.replace(minute=0, second=0) if seconds_each == 3600 else start
    first = first.replace(second=0) if seconds_each == 60 else first
    midnight = datetime.combine(begin.date(), time())
    step = seconds_each * rule.interval
    since = (max(begin.replace(minute=0, second=0), midnight) - first) // timedelta(seconds=1)
    at = (first - midnight) // timedelta(seconds=1) + max(0, since // step * step)
    while at < 86400:
        budget.spend()
        if at >= 0:
            yield from _positions(
                rule, _in_period(rule, start, midnight + timedelta(seconds=at), seconds_each)
            )
        at += step


def _in_period(rule: Rule, start: datetime, period: datetime, seconds_each: int) -> Iterator[datetime]:
    """The wall times of one hour, minute or second, its own filters applied."""
    if rule.by_hour and period.hour not in rule.by_hour:
        return
    if seconds_each < 3600 and rule.by_minute and period.minute not in rule.by_minute:
        return
    if seconds_each == 1:
        if not rule.by_second or period.second in rule.by_second:
            yield period
        return
    minutes = sorted(rule.by_minute or {start.minute}) if seconds_each == 3600 else [period.minute]
    for minute, second in product(minutes, sorted(rule.by_second or {start.second})):
        yield period.replace(minute=minute, second=second)
