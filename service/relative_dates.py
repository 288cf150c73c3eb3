"""Dates written relative to a planned month, so that one facts file works in every month.

    "2nd tuesday"              the second Tuesday of the month
    "third thursday +1"        the day after the third Thursday
    "last friday -1 week"      seven days before the last Friday
    "month-start", "month-end -3", "day 12"
    "previous month 12"        the 12th of the month before ("next month 5" likewise)
    "week 2 wednesday"         week 1 is the Monday-to-Sunday week that holds the first of the month
    "2026-05-14"               a fixed date
    "... or next workday"      moved forward past weekends and public holidays
    "every monday"             each Monday of the month that is no public holiday (only in lists)

A day that the month does not have ("day 31" in June) is its last day.
"""

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {
    "1st": 1,
    "first": 1,
    "2nd": 2,
    "second": 2,
    "3rd": 3,
    "third": 3,
    "4th": 4,
    "fourth": 4,
    "last": -1,
}
_OFFSET = re.compile(r"^(?P<anchor>.*?)\s+(?P<sign>[+-])\s?(?P<count>\d{1,3})(?P<unit>\s+(?:days?|weeks?))?$")
_NEXT_WORKDAY = " or next workday"


class RelativeDateError(ValueError):
    """A date expression that says nothing in any month."""


@dataclass(frozen=True)
class PlannedMonth:
    """The month that dates are relative to, with the public holidays around it."""

    first_on: date
    holidays: frozenset[date] = frozenset()

    @property
    def last_on(self) -> date:
        return self.first_on.replace(day=monthrange(self.first_on.year, self.first_on.month)[1])

    @property
    def first_monday_on(self) -> date:
        """Monday of the week that holds the first of the month; it may lie in the month before."""
        return self.first_on - timedelta(days=self.first_on.weekday())

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays


def months_later(first_on: date, count: int) -> date:
    """The first of the month `count` months after (before, when negative) the month of `first_on`."""
    index = first_on.year * 12 + first_on.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def resolve_date(text: str, month: PlannedMonth) -> date:
    """The one date that `text` names in `month`; raises RelativeDateError when it names none."""
    words = " ".join(text.lower().split())
    if words.endswith(_NEXT_WORKDAY):
        return _next_workday(resolve_date(words.removesuffix(_NEXT_WORKDAY), month), month)
    offset = _OFFSET.match(words)
    if offset is None:
        return _anchor(words, month)
    days = int(offset["count"]) * (7 if "week" in (offset["unit"] or "") else 1)
    return resolve_date(offset["anchor"], month) + timedelta(days=days if offset["sign"] == "+" else -days)


def resolve_dates(texts: str | Collection[str], month: PlannedMonth) -> list[date]:
    """All dates that the expressions name in `month`, sorted, each once; "every monday" is allowed."""
    found: set[date] = set()
    for text in [texts] if isinstance(texts, str) else texts:
        words = text.lower().split()
        if len(words) == 2 and words[0] == "every" and words[1] in WEEKDAYS:
            found.update(_every(WEEKDAYS.index(words[1]), month))
        else:
            found.add(resolve_date(text, month))
    return sorted(found)


def _next_workday(day: date, month: PlannedMonth) -> date:
    while not month.is_workday(day):
        day += timedelta(days=1)
    return day


def _every(weekday: int, month: PlannedMonth) -> list[date]:
    days = [month.first_on + timedelta(days=n) for n in range((month.last_on - month.first_on).days + 1)]
    return [day for day in days if day.weekday() == weekday and day not in month.holidays]


def _anchor(words: str, month: PlannedMonth) -> date:
    if words == "month-start":
        return month.first_on
    if words == "month-end":
        return month.last_on
    match words.split():
        case ["day", number]:
            return _day_of(month.first_on, number, words)
        case ["previous", "month", number]:
            return _day_of(months_later(month.first_on, -1), number, words)
        case ["next", "month", number]:
            return _day_of(months_later(month.first_on, 1), number, words)
        case ["week", number, weekday] if number.isdigit() and 1 <= int(number) <= 6 and weekday in WEEKDAYS:
            return month.first_monday_on + timedelta(days=7 * (int(number) - 1) + WEEKDAYS.index(weekday))
        case [ordinal, weekday] if ordinal in ORDINALS and weekday in WEEKDAYS:
            return _nth(ORDINALS[ordinal], WEEKDAYS.index(weekday), month)
    return _fixed(words)


def _day_of(first_on: date, number: str, words: str) -> date:
    if not number.isdigit() or not 1 <= int(number) <= 31:
        raise RelativeDateError(f"no day of a month in {words!r}")
    return first_on.replace(day=min(int(number), monthrange(first_on.year, first_on.month)[1]))


def _nth(ordinal: int, weekday: int, month: PlannedMonth) -> date:
    if ordinal == -1:
        return month.last_on - timedelta(days=(month.last_on.weekday() - weekday) % 7)
    first = month.first_on + timedelta(days=(weekday - month.first_on.weekday()) % 7)
    return first + timedelta(days=7 * (ordinal - 1))


def _fixed(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise RelativeDateError(
            f"{words!r} is no date: write for example '2nd tuesday', 'month-end -3', "
            "'previous month 12', 'week 2 wednesday' or '2026-05-14'"
        ) from None
