"""Move or pin something in a draft: checked on the facts of this moment, breaches listed, overruled only knowingly."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from db.queries.plans import plan_by_id
from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from db.transaction import in_transaction
from planner.problem import Problem
from planner.records import HalfDay
from service.actions.edit_draft import Edit, edit_draft
from service.actions.read_version import read_draft
from service.errors import Conflict, NotFound, StepNotAllowed
from service.translate.draft import Lost, check_draft
from service.translate.horizon import Horizon
from service.translate.item_keys import item_key
from service.translate.plan_rows import items_of as planned_items
from service.translate.plan_rows import plan_from


class BreaksRules(Conflict):
    """The move breaks rules that held before; `broken` lists them. A coordinator may overrule."""

    code = "breaks-rules"
    title = "Ce déplacement ne respecte pas toutes les règles"


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an item; null leaves as it is. `start` is a local hour."""

    on: date | None = None
    half_day: HalfDay | None = None
    start: str | None = None
    staff: tuple[str, ...] | None = None
    site: str | None = None
    room: str | None = None


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """The draft after the edit, its item, and what the coordinator overruled by it."""

    plan: Plan
    item: PlanItem
    broken: tuple[Lost, ...] = ()


class _Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with the problem of this moment."""

    plan: Plan
    items: tuple[PlanItem, ...]
    problem: Problem

    def item(self, key: str) -> PlanItem:
        for one in self.items:
            if one.key == key:
                return one
        raise NotFound

    @property
    def horizon(self) -> Horizon:
        facts = self.problem
        return Horizon(facts.first_on, facts.last_on, facts.today_on or facts.first_on, facts.zone)


async def move_item(
    territory: Territory, plan_id: UUID, key: str, move: Move, *, version: int, overrule: bool = False
) -> Edited:
    """Moves one item of a draft and pins it there. Raises `BreaksRules`, `NotFound`, `Conflict`."""

    async def work() -> Edited:
        draft = await _read(territory, plan_id)
        item = draft.item(key)
        moved = moved_item(item, move, draft.horizon)
        broken = _newly_broken(draft, item, moved)
        if broken and not overrule:
            raise BreaksRules(broken=[msgspec.to_builtins(one) for one in broken])
        pinned = msgspec.structs.replace(moved, pinned=True)
        edit = Edit(words=key, put=(pinned,), drop=(key,) if pinned.key != key else ())
        changed = await edit_draft(territory, plan_id, edit, version=version)
        return Edited(plan=changed, item=pinned, broken=broken)

    return await in_transaction(work, territory_id=territory.id)


async def pin_item(territory: Territory, plan_id: UUID, key: str, *, pinned: bool, version: int) -> Edited:
    """Holds an item of a draft where it is, or frees it. Raises `NotFound`, `Conflict`."""

    async def work() -> Edited:
        draft = await _read(territory, plan_id)
        item = msgspec.structs.replace(draft.item(key), pinned=pinned)
        changed = await edit_draft(territory, plan_id, Edit(words=key, put=(item,)), version=version)
        return Edited(plan=changed, item=item)

    return await in_transaction(work, territory_id=territory.id)


async def _read(territory: Territory, plan_id: UUID) -> _Draft:
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state not in EDITABLE_PLANS:
        raise StepNotAllowed(f"état : {plan.state.value}")
    draft = await read_draft(plan, datetime.now(UTC))
    return _Draft(plan=plan, items=draft.items, problem=draft.translated.problem)


def _newly_broken(draft: _Draft, item: PlanItem, moved: PlanItem) -> tuple[Lost, ...]:
    """What the move breaks that held before it; the moved item is judged as if nobody wanted it there."""
    others = tuple(one for one in draft.items if one.key != item.key)
    if any(one.key == moved.key for one in others):
        raise Conflict("Il y a déjà la même chose à cet endroit.")
    judged = msgspec.structs.replace(moved, pinned=False)
    before = set(check_draft(draft.problem, draft.items).lost)
    return tuple(one for one in check_draft(draft.problem, (*others, judged)).lost if one not in before)


def moved_item(item: PlanItem, move: Move, horizon: Horizon) -> PlanItem:
    """The item where the move puts it, its length and its identity kept, its key made anew."""
    on = move.on or item.held_on
    starts_at, ends_at = item.starts_at, item.ends_at
    if starts_at is not None and ends_at is not None:
        length = ends_at - starts_at
        starts_at = horizon.instant(on, move.start or horizon.hour_of(starts_at))
        ends_at = starts_at + length
    moved = msgspec.structs.replace(
        item,
        held_on=on,
        half_day=move.half_day or item.half_day,
        starts_at=starts_at,
        ends_at=ends_at,
        staff_codes=move.staff or item.staff_codes,
        site_code=move.site or item.site_code,
        room_code=move.room or item.room_code,
    )
    (planned,) = planned_items(plan_from([moved]))
    return msgspec.structs.replace(moved, key=item_key(planned, horizon.zone))
