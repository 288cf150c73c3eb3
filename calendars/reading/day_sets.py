"""Which days of a year, a month or a week a rule takes. Filters given together must all hold."""

from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from calendars.reading.rule import Rule

DAY = timedelta(days=1)


def days_of_year(rule: Rule, year: int) -> Iterator[date]:
    for month in sorted(rule.by_month) or range(1, 13):
        yield from _passing(rule, _month(rule, year, month))


def days_of_month(rule: Rule, year: int, month: int) -> Iterator[date]:
    if not rule.by_month or month in rule.by_month:
        yield from _passing(rule, _month(rule, year, month))


def days_of_week(rule: Rule, first: date) -> Iterator[date]:
    """The week that begins at `first`; days after the last date there is do not exist."""
    for offset in range(7):
        if first.toordinal() + offset > date.max.toordinal():
            return
        yield from _passing(rule, (first + offset * DAY,))


def takes_day(rule: Rule, day: date) -> bool:
    """Whether every day filter of the rule lets this day through."""
    return (
        (not rule.by_month or day.month in rule.by_month)
        and (not rule.by_month_day or _is_month_day(rule, day))
        and (not rule.by_day or _is_weekday(rule, day))
        and (not rule.by_year_day or _is_year_day(rule, day))
        and (not rule.by_week_number or _is_in_week(rule, day))
    )


def _passing(rule: Rule, days: Iterable[date]) -> Iterator[date]:
    return (day for day in days if takes_day(rule, day))


def _month(rule: Rule, year: int, month: int) -> Iterable[date]:
    """The days worth asking about: where days of the month are named, only those."""
    length = monthrange(year, month)[1]
    if not rule.by_month_day:
        return [date(year, month, day) for day in range(1, length + 1)]
    named = {day if day > 0 else length + 1 + day for day in rule.by_month_day}
    return [date(year, month, day) for day in sorted(named) if 1 <= day <= length]


def _is_month_day(rule: Rule, day: date) -> bool:
    return (
        day.day in rule.by_month_day or day.day - monthrange(day.year, day.month)[1] - 1 in rule.by_month_day
    )


def _is_weekday(rule: Rule, day: date) -> bool:
    weekday = day.weekday()
    if (0, weekday) in rule.by_day:
        return True
    if rule.frequency == "MONTHLY" or (rule.frequency == "YEARLY" and rule.by_month):
        place, length = day.day, monthrange(day.year, day.month)[1]
    elif rule.frequency == "YEARLY":
        place, length = day.timetuple().tm_yday, 365 + isleap(day.year)
    else:
        return any(weekday == named for _, named in rule.by_day)
    rank, rank_from_end = (place - 1) // 7 + 1, -((length - place) // 7 + 1)
    return (rank, weekday) in rule.by_day or (rank_from_end, weekday) in rule.by_day


def _is_year_day(rule: Rule, day: date) -> bool:
    place = day.timetuple().tm_yday
    return place in rule.by_year_day or place - 366 - isleap(day.year) in rule.by_year_day


def _is_in_week(rule: Rule, day: date) -> bool:
    number, weeks = week_number(day, rule.week_start)
    return number in rule.by_week_number or number - weeks - 1 in rule.by_week_number


def week_number(day: date, week_start: int) -> tuple[int, int]:
    """The number of the week and how many its year has; a week belongs to the year of most of its days."""
    middle = day - DAY * ((day.weekday() - week_start) % 7) + 3 * DAY
    weeks = 53 if _has_week_53(middle.year, week_start) else 52
    return (middle.timetuple().tm_yday - 1) // 7 + 1, weeks


def _has_week_53(year: int, week_start: int) -> bool:
    """When the fourth day of the week, on which weeks are counted, comes 53 times in the year."""
    fourth_day = (week_start + 3) % 7
    first = date(year, 1, 1).weekday()
    return first == fourth_day or (isleap(year) and (first + 1) % 7 == fourth_day)
