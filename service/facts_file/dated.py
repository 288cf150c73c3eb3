"""The dated facts of a file, in one planned month."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service.facts_file.errors import FieldError
from service.facts_file.schema import AbsenceEntry, FactsFile
from service.public_holidays import public_holidays
from service.relative_dates import PlannedMonth, RelativeDateError, resolve_date, resolve_dates

AROUND = timedelta(days=120)
"""Holidays are known this far around the planned month: dates may be relative to its neighbours."""
NOON = time(13)


class Interval(NamedTuple):
    """Aware instants; the end is excluded."""

    starts_at: datetime
    ends_at: datetime

    def touches(self, other: "Interval") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class DatedFacts:
    """Answers what an expression of the file means in `month`. Raises FieldError naming entry and field."""

    def __init__(self, facts: FactsFile, first_on: date) -> None:
        holidays = public_holidays(facts.territory.department, first_on - AROUND, first_on + AROUND)
        self.facts = facts
        self.month = PlannedMonth(first_on.replace(day=1), frozenset(holidays))
        self.zone = ZoneInfo(facts.territory.zone)

    @property
    def planned_on(self) -> date:
        return self.day("territory", "planned_on", self.facts.territory.planned_on)

    def code(self, code: str) -> str:
        """The code of a fact that lives in this month only."""
        return f"{code}-{self.month.first_on:%Y-%m}"

    def day(self, entry: str, field: str, text: str) -> date:
        try:
            return resolve_date(text, self.month)
        except RelativeDateError as error:
            raise FieldError(entry, field, str(error)) from error

    def day_or_none(self, entry: str, field: str, text: str | None) -> date | None:
        return None if text is None else self.day(entry, field, text)

    def days(self, entry: str, field: str, texts: str | Collection[str]) -> list[date]:
        try:
            return resolve_dates(texts, self.month)
        except RelativeDateError as error:
            raise FieldError(entry, field, str(error)) from error

    def period(self, entry: str, from_text: str, until_text: str | None) -> tuple[date, date]:
        """Both dates, the second not before the first."""
        from_on = self.day(entry, "from", from_text)
        until_on = self.day(entry, "until", until_text) if until_text is not None else from_on
        if until_on < from_on:
            raise FieldError(entry, "until", f"{until_on} is before {from_on} in this month")
        return from_on, until_on

    def instant(self, on: date, hour: str) -> datetime:
        return datetime.combine(on, time.fromisoformat(hour), tzinfo=self.zone)

    def absence(self, entry: str, absence: AbsenceEntry) -> list[Interval]:
        """One interval for whole days, one a day for half-days."""
        from_on, until_on = self.period(entry, absence.from_on, absence.until_on)
        if absence.half_day is None:
            return [Interval(self._midnight(from_on), self._midnight(until_on + timedelta(days=1)))]
        days = [from_on + timedelta(days=n) for n in range((until_on - from_on).days + 1)]
        return [self._half(on, absence.half_day) for on in days]

    def _half(self, on: date, half_day: str) -> Interval:
        noon = datetime.combine(on, NOON, tzinfo=self.zone)
        if half_day == "am":
            return Interval(self._midnight(on), noon)
        return Interval(noon, self._midnight(on + timedelta(days=1)))

    def _midnight(self, on: date) -> datetime:
        return datetime.combine(on, time(0), tzinfo=self.zone)
