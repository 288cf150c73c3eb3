"""Take something off a draft, with the interviews that lived in it: judged like any other edit."""

from uuid import UUID

import msgspec

from db.records.plan import Plan
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.edit_draft import Edit, edit_draft
from service.actions.open_draft import open_draft
from service.translate.draft import Lost
from service.translate.inside import taken_with


class TakenOff(msgspec.Struct, frozen=True, kw_only=True):
    """The draft without what was taken off, by key, and what the coordinator overruled by it."""

    plan: Plan
    keys: tuple[str, ...]
    broken: tuple[Lost, ...] = ()


async def remove_item(
    territory: Territory, plan_id: UUID, key: str, *, version: int | None, overrule: bool = False
) -> TakenOff:
    """Nothing published changes before the next publication.

    Raises `BreaksRules` (somebody fixed it, or partners have places in it), `NotFound`, `StaleVersion`.
    """

    async def work() -> TakenOff:
        draft = await open_draft(territory, plan_id, version)
        keys = taken_with(draft.problem, draft.items, draft.item(key))
        after = [one for one in draft.items if one.key not in keys]
        broken = draft.broken_by(after, overrule=overrule)
        plan = await edit_draft(territory, plan_id, Edit(words=key, drop=keys), version=version)
        return TakenOff(plan=plan, keys=keys, broken=broken)

    return await in_transaction(work, territory_id=territory.id)
