"""What a plan places and what it leaves out: stored in one go, read, edited one by one."""

from typing import Any
from uuid import UUID

from db.bulk import insert_rows, stored
from db.errors import NotFoundError, StaleVersionError
from db.queries.plans import any_plan
from db.records.plan import Plan, PlanItem, PlanResult, UnplacedItem
from db.shape import column_of, to_record, to_values
from db.tables.plan import Plan as PlanTable
from db.tables.plan import PlanItem as ItemTable
from db.tables.plan import Unplaced as UnplacedTable
from db.transaction import transaction


async def store_result(plan_id: UUID, result: PlanResult) -> None:
    """Put items, reasons, levels and figures in the place of what the plan had."""
    async with transaction():
        await ItemTable.delete().where(ItemTable.plan == plan_id)
        await UnplacedTable.delete().where(UnplacedTable.plan == plan_id)
        await insert_rows(ItemTable, [_values(item, plan_id) for item in result.items])
        await insert_rows(
            UnplacedTable,
            [
                {**to_values(left, UnplacedTable, {}), "plan": plan_id, "position": place}
                for place, left in enumerate(result.unplaced)
            ],
        )
        await _update_plan(
            plan_id,
            {
                "levels": result.levels,
                "overruled": result.overruled,
                "figures": result.figures,
                "problem_sha256": result.problem_sha256,
            },
        )


async def items_of(plan_id: UUID) -> tuple[PlanItem, ...]:
    """What a plan places, by date, start and key."""
    rows = (
        await ItemTable.select().where(ItemTable.plan == plan_id).order_by(ItemTable.held_on, ItemTable.key)
    )
    return tuple(to_record(PlanItem, ItemTable, row, {}) for row in rows)


async def unplaced_of(plan_id: UUID) -> tuple[UnplacedItem, ...]:
    """What a plan leaves out, in the plan's order."""
    rows = await UnplacedTable.select().where(UnplacedTable.plan == plan_id).order_by(UnplacedTable.position)
    return tuple(to_record(UnplacedItem, UnplacedTable, row, {}) for row in rows)


async def edit_items(
    plan_id: UUID, *, version: int, put: tuple[PlanItem, ...] = (), drop: tuple[str, ...] = ()
) -> Plan:
    """Put items (by key) and drop others from a plan read at `version`. Raises `StaleVersionError`."""
    async with transaction():
        await _next_version(plan_id, version)
        keys = [*drop, *(item.key for item in put)]
        if keys:
            await ItemTable.delete().where((ItemTable.plan == plan_id) & ItemTable.key.is_in(keys))
        await insert_rows(ItemTable, [_values(item, plan_id) for item in put])
        return await any_plan(plan_id)


async def set_figures(plan_id: UUID, **values: Any) -> None:
    """Write `levels`, `overruled` or `figures` of a plan recounted after an edit."""
    await _update_plan(plan_id, values)


def _values(item: PlanItem, plan_id: UUID) -> dict[str, Any]:
    return {**to_values(item, ItemTable, {}), "plan": plan_id}


async def _update_plan(plan_id: UUID, values: dict[str, Any]) -> None:
    columns = {name: stored(column_of(PlanTable, name), value) for name, value in values.items()}
    hit = (
        await PlanTable.update({column_of(PlanTable, name): value for name, value in columns.items()})
        .where(PlanTable.id == plan_id)
        .returning(PlanTable.id)
    )
    if not hit:
        raise NotFoundError("plan", plan_id)


async def _next_version(plan_id: UUID, version: int) -> None:
    hit = (
        await PlanTable.update({PlanTable.version: version + 1})
        .where((PlanTable.id == plan_id) & (PlanTable.version == version))
        .returning(PlanTable.id)
    )
    if not hit:
        raise StaleVersionError("plan", plan_id, (await any_plan(plan_id)).version)
