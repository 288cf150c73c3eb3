"""Move or pin something in a draft: checked on the facts of this moment, breaches listed, overruled only knowingly."""

from datetime import date
from uuid import UUID

import msgspec

from db.records.plan import PlanItem
from db.records.territory import Territory
from db.transaction import in_transaction
from planner.records import HalfDay
from service.actions.edit_draft import Edit, edit_draft
from service.actions.free_pinned import free_pinned
from service.actions.open_draft import Edited, open_draft
from service.catalogue import text
from service.errors import Conflict
from service.translate.horizon import Horizon
from service.translate.item_keys import item_key
from service.translate.plan_rows import items_of as planned_items
from service.translate.plan_rows import plan_from


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an item; null leaves as it is. `start` is a local hour."""

    on: date | None = None
    half_day: HalfDay | None = None
    start: str | None = None
    staff: tuple[str, ...] | None = None
    site: str | None = None
    room: str | None = None


async def move_item(
    territory: Territory, plan_id: UUID, key: str, move: Move, *, version: int | None, overrule: bool = False
) -> Edited:
    """Moves one item of a draft and pins it there. Raises `BreaksRules`, `NotFound`, `Conflict`, `StaleVersion`."""

    async def work() -> Edited:
        draft = await open_draft(territory, plan_id, version)
        item = draft.item(key)
        moved = moved_item(item, move, draft.horizon)
        others = tuple(one for one in draft.items if one.key != item.key)
        if any(one.key == moved.key for one in others):
            raise Conflict(text("Il y a déjà la même chose à cet endroit."))
        # Judged as if nobody wanted it there.
        judged = msgspec.structs.replace(moved, pinned=False)
        broken = draft.broken_by((*others, judged), overrule=overrule)
        pinned = msgspec.structs.replace(moved, pinned=True)
        edit = Edit(words=key, put=(pinned,), drop=(key,) if pinned.key != key else ())
        changed = await edit_draft(territory, plan_id, edit, version=version)
        return Edited(plan=changed, item=pinned, broken=broken)

    return await in_transaction(work, territory_id=territory.id)


async def pin_item(
    territory: Territory, plan_id: UUID, key: str, *, pinned: bool, version: int | None
) -> Edited:
    """Holds an item of a draft where it is, or frees it, at once where it was fixed with the person.

    Raises `NotFound`, `StaleVersion`.
    """

    async def work() -> Edited:
        draft = await open_draft(territory, plan_id, version)
        item = msgspec.structs.replace(draft.item(key), pinned=pinned)
        edit = Edit(words=key, put=(item,))
        if pinned:
            changed = await edit_draft(territory, plan_id, edit, version=version)
        else:
            changed = await free_pinned(territory, plan_id, edit, item, version=version)
        return Edited(plan=changed, item=item)

    return await in_transaction(work, territory_id=territory.id)


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
