"""Free what a coordinator pinned, or fixed with the person, and let a draft place it elsewhere or leave it out."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from db.errors import NotFoundError
from db.queries.pin_storing import release_pin
from db.queries.plan_items import set_figures
from db.queries.plans import plan_by_id, plan_file, store_plan_file
from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from db.transaction import in_transaction
from planner.problem_file import problem_sha256, read_problem, write_problem
from service.actions.edit_draft import Edit, edit_draft
from service.translate.draft import without_pin_of


async def free_pinned(
    territory: Territory, plan_id: UUID, edit: Edit, item: PlanItem, *, version: int | None
) -> Plan:
    """The draft after the edit, in which nothing holds the item where it was.

    A pin that is a fact is released at once, as something agreed with the person; one that only the draft
    holds goes with the edit. Raises what `edit_draft` does; nothing is released then.
    """

    async def work() -> Plan:
        with suppress(NotFoundError):
            await release_pin(territory.id, item.key, at=datetime.now(UTC))
        await _forget_pin(await plan_by_id(territory.id, plan_id), item)
        return await edit_draft(territory, plan_id, edit, version=version)

    return await in_transaction(work, territory_id=territory.id)


async def _forget_pin(plan: Plan, item: PlanItem) -> None:
    """The draft is judged, and can be replayed, on a problem without that pin."""
    if plan.problem_sha256 is None:
        return
    problem = read_problem(await plan_file(plan.id, "problem"))
    without = without_pin_of(problem, item)
    if without == problem:
        return
    written = write_problem(without)
    await store_plan_file(plan.id, "problem", written)
    await set_figures(plan.id, problem_sha256=problem_sha256(written))
