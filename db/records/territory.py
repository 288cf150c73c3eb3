"""Territories, programmes and holidays."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.records.base import Fact, Instant, Record


class Territory(Record, frozen=True, kw_only=True):
    """`settings` are JSON values by name; `facts_revision` and `published_revision` only rise."""

    id: UUID
    version: int
    code: str
    name: str
    zone: str
    departements: tuple[str, ...] = ()
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    facts_revision: int = 0
    published_revision: int = 0
    archived_at: Instant | None = None

    def day_of(self, at: datetime) -> date:
        """The day of a moment, as days are counted there."""
        return at.astimezone(ZoneInfo(self.zone)).date()


class HolidayOverride(Record, frozen=True, kw_only=True):
    held_on: date
    is_holiday: bool = True
    name: str = ""
    said_by: str | None = None


class Stage(Record, frozen=True, kw_only=True):
    """Every `every_weeks` weeks, up to `tolerance_weeks` later, through the week of `until_on`."""

    every_weeks: int
    tolerance_weeks: int = 0
    until_on: date | None = None
    for_weeks: int | None = None


class Programme(Fact, frozen=True, kw_only=True):
    """`rhythm` is what its paths start with; its stages count `for_weeks` from the entry."""

    name: str
    funder: str | None = None
    departements: tuple[str, ...] = ()
    valid_from_on: date | None = None
    valid_until_on: date | None = None
    length_days: int | None = None
    targets: dict[str, int] = msgspec.field(default_factory=dict)
    rhythm: tuple[Stage, ...] = ()
    position: int = 0
    archived_at: Instant | None = None
