"""What the service hands over to be written into a calendar: published facts, never a person's name.

Every record is frozen and hashable: an unchanged record is an unchanged event, and its bytes can be kept.
Each field named `reference` or `label` is None unless territory and subscriber both allow it.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Status = Literal["confirmed", "cancelled"]
CancelledBy = Literal["us", "site", "person", "partner", "replaced"]
InterviewKind = Literal["diagnostic", "suivi", "bilan"]
InterviewMode = Literal["on_site", "telephone", "video"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something happens. The neutral name replaces the short one on lock screens."""

    name: str
    neutral_name: str | None = None
    address: str | None = None
    phone: str | None = None
    phones_outside: bool = False
    office: bool = False

    @property
    def shown_name(self) -> str:
        """The name for a summary: neutral where the site has such a name."""
        return self.neutral_name or self.name


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The last change of time, place, people or status that those concerned have to notice."""

    changed_at: Instant
    former_starts_at: Instant | None = None


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """What every event has. The UID and the sequence never fall back, whatever the version of the plan.

    `last_modified_at` is the instant of the record's own last change, of whatever kind; `sequence` is raised
    by changes of time, place or status only; `url` leads to the page behind sign-in.
    """

    uid: UUID
    sequence: int
    created_at: Instant
    last_modified_at: Instant
    status: Status = "confirmed"
    cancelled_by: CancelledBy | None = None
    change: Change | None = None
    url: str | None = None


class TimedBooking(Booking, frozen=True, kw_only=True):
    """From one instant to another; the end is exclusive."""

    starts_at: Instant
    ends_at: Instant


class TakenPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One taken place of a permanence: its time and, where allowed, the reference of who comes."""

    starts_at: Instant
    reference: str | None = None


class PermanenceBooking(TimedBooking, frozen=True, kw_only=True):
    """A half-day presence of staff (by initials) at a site, with its interviews in the text."""

    place: Place
    staff: tuple[str, ...]
    places_count: int
    taken: tuple[TakenPlace, ...] = ()


class InterviewBooking(TimedBooking, frozen=True, kw_only=True):
    """An interview outside any permanence: at the office, by telephone or by video."""

    kind: InterviewKind
    mode: InterviewMode
    place: Place | None = None
    staff: tuple[str, ...] = ()
    reference: str | None = None


class SessionBooking(TimedBooking, frozen=True, kw_only=True):
    """A collective session; `position` of `positions_count` when it is a sequence of a promotion."""

    title: str
    kind_name: str = "Atelier"
    place: Place | None = None
    position: int | None = None
    positions_count: int | None = None
    room: str | None = None
    staff: tuple[str, ...] = ()
    speaker: str | None = None


class MeetingBooking(TimedBooking, frozen=True, kw_only=True):
    """A meeting at a fixed time, with a place that need not be a site."""

    title: str
    location: str | None = None
    staff: tuple[str, ...] = ()


class OfficeBooking(TimedBooking, frozen=True, kw_only=True):
    """An office half-day opened for follow-ups."""

    place: Place
    staff: tuple[str, ...] = ()


class ProtectedTime(TimedBooking, frozen=True, kw_only=True):
    """Time a staff member keeps free of appointments and wants to see."""

    staff: tuple[str, ...] = ()


class Closure(Booking, frozen=True, kw_only=True):
    """A site closed for whole days, both dates in the territory's zone; the end is exclusive."""

    place: Place
    starts_on: date
    ends_on: date


class HalfDayClosure(TimedBooking, frozen=True, kw_only=True):
    """A site closed for one half-day."""

    place: Place


class FreePlace(TimedBooking, frozen=True, kw_only=True):
    """A place that a partner may book at one of its sites, until its time or a while before it."""

    place: Place
    bookable_until: Instant | None = None


class Orientation(TimedBooking, frozen=True, kw_only=True):
    """A place a partner has booked; the label is the partner's own."""

    place: Place
    label: str | None = None
