"""Whom to remind today: of tomorrow's appointments, on a Friday of Monday's when nothing lies between."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from db.records.assignment import Assignment
from service.catalogue import text
from service.french_text import day_date, weekday

STANDING = ("planned", "to_confirm")
FRIDAY = 4


class ToRemind(NamedTuple):
    """The day that is spoken of, and its appointments with somebody, by hour."""

    on: date
    appointments: tuple[Assignment, ...]
    tomorrow: bool

    @property
    def day(self) -> str:
        """demain, samedi 28 novembre; lundi 30 novembre"""
        return text("demain, {day}", day=day_date(self.on)) if self.tomorrow else day_date(self.on)

    @property
    def spoken(self) -> str:
        return text("demain") if self.tomorrow else weekday(self.on)


def span_to_remind(today: date) -> tuple[date, date]:
    """Tomorrow, and the first working day from there, both included."""
    first = last = today + timedelta(days=1)
    while last.weekday() > FRIDAY:
        last += timedelta(days=1)
    return first, last


def to_remind(mine: Iterable[Assignment], today: date) -> ToRemind:
    """Of the first day of the span on which there is anybody; tomorrow when there is nobody."""
    first, last = span_to_remind(today)
    found = [
        one for one in mine if one.participant and one.status in STANDING and first <= one.held_on <= last
    ]
    on = min((one.held_on for one in found), default=first)
    return ToRemind(on, tuple(one for one in found if one.held_on == on), on == first)
