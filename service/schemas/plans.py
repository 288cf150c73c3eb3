"""Plans as the JSON interface speaks of them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from db.records.plan import Plan, PlanItem, UnplacedItem
from db.states import PlanState
from planner.fact_changes import FactChange
from planner.records import HalfDay, Hour
from service.actions.add_item import NewItem
from service.actions.request_plan import RunOptions
from service.schemas.base import Incoming, Outgoing, Page, Version
from service.settings import Settings
from service.translate.cancelled import Canceller
from service.translate.covering import Covered
from service.translate.draft import Lost
from service.translate.quick_move import QuickMove, quick_move

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
LongText = Annotated[str, msgspec.Meta(max_length=400)]


class DatesRequest(Incoming, frozen=True, kw_only=True):
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


class ScenarioRequest(DatesRequest, frozen=True, kw_only=True):
    """A name by which people know it, and the facts that it supposes otherwise, one after the other."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    changes: Annotated[tuple[FactChange, ...], msgspec.Meta(min_length=1, max_length=20)]


class PlanRequest(DatesRequest, frozen=True, kw_only=True):
    """`from_scratch`: what is published may move for nothing, but for the days promised to the team.

    `pins_of`: a version of these dates; what is pinned in it stays where it is, unless facts entered since forbid it.
    """

    from_scratch: bool = False
    pins_of: UUID | None = None


class CopyRequest(Incoming, frozen=True, kw_only=True):
    """Dates of what is published to copy into a draft, both included."""

    first_on: date
    last_on: date


class StopRequest(Incoming, frozen=True, kw_only=True):
    """`keep`: the best plan found so far becomes the draft; else nothing is kept."""

    keep: bool = True


class DraftRequest(Incoming, frozen=True, kw_only=True):
    """`version`: that of the draft as it was read, where `If-Match` does not say it."""

    version: Version | None = None


class MoveRequest(DraftRequest, frozen=True, kw_only=True):
    """An item of a draft by its key and what becomes of it; null leaves as it is.

    `overrule`: even if it breaks rules, knowingly.
    """

    key: LongText
    on: date | None = None
    half_day: HalfDay | None = None
    start: Hour | None = None
    staff: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=20)] | None = None
    site: Code | None = None
    room: Code | None = None
    overrule: bool = False


class PinRequest(DraftRequest, frozen=True, kw_only=True):
    """Whether an item of a draft stays where it is when the rest is moved."""

    key: LongText
    pinned: bool = True


class AddRequest(DraftRequest, frozen=True, kw_only=True):
    """What and where: one of `need`, `cadence`, `promotion` with `sequence`. `start` is a local hour.

    A permanence has a `half_day`, all else a `start`; `site` null is the cadence's or promotion's own, or a call.
    """

    on: date
    staff: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=20)]
    need: Code | None = None
    cadence: Code | None = None
    promotion: Code | None = None
    sequence: Code | None = None
    half_day: HalfDay | None = None
    start: Hour | None = None
    site: Code | None = None
    room: Code | None = None
    overrule: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if sum(one is not None for one in (self.need, self.cadence, self.promotion)) != 1:
            raise ValueError("need: one of need, cadence, promotion")
        if (self.promotion is None) is not (self.sequence is None):
            raise ValueError("sequence: with promotion")

    def item(self) -> NewItem:
        return NewItem(**{name: getattr(self, name) for name in NewItem.__struct_fields__})


class RemoveRequest(DraftRequest, frozen=True, kw_only=True):
    """An item of a draft by its key; the interviews that live in a permanence go with it."""

    key: LongText
    overrule: bool = False


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

    A scenario (`origin`) has a `name` and supposes `changes` of the facts. One that was published for a `move`
    of the day (origin `today`) stands on the version `made_from`, which it replaces.
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
    made_from: UUID | None = None
    move: QuickMove | None = None


class PlanPage(Page, frozen=True, kw_only=True):
    """Versions, the newest first."""

    items: tuple[PlanView, ...]


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


class TakenOffView(Outgoing, frozen=True, kw_only=True):
    """The draft's new version, the keys that left it, and the rules that it breaks by decision."""

    version: int
    keys: tuple[str, ...]
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


def options_of(asked: DatesRequest, settings: Settings) -> RunOptions:
    """How it is solved: as asked, else as the service is set."""
    own = {
        name: getattr(asked, name)
        for name in ("name", "changes", "from_scratch", "pins_of")
        if hasattr(asked, name)
    }
    return RunOptions(
        today_on=asked.today_on,
        time_limit_seconds=asked.time_limit_seconds or settings.solve_seconds,
        workers=settings.solve_workers,
        seed=asked.seed,
        covers=asked.covers,
        **own,
    )


def plan_view(plan: Plan) -> PlanView:
    options = msgspec.convert(plan.options, RunOptions)
    own = {name: getattr(plan, name) for name in PlanView.__struct_fields__ if hasattr(plan, name)}
    return msgspec.convert(
        {**own, "name": options.name, "changes": options.changes, "move": quick_move(plan)},
        PlanView,
        from_attributes=True,
    )
