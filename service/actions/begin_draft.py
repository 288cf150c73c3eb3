"""Begin a draft as a version, once: whoever asks a moment later works in the same one, or is told of it."""

from db.queries.plans import plans_of
from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from db.transaction import in_transaction
from service.actions.edit_draft import Edit, copy_to_draft, edit_draft, is_untouched, read_copy
from service.actions.free_pinned import free_pinned
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.errors import StaleVersion


async def draft_of_published(territory: Territory, plan: Plan) -> Plan:
    """The draft of what is published, `plan`: the newer one that stands, else one that is opened now."""

    async def work() -> Plan:
        return await _newer(territory, plan) or await copy_to_draft(territory, plan)

    return await in_transaction(work, territory_id=territory.id)


async def resume_version(territory: Territory, plan: Plan) -> Plan:
    """A draft that begins as a version, also beside another; the one that was begun so and is untouched is it."""

    async def work() -> Plan:
        newer = await _newer(territory, plan)
        if newer is not None and await _is_still(newer, plan):
            return newer
        return await copy_to_draft(territory, plan)

    return await in_transaction(work, territory_id=territory.id)


async def begin_with_edit(territory: Territory, plan: Plan, edit: Edit, *, freed: PlanItem | None) -> Plan:
    """A draft of what is published, `plan`, with its first edit: both, or neither.

    `territory` is as it was when the edit was judged; `freed` is what was pinned and is no more. Raises
    `StaleVersion` when a draft was opened or anything else has changed since, and what `edit_draft` does.
    """

    async def work() -> Plan:
        if await _newer(territory, plan) is not None:
            raise StaleVersion(text("Un brouillon a été ouvert entre-temps."))
        draft = await copy_to_draft(territory, plan)
        if (draft.facts_revision, draft.base_revision) != _revisions(territory):
            raise StaleVersion(text("Des données ont changé entre-temps."))
        if freed is not None:
            return await free_pinned(territory, draft.id, edit, freed, version=draft.version)
        return await edit_draft(territory, draft.id, edit, version=draft.version)

    return await in_transaction(work, territory_id=territory.id)


async def _newer(territory: Territory, plan: Plan) -> Plan | None:
    """The newest draft of the same dates that was begun after a version."""
    dates = plan.first_on, plan.last_on
    found = await plans_of(territory.id, touching=dates, states=tuple(EDITABLE_PLANS))
    own = (one for one in found if (one.first_on, one.last_on) == dates and one.origin != SCENARIO)
    return next((one for one in own if one.number > plan.number), None)


async def _is_still(draft: Plan, begins: Plan) -> bool:
    """Whether a draft is what a copy made now would be."""
    if draft.origin != "copy" or draft.made_from != begins.id:
        return False
    copied = await read_copy(begins)
    is_fresh = (draft.facts_revision, draft.base_revision) == _revisions(copied.snapshot.facts.territory)
    return is_fresh and await is_untouched(draft, copied.items)


def _revisions(territory: Territory) -> tuple[int, int]:
    return territory.facts_revision, territory.published_revision
