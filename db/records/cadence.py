"""Cadences and promotions: standing and collective needs."""

from datetime import date
from typing import Literal

from db.records.base import Fact, HalfDay, Instant, Record


class CadenceException(Record, frozen=True, kw_only=True):
    """One occurrence moved to `to_on`, or dropped when it is null."""

    from_on: date
    to_on: date | None = None
    said_by: str | None = None


class HistoryDate(Record, frozen=True, kw_only=True):
    held_on: date
    half_day: HalfDay


class Cadence(Fact, frozen=True, kw_only=True):
    name: str
    site: str
    programme: str | None = None
    kind: Literal["permanence", "session"] = "permanence"
    sort: str | None = None
    asked: int = 0
    up_to: int = 0
    weekdays: tuple[int, ...] = ()
    length: Literal["half", "am", "pm", "day"] = "half"
    min_days: int = 1
    staff_count: int = 1
    skills: tuple[str, ...] = ()
    partner_places: int = 0
    follows: str | None = None
    seats: int = 0
    needs_room: bool = False
    compulsory: bool = False
    duration_minutes: int = 120
    offset_minutes: int = 0
    from_on: date | None = None
    until_on: date | None = None
    position: int = 0
    archived_at: Instant | None = None
    usual_staff: tuple[str, ...] = ()
    exceptions: tuple[CadenceException, ...] = ()
    history: tuple[HistoryDate, ...] = ()


class Sequence(Record, frozen=True, kw_only=True):
    code: str
    title: str
    from_on: date
    until_on: date
    length: Literal["half", "day"] = "half"
    duration_minutes: int = 120
    offset_minutes: int = 0
    staff_count: int = 1
    skills: tuple[str, ...] = ()
    needs_room: bool = True
    speaker: str | None = None
    speaker_name: str | None = None
    speaker_dates: tuple[date, ...] | None = None
    min_days: int = 1
    max_days: int = 31
    compulsory: bool = True
    intervention: bool = False
    done_on: date | None = None


class Promotion(Fact, frozen=True, kw_only=True):
    name: str
    site: str
    seats: int
    programme: str | None = None
    weekday: int | None = None
    half_day: HalfDay | None = None
    open_to_partners: bool = False
    state: str = "planned"
    archived_at: Instant | None = None
    sequences: tuple[Sequence, ...] = ()
    participants: tuple[str, ...] = ()
    animators_before: tuple[str, ...] = ()
