"""Plans as the JSON interface speaks of them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from db.records.plan import Plan, PlanItem, UnplacedItem
from db.states import PlanState
from planner.fact_changes import FactChange
from planner.records import HalfDay, Hour
from service.actions.request_plan import RunOptions
from service.schemas.base import Incoming, Outgoing, Version
from service.translate.cancelled import Canceller
from service.translate.covering import Covered
from service.translate.draft import Lost

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
LongText = Annotated[str, msgspec.Meta(max_length=400)]


class PlanRequest(Incoming, frozen=True, kw_only=True):
    """A horizon to plan, both dates included, of at most 100 days; null limits: those of the service.

    `covers`: what the version promises, all of it when empty. Permanences and sessions may be planned months
    ahead without interviews.
    """

    first_on: date
    last_on: date
    today_on: date | None = None
    time_limit_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] | None = None
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 1
    covers: Annotated[tuple[Covered, ...], msgspec.Meta(max_length=3)] = ()


class ScenarioRequest(PlanRequest, frozen=True, kw_only=True):
    """A name by which people know it, and the facts that it supposes otherwise, one after the other."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    changes: Annotated[tuple[FactChange, ...], msgspec.Meta(min_length=1, max_length=20)]


class CopyRequest(Incoming, frozen=True, kw_only=True):
    """Dates of what is published to copy into a draft, both included."""

    first_on: date
    last_on: date


class StopRequest(Incoming, frozen=True, kw_only=True):
    """`keep`: the best plan found so far becomes the draft; else nothing is kept."""

    keep: bool = True


class MoveRequest(Incoming, frozen=True, kw_only=True):
    """An item of a draft by its key and what becomes of it; null leaves as it is.

    `version` is that of the plan as it was read. `overrule`: even if it breaks rules, knowingly.
    """

    key: LongText
    version: Version
    on: date | None = None
    half_day: HalfDay | None = None
    start: Hour | None = None
    staff: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=20)] | None = None
    site: Code | None = None
    room: Code | None = None
    overrule: bool = False


class UndoRequest(Incoming, frozen=True, kw_only=True):
    """`version` is that of the draft as it was read."""

    version: Version


class PinRequest(Incoming, frozen=True, kw_only=True):
    """Whether an item of a draft stays where it is when the rest is moved."""

    key: LongText
    version: Version
    pinned: bool = True


class CancelRequest(Incoming, frozen=True, kw_only=True):
    """A reason from the territory's list, and by whom the thing is called off."""

    reason: Code = "other"
    by: Canceller = "us"


class LevelView(Outgoing, frozen=True, kw_only=True):
    name: str
    value: int
    bound: int = 0
    status: str = "not_reached"


class PlanView(Outgoing, frozen=True, kw_only=True):
    """A version of a plan. `version` rises with each edit of a draft; `number` counts in the territory.

    A scenario (`origin`) has a `name` and supposes `changes` of the facts.
    """

    id: UUID
    number: int
    version: int
    state: PlanState
    origin: str
    first_on: date
    last_on: date
    created_at: datetime
    covers: tuple[str, ...] = ()
    levels: tuple[LevelView, ...] = ()
    overruled: tuple[dict[str, Any], ...] = ()
    error: str | None = None
    solved_at: datetime | None = None
    published_at: datetime | None = None
    name: str = ""
    changes: tuple[FactChange, ...] = ()


class PlanPage(Outgoing, frozen=True, kw_only=True):
    """Versions, the newest first; `next_offset` null: there are no more."""

    plans: tuple[PlanView, ...]
    next_offset: int | None = None


class PlanContent(Outgoing, frozen=True, kw_only=True):
    """What a version places and what it leaves out, with the reasons."""

    version: int
    items: tuple[PlanItem, ...]
    unplaced: tuple[UnplacedItem, ...]


class EditView(Outgoing, frozen=True, kw_only=True):
    """The draft's new version, the item as it is now, and the rules that it breaks by decision."""

    version: int
    item: PlanItem
    broken: tuple[Lost, ...] = ()


class PublicationView(Outgoing, frozen=True, kw_only=True):
    """What a publication wrote: assignments by what happened to them, and the versions it replaced."""

    plan: PlanView
    created: tuple[UUID, ...]
    changed: tuple[UUID, ...]
    cancelled: tuple[UUID, ...]
    unchanged_count: int
    superseded: tuple[UUID, ...]


class ChangeView(Outgoing, frozen=True, kw_only=True):
    """One thing that a publication would write: `before` null is new, `after` null is called off."""

    assignment_id: UUID | None
    kind: str
    key: str
    changed: tuple[str, ...]
    before: "ThingView | None" = None
    after: "ThingView | None" = None


class ThingView(Outgoing, frozen=True, kw_only=True):
    starts_at: datetime
    ends_at: datetime
    site: str | None
    room: str | None
    staff: tuple[str, ...]
    participant: str | None


class DiffView(Outgoing, frozen=True, kw_only=True):
    """A draft beside what is published: every difference, and what forbids publishing it now."""

    version: int
    changes: tuple[ChangeView, ...]
    lost: tuple[Lost, ...]


def plan_view(plan: Plan) -> PlanView:
    options = msgspec.convert(plan.options, RunOptions)
    own = {name: getattr(plan, name) for name in PlanView.__struct_fields__ if hasattr(plan, name)}
    return msgspec.convert(
        {**own, "name": options.name, "changes": options.changes}, PlanView, from_attributes=True
    )
