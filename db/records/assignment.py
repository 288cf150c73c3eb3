"""Published assignments: what they are, who holds them, how they changed."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from db.records.base import HalfDay, Instant, Record

Kind = Literal["permanence", "session", "office", "interview"]
Status = Literal["to_confirm", "planned", "held", "missed", "excused", "cancelled"]
"""`missed` and `excused` are interviews to which the person did not come: the hour was kept all the same."""


class Content(Record, frozen=True, kw_only=True):
    """What an assignment is at one moment; other rows by their codes, its host by id.

    `key` tells it apart among those of its territory that are not cancelled. `half_day` null: the
    whole day (sessions). `host_id`: the permanence or office half-day that an interview lies in.
    """

    kind: Kind
    key: str
    held_on: date
    starts_at: Instant
    ends_at: Instant
    staff: tuple[str, ...]
    status: Status = "planned"
    half_day: HalfDay | None = None
    site: str | None = None
    room: str | None = None
    cadence: str | None = None
    number: int | None = None
    promotion: str | None = None
    sequence: str | None = None
    need: str | None = None
    participant: str | None = None
    programme: str | None = None
    host_id: UUID | None = None
    interview_kind: str | None = None
    mode: str | None = None
    slots: int = 1
    places: int = 0
    fixed_with_person: bool = False
    cancelled_by: str | None = None
    cancel_reason: str | None = None


class FormerStaff(Record, frozen=True, kw_only=True):
    """Who was replaced: in their feed the event is cancelled, with this SEQUENCE."""

    staff: str
    left_at: Instant
    sequence_number: int


class Assignment(Content, frozen=True, kw_only=True):
    """An assignment as it stands; `id` is its calendar UID for ever."""

    id: UUID
    revision: int
    sequence_number: int
    created_at: Instant
    last_modified_at: Instant
    plan_id: UUID | None = None
    changed_at: Instant | None = None
    former_starts_at: Instant | None = None
    former_staff: tuple[FormerStaff, ...] = ()


class Write(Record, frozen=True, kw_only=True):
    """One assignment to write: a new one under `id`, or what the one with that id becomes.

    `what` names the change in its history; `overruled` are the breaches that a coordinator wants.
    """

    id: UUID
    content: Content
    what: str = "published"
    overruled: tuple[dict[str, Any], ...] = ()


class Written(Record, frozen=True, kw_only=True):
    """What a writing did: ids by what happened to them."""

    created: tuple[UUID, ...] = ()
    changed: tuple[UUID, ...] = ()
    unchanged: tuple[UUID, ...] = ()


class AssignmentEvent(Record, frozen=True, kw_only=True):
    """One change of one assignment; `before` null: it was made then."""

    id: UUID
    assignment_id: UUID
    at: Instant
    what: str
    revision: int
    actor_id: UUID | None = None
    actor_label: str | None = None
    plan_id: UUID | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    overruled: tuple[dict[str, Any], ...] = ()
