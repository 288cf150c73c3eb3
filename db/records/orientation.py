"""People whom partners orient, what partners ask for, and the waiting lists of promotions."""

from datetime import date
from typing import Literal
from uuid import UUID

from db.records.base import HalfDay, Instant, Record

OrientationState = Literal["planned", "waiting", "cancelled"]


class Orientation(Record, frozen=True, kw_only=True):
    """A place for a person whom a partner knows by `label`; `partner` and `promotion` are codes.

    `host_id` is the permanence or office half-day, null for a seat in a promotion; `need` is a code of
    the territory's list, `officer` the initials of who signs. `interview_id` is its published interview.
    """

    id: UUID
    code: str
    partner: str
    label: str
    need: str
    state: OrientationState
    created_at: Instant
    officer: str | None = None
    officer_phone: str | None = None
    asks_leave: bool = False
    leave_by_on: date | None = None
    host_id: UUID | None = None
    interview_id: UUID | None = None
    promotion: str | None = None
    slot: int | None = None
    place: int | None = None
    participant_id: UUID | None = None
    made_by: UUID | None = None
    confirmed_at: Instant | None = None
    cancelled_at: Instant | None = None
    cancelled_by: str | None = None
    cancel_reason: str | None = None
    label_erased_at: Instant | None = None


class PlaceHost(Record, frozen=True, kw_only=True):
    """A published permanence or office half-day in which places lie; `staff` by code."""

    id: UUID
    kind: Literal["permanence", "office"]
    site: str
    held_on: date
    half_day: HalfDay | None
    starts_at: Instant
    ends_at: Instant
    staff: tuple[str, ...]
    revision: int
    status: str
    programme: str | None = None


class StaffClaim(Record, frozen=True, kw_only=True):
    """An interview that a staff member has, by its hours alone."""

    staff: str
    starts_at: Instant
    ends_at: Instant


class Waiting(Record, frozen=True, kw_only=True):
    """A turn on the waiting list of a promotion; `position` only rises."""

    id: UUID
    promotion: str
    orientation_id: UUID
    position: int


class Demand(Record, frozen=True, kw_only=True):
    """What a partner asked for at a site in the week of a Monday, and what it got."""

    partner: str
    site: str
    week_on: date
    asked_count: int
    got_count: int
