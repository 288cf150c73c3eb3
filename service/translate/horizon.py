"""The dates that a problem is about, in the territory's zone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

DAY = timedelta(days=1)
AROUND = timedelta(days=31)
"""How far outside the horizon the work of a week or month is looked for."""


class Horizon(msgspec.Struct, frozen=True):
    """`first_on` to `last_on`, both included; `today_on` is the day of planning."""

    first_on: date
    last_on: date
    today_on: date
    zone: str

    def __contains__(self, on: date) -> bool:
        return self.first_on <= on <= self.last_on

    def days(self) -> Iterator[date]:
        on = self.first_on
        while on <= self.last_on:
            yield on
            on += DAY

    def instant(self, on: date, hour: str) -> datetime:
        """The aware instant of a local hour; "24:00" is the next midnight."""
        if hour == "24:00":
            return datetime.combine(on + DAY, time(), ZoneInfo(self.zone))
        return datetime.combine(on, time.fromisoformat(hour), ZoneInfo(self.zone))

    def date_of(self, instant: datetime) -> date:
        """The local date of an aware instant."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def hour_of(self, instant: datetime) -> str:
        """The local hour of an aware instant."""
        return instant.astimezone(ZoneInfo(self.zone)).time().isoformat("minutes")

    def touches(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether an interval (its end excluded) has a moment in the horizon."""
        return ends_at > self.instant(self.first_on, "00:00") and starts_at < self.instant(
            self.last_on, "24:00"
        )


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def week_name(on: date) -> str:
    """The ISO week of a date, as "2026-W45"."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"


def month_of(on: date) -> tuple[date, date]:
    """First and last day of the month of a date."""
    first_on = on.replace(day=1)
    return first_on, (first_on + timedelta(days=31)).replace(day=1) - DAY
