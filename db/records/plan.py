"""Plans as the service sees them: a version, its items, what it leaves out."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from db.records.base import HalfDay, Instant, Record
from db.states import PlanState


class NewPlan(Record, frozen=True, kw_only=True):
    """A plan to make: `origin` says how (`solve`, `replan`, `copy`, `hand`, `today`)."""

    first_on: date
    last_on: date
    origin: str
    covers: tuple[str, ...] = ()
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    title: str | None = None
    facts_revision: int = 0
    base_revision: int = 0
    made_from: UUID | None = None
    requested_by: UUID | None = None


class Plan(Record, frozen=True, kw_only=True):
    """`levels`, `overruled` and `figures` are JSON as the planner gave them."""

    id: UUID
    version: int
    territory_id: UUID
    number: int
    state: PlanState
    origin: str
    first_on: date
    last_on: date
    created_at: Instant
    title: str | None = None
    covers: tuple[str, ...] = ()
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    facts_revision: int = 0
    base_revision: int = 0
    made_from: UUID | None = None
    requested_by: UUID | None = None
    problem_sha256: str | None = None
    levels: tuple[dict[str, Any], ...] = ()
    overruled: tuple[dict[str, Any], ...] = ()
    figures: dict[str, Any] = msgspec.field(default_factory=dict)
    error: str | None = None
    solved_at: Instant | None = None
    published_at: Instant | None = None
    published_by: UUID | None = None
    ended_at: Instant | None = None


class PlanItem(Record, frozen=True, kw_only=True):
    """One thing a plan places, told by codes; `key` tells it apart within its plan."""

    kind: str
    key: str
    held_on: date
    staff_codes: tuple[str, ...] = ()
    assignment_id: UUID | None = None
    half_day: HalfDay | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    site_code: str | None = None
    room_code: str | None = None
    cadence_code: str | None = None
    promotion_code: str | None = None
    sequence_code: str | None = None
    need_code: str | None = None
    number: int | None = None
    pinned: bool = False


class UnplacedItem(Record, frozen=True, kw_only=True):
    """What a plan leaves out; `reason_facts` are those that the reason's sentence speaks of."""

    reason_code: str
    need_code: str | None = None
    cadence_code: str | None = None
    promotion_code: str | None = None
    sequence_code: str | None = None
    left_count: int = 1
    reason_facts: tuple[dict[str, Any], ...] = ()


class PlanResult(Record, frozen=True, kw_only=True):
    """What a solve gave, to be stored in one go."""

    items: tuple[PlanItem, ...] = ()
    unplaced: tuple[UnplacedItem, ...] = ()
    levels: tuple[dict[str, Any], ...] = ()
    overruled: tuple[dict[str, Any], ...] = ()
    figures: dict[str, Any] = msgspec.field(default_factory=dict)
    problem_sha256: str | None = None
