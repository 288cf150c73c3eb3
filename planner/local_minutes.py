"""Days, half-days and minutes of a horizon as integers, and back, for the solver.

A half-day is a number: 2 x days since the first, plus 1 in the afternoon. Minutes count from the
midnight that opens the first day, local time; on a day on which the clock changes they are those of
its noon, so that durations stay true.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

HALVES = ("am", "pm")
DAY_MINUTES = 1440
EARLIEST = datetime(1, 1, 3, tzinfo=UTC)
LATEST = datetime(9999, 12, 29, tzinfo=UTC)
"""Instants between these have a date in every zone; what lies beyond is as far away for any horizon."""


class Span(NamedTuple):
    """From `start` to `end`, its end excluded, in minutes of the horizon."""

    start: int
    end: int

    def touches(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


class LocalMinutes:
    """Dates, hours and instants of a horizon of `days` days from `first_on`."""

    def __init__(self, first_on: date, days: int, zone: str) -> None:
        self.first_on = first_on
        self.days = days
        self.zone = ZoneInfo(zone)

    def day(self, on: date) -> int:
        return (on - self.first_on).days

    def on(self, day: int) -> date:
        return self.first_on + timedelta(days=day)

    def weekday(self, day: int) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.first_on.weekday() + day) % 7 + 1

    def half(self, on: date, half_day: str) -> int:
        return 2 * self.day(on) + HALVES.index(half_day)

    def minute(self, at: datetime) -> int:
        """The minute that contains an instant."""
        local = max(EARLIEST, min(at, LATEST)).astimezone(self.zone)
        return self._minute(self.day(local.date()), local)

    def minute_at(self, day: int, hour: str) -> int:
        """The minute of a local "HH:MM"; one that the clock repeats is its first occurrence."""
        if day not in self._uneven:
            return day * DAY_MINUTES + minutes_of(hour)
        return self._minute(day, datetime.combine(self.on(day), time.fromisoformat(hour), self.zone))

    def hours_of(self, day: int, from_hour: str, to_hour: str) -> Span:
        return Span(self.minute_at(day, from_hour), self.minute_at(day, to_hour))

    def span(self, starts_at: datetime, ends_at: datetime) -> Span:
        """The whole minutes that an interval of instants touches."""
        cut = ends_at.second or ends_at.microsecond
        return Span(self.minute(starts_at), self.minute(ends_at) + bool(cut))

    def instant(self, minute: int) -> datetime:
        day, rest = divmod(minute, DAY_MINUTES)
        on = self.on(day)
        at = datetime.combine(on, time(rest // 60, rest % 60), UTC)
        noon = self._uneven.get(day)
        return at.replace(tzinfo=self.zone) if noon is None else (at - noon).astimezone(self.zone)

    def _minute(self, day: int, local: datetime) -> int:
        since = day * DAY_MINUTES + local.hour * 60 + local.minute
        noon = self._uneven.get(day)
        if noon is None:
            return since
        return since + (noon - (local.utcoffset() or timedelta())) // timedelta(minutes=1)

    @cached_property
    def _uneven(self) -> dict[int, timedelta]:
        """The offset at noon of each day, of those around the horizon, on which the clock changes."""
        found = {}
        for day in range(-7, self.days + 7):
            midnight = datetime.combine(self.on(day), time(), self.zone)
            noon = midnight.replace(hour=12).utcoffset()
            if noon is not None and noon != midnight.utcoffset():
                found[day] = noon
        return found


def minutes_of(hour: str) -> int:
    """Minutes since local midnight of "HH:MM"."""
    return int(hour[:2]) * 60 + int(hour[3:])
