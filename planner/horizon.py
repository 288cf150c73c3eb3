"""Dates and hours to integer minutes and back, in the territory's zone: the only converter.

A minute is a whole minute since 1970-01-01T00:00Z: durations stay true across both clock changes,
and two instants compare without their zone. Intervals contain their start, not their end.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.problem import Problem
from planner.records import HalfDay

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
MINUTES_A_DAY = 24 * 60
PM_STARTS_AT = 13 * 60
HALF_DAYS: tuple[HalfDay, HalfDay] = ("am", "pm")

Interval = tuple[int, int]
"""Start (included) and end (excluded), in minutes."""


def minutes_of_hour(hour: str) -> int:
    """Minutes since local midnight of "HH:MM"."""
    return int(hour[:2]) * 60 + int(hour[3:])


def monday_of(on: date) -> date:
    """The Monday of the week of a date; weeks run from Monday to Sunday."""
    return on - timedelta(days=on.weekday())


def touches(one: Interval, other: Interval) -> bool:
    """Whether two intervals share at least one minute."""
    return one[0] < other[1] and other[0] < one[1]


def floor_minute(instant: datetime) -> int:
    """The minute that contains an aware instant: the start of an interval."""
    return (instant - EPOCH) // timedelta(minutes=1)


def ceil_minute(instant: datetime) -> int:
    """The first minute not before an aware instant: the excluded end of an interval."""
    return -((EPOCH - instant) // timedelta(minutes=1))


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


class Horizon:
    """The days of a problem in its zone: `first_on` to `last_on`, both included."""

    def __init__(self, first_on: date, last_on: date, today_on: date, zone: str) -> None:
        self.first_on = first_on
        self.last_on = last_on
        self.today_on = today_on
        self.zone = _zone(zone)
        self.days = tuple(first_on + timedelta(days=i) for i in range((last_on - first_on).days + 1))
        self._months = tuple(dict.fromkeys((on.year, on.month) for on in self.days))
        self._midnights: dict[date, tuple[int, bool]] = {}
        self._hours: dict[tuple[date, str, str], Interval] = {}

    @classmethod
    def of(cls, problem: Problem) -> "Horizon":
        """The horizon of a problem; `today_on` is its first day unless it says otherwise."""
        return cls(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)

    def __contains__(self, on: date) -> bool:
        return self.first_on <= on <= self.last_on

    def months(self) -> tuple[tuple[int, int], ...]:
        """The calendar months (year, month) that have a day in the horizon, in order."""
        return self._months

    def minute(self, on: date, minute_of_day: int) -> int:
        """The minute of a local hour, given as minutes since local midnight.

        An hour that the spring change skips is read with the offset before it; one that the
        autumn change repeats is its first occurrence.
        """
        midnight, even = self._midnight(on)
        if even:
            return midnight + minute_of_day
        hour, minute = divmod(minute_of_day, 60)
        return floor_minute(datetime(on.year, on.month, on.day, hour, minute, tzinfo=self.zone))

    def minute_at(self, on: date, hour: str) -> int:
        """The minute of a local "HH:MM" on a date."""
        return self.minute(on, minutes_of_hour(hour))

    def hours_at(self, on: date, from_hour: str, to_hour: str) -> Interval:
        """The interval between two local hours of one date."""
        key = (on, from_hour, to_hour)
        if key not in self._hours:
            self._hours[key] = self.minute_at(on, from_hour), self.minute_at(on, to_hour)
        return self._hours[key]

    def day(self, on: date) -> Interval:
        """The whole local day: 23, 24 or 25 hours."""
        return self._midnight(on)[0], self._midnight(on + timedelta(days=1))[0]

    def interval_of(self, starts_at: datetime, ends_at: datetime) -> Interval:
        """The whole minutes that an interval of instants touches."""
        return floor_minute(starts_at), ceil_minute(ends_at)

    def date_at(self, instant: datetime) -> date:
        """The local date of an instant."""
        return self.date_of(floor_minute(instant))

    def instant(self, minute: int) -> datetime:
        """The aware local instant of a minute."""
        return datetime.fromtimestamp(minute * 60, self.zone)

    def date_of(self, minute: int) -> date:
        """The local date of a minute."""
        on = date.fromordinal(EPOCH_ORDINAL + minute // MINUTES_A_DAY)
        while minute < self._midnight(on)[0]:
            on -= timedelta(days=1)
        while minute >= self._midnight(on + timedelta(days=1))[0]:
            on += timedelta(days=1)
        return on

    def hour_of(self, minute: int) -> str:
        """The local "HH:MM" of a minute."""
        return f"{self.instant(minute):%H:%M}"

    def dates_touched(self, interval: Interval) -> list[date]:
        """The local dates that share at least one minute with an interval."""
        first, last = self.date_of(interval[0]), self.date_of(interval[1] - 1)
        return [first + timedelta(days=i) for i in range((last - first).days + 1)]

    def half_days_touched(
        self, on: date, interval: Interval, openings: Mapping[HalfDay, Interval] | None = None
    ) -> tuple[HalfDay, ...]:
        """The half-days of a date that an interval touches.

        A minute belongs to the half-day of the opening that contains it; where no opening does,
        to `am` before 13:00 local and to `pm` from 13:00.
        """
        day = self.day(on)
        pieces = [(max(interval[0], day[0]), min(interval[1], day[1]))]
        touched: set[HalfDay] = set()
        for half_day, opening in (openings or {}).items():
            if any(touches(piece, opening) for piece in pieces):
                touched.add(half_day)
        for opening in (openings or {}).values():
            pieces = [rest for piece in pieces for rest in _without(piece, opening)]
        afternoon = self.minute(on, PM_STARTS_AT)
        for start, end in pieces:
            if start < end and start < afternoon:
                touched.add("am")
            if start < end and end > afternoon:
                touched.add("pm")
        return tuple(half_day for half_day in HALF_DAYS if half_day in touched)

    def _midnight(self, on: date) -> tuple[int, bool]:
        """The minute of local midnight, and whether the clock stays even that day."""
        known = self._midnights.get(on)
        if known is None:
            here = datetime(on.year, on.month, on.day, tzinfo=self.zone)
            after = on + timedelta(days=1)
            there = datetime(after.year, after.month, after.day, tzinfo=self.zone)
            known = self._midnights[on] = (floor_minute(here), here.utcoffset() == there.utcoffset())
        return known


def _without(piece: Interval, hole: Interval) -> list[Interval]:
    """What remains of an interval once another is cut out of it."""
    if not touches(piece, hole):
        return [piece]
    parts = ((piece[0], hole[0]), (hole[1], piece[1]))
    return [part for part in parts if part[0] < part[1]]
