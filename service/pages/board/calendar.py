"""The columns of the board: working days of a month, two half-days each, grouped by week."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

import msgspec

from planner.records import HalfDay

HALVES: tuple[HalfDay, HalfDay] = ("am", "pm")
Half = tuple[date, HalfDay]
"""A half-day: its date, and morning or afternoon."""
LETTERS = ("lu", "ma", "me", "je", "ve", "sa", "di")


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day's head. `holiday` is the name of the public holiday, empty on other days."""

    on: date
    first_of_week: bool
    frozen: bool = False
    past: bool = False
    today: bool = False
    holiday: str = ""

    @property
    def letters(self) -> str:
        return LETTERS[self.on.weekday()]


class Week(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    days: tuple[Day, ...]

    @property
    def first_on(self) -> date:
        return self.days[0].on


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What the days of a month must know: today, until when nothing moves, and the holidays' names."""

    today_on: date | None = None
    frozen_until_on: date | None = None
    """The first day that may move again."""
    holidays: dict[date, str] = {}


def working_days(
    first_on: date, last_on: date, *, saturdays: bool = False, needed: Iterable[date] = ()
) -> list[date]:
    """Monday to Friday (Saturday on demand) between two dates, both included, and any day that is needed."""
    last_weekday = 5 if saturdays else 4
    always = frozenset(needed)
    span = (first_on + timedelta(days=offset) for offset in range((last_on - first_on).days + 1))
    return [on for on in span if on.weekday() <= last_weekday or on in always]


def weeks(dates: list[date], marks: Marks) -> tuple[Week, ...]:
    """The days grouped by ISO week."""
    grouped = groupby(dates, key=lambda on: on.isocalendar()[:2])
    return tuple(Week(number=key[1], days=_days(list(group), marks)) for key, group in grouped)


def _days(dates: list[date], marks: Marks) -> tuple[Day, ...]:
    today, free_from = marks.today_on, marks.frozen_until_on
    return tuple(
        Day(
            on=on,
            first_of_week=index == 0,
            frozen=free_from is not None and on < free_from and (today is None or on >= today),
            past=today is not None and on < today,
            today=on == today,
            holiday=marks.holidays.get(on, ""),
        )
        for index, on in enumerate(dates)
    )
