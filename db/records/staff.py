"""Staff and what says when and where they can work."""

from datetime import date
from typing import Literal
from uuid import UUID

from db.records.base import Fact, HalfDay, Instant, Record


class WeeklyAvailability(Record, frozen=True, kw_only=True):
    weekday: int
    half_day: HalfDay
    from_hour: str
    to_hour: str
    place: Literal["office", "remote", "field"] = "field"
    from_on: date | None = None
    until_on: date | None = None


class Accreditation(Record, frozen=True, kw_only=True):
    site: str
    from_on: date | None = None
    until_on: date | None = None
    unannounced: bool = True
    asked_on: date | None = None
    renewal_lead_days: int = 60
    material: str | None = None


class StaffMember(Fact, frozen=True, kw_only=True):
    name: str
    job: str | None = None
    email: str | None = None
    phone: str | None = None
    base: str | None = None
    etp_percent: int = 100
    max_half_days_day: int = 2
    max_half_days_week: int = 10
    max_half_days_month: int = 50
    protected_half_days: int = 0
    active_from_on: date | None = None
    active_until_on: date | None = None
    position: int = 0
    archived_at: Instant | None = None
    skills: tuple[str, ...] = ()
    availability: tuple[WeeklyAvailability, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()


class Absence(Fact, frozen=True, kw_only=True):
    staff: str
    starts_at: Instant
    ends_at: Instant
    kind: Literal["leave", "training", "unavailable"] = "unavailable"
    declared_by: str | None = None


class BusyMark(Fact, frozen=True, kw_only=True):
    """ "Je suis pris": `busy_on`, or each `weekday` from a date until a date."""

    staff: str
    half_day: HalfDay
    weekday: int | None = None
    busy_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None


class Wish(Fact, frozen=True, kw_only=True):
    staff: str
    half_day: HalfDay
    wish: Literal["prefer", "avoid"]
    weekday: int | None = None
    wished_on: date | None = None


class Speaker(Fact, frozen=True, kw_only=True):
    name: str
    organisation: str | None = None
    function: str | None = None
    email: str | None = None
    phone: str | None = None
    archived_at: Instant | None = None
    accreditations: tuple[Accreditation, ...] = ()


class LedgerEntry(Record, frozen=True, kw_only=True):
    staff: str
    month_on: date
    kind: str
    balance_hundredths: int


class BusyInterval(Record, frozen=True, kw_only=True):
    """Imported busy time: times only."""

    staff: str
    starts_at: Instant
    ends_at: Instant


class Meeting(Fact, frozen=True, kw_only=True):
    """`id` is its calendar UID, `sequence_number` its calendar SEQUENCE."""

    title: str
    starts_at: Instant
    ends_at: Instant
    kind: str = "meeting"
    site: str | None = None
    place: str = ""
    status: Literal["planned", "cancelled"] = "planned"
    attendees: tuple[str, ...] = ()
    sequence_number: int = 0
    last_modified_at: Instant | None = None
    created_at: Instant | None = None


class MeetingLeaver(Record, frozen=True, kw_only=True):
    """Who was taken off a meeting: it is cancelled in their feed."""

    meeting_id: UUID
    staff: str
    left_at: Instant
