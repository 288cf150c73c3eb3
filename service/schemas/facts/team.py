"""Staff with their pattern, skills and authorisations; absences, busy marks, wishes; speakers; meetings."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from service.schemas.base import (
    Archivable,
    Code,
    Days,
    Few,
    HalfDay,
    Hour,
    Incoming,
    Instant,
    Line,
    Mail,
    Name,
    Phone,
    Weekday,
)
from service.schemas.facts.dates import in_order, instants_in_order, once

Percent = Annotated[int, msgspec.Meta(ge=1, le=100)]
HalfDays = Annotated[int, msgspec.Meta(ge=0, le=62)]


class AvailabilityBody(Incoming, frozen=True, kw_only=True):
    """A half-day at work and where: at the office, remote, or in the field; both dates included."""

    weekday: Weekday
    half_day: HalfDay
    from_hour: Hour
    to_hour: Hour
    place: Literal["office", "remote", "field"] = "field"
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_hour=self.from_hour, to_hour=self.to_hour, apart=True)
        in_order(from_on=self.from_on, until_on=self.until_on)


class AccreditationBody(Incoming, frozen=True, kw_only=True):
    """An authorisation of access; `unannounced`: without being on a list beforehand."""

    site: Code
    from_on: date | None = None
    until_on: date | None = None
    unannounced: bool = True
    asked_on: date | None = None
    renewal_lead_days: Days = 60
    material: Line | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_on=self.from_on, until_on=self.until_on)


class StaffBody(Archivable, frozen=True, kw_only=True):
    name: Name
    job: Line | None = None
    email: Mail | None = None
    phone: Phone | None = None
    base: Code | None = None
    etp_percent: Percent = 100
    max_half_days_day: Annotated[int, msgspec.Meta(ge=0, le=2)] = 2
    max_half_days_week: Annotated[int, msgspec.Meta(ge=0, le=14)] = 10
    max_half_days_month: HalfDays = 50
    protected_half_days: Annotated[int, msgspec.Meta(ge=0, le=14)] = 0
    active_from_on: date | None = None
    active_until_on: date | None = None
    position: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    skills: Annotated[tuple[Name, ...], Few] = ()
    availability: Annotated[tuple[AvailabilityBody, ...], Few] = ()
    accreditations: Annotated[tuple[AccreditationBody, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("skills", self.skills)
        in_order(active_from_on=self.active_from_on, active_until_on=self.active_until_on)


class AbsenceBody(Incoming, frozen=True, kw_only=True):
    """Congé, formation, indisponible: never a health reason. The end is not included."""

    staff: Code
    starts_at: Instant
    ends_at: Instant
    kind: Literal["leave", "training", "unavailable"] = "unavailable"

    def __post_init__(self) -> None:
        super().__post_init__()
        instants_in_order(self.starts_at, self.ends_at)


class NewAbsenceBody(Incoming, frozen=True, kw_only=True):
    """The same absence of several people."""

    staff: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=100)]
    starts_at: Instant
    ends_at: Instant
    kind: Literal["leave", "training", "unavailable"] = "unavailable"

    def __post_init__(self) -> None:
        super().__post_init__()
        instants_in_order(self.starts_at, self.ends_at)


class BusyMarkBody(Incoming, frozen=True, kw_only=True):
    """ "Je suis pris": on one date, or each weekday from a date until a date."""

    staff: Code
    half_day: HalfDay
    weekday: Weekday | None = None
    busy_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.weekday is None) == (self.busy_on is None):
            raise ValueError("weekday: either a weekday or busy_on")
        in_order(from_on=self.from_on, until_on=self.until_on)


class WishBody(Incoming, frozen=True, kw_only=True):
    """Prefers, or would rather not: on one date or each weekday."""

    staff: Code
    half_day: HalfDay
    wish: Literal["prefer", "avoid"]
    weekday: Weekday | None = None
    wished_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.weekday is None) == (self.wished_on is None):
            raise ValueError("weekday: either a weekday or wished_on")


class SpeakerBody(Archivable, frozen=True, kw_only=True):
    name: Name
    organisation: Line | None = None
    function: Line | None = None
    email: Mail | None = None
    phone: Phone | None = None
    accreditations: Annotated[tuple[AccreditationBody, ...], Few] = ()


class MeetingBody(Incoming, frozen=True, kw_only=True):
    """Fixed time and named staff: never moved by a plan."""

    title: Name
    starts_at: Instant
    ends_at: Instant
    kind: Name = "meeting"
    site: Code | None = None
    place: Line = ""
    status: Literal["planned", "cancelled"] = "planned"
    attendees: Annotated[tuple[Code, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("attendees", self.attendees)
        instants_in_order(self.starts_at, self.ends_at)
