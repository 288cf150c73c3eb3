"""Plans: requested, moved along their states, found; their files stored compressed."""

import hashlib
import zlib
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from db.bulk import insert_rows, stored
from db.errors import NotFoundError, StateError
from db.records.plan import NewPlan, Plan
from db.shape import column_of, to_record, to_values
from db.states import PlanState, allows
from db.tables.columns import utc_now
from db.tables.plan import Plan as PlanTable
from db.tables.plan import PlanFile
from db.transaction import in_transaction


async def request_plan(territory_id: UUID, new: NewPlan) -> Plan:
    """A plan to be solved. Raises `AlreadyThereError` while one is for that territory and horizon."""
    return await _insert(territory_id, new, PlanState.QUEUED)


async def add_draft(territory_id: UUID, new: NewPlan) -> Plan:
    """A plan made by hand, or a copy."""
    return await _insert(territory_id, new, PlanState.DRAFT)


async def _insert(territory_id: UUID, new: NewPlan, state: PlanState) -> Plan:
    async def work() -> Plan:
        last = (
            await PlanTable.select(PlanTable.number)
            .where(PlanTable.territory == territory_id)
            .order_by(PlanTable.number, ascending=False)
            .first()
        )
        values = to_values(new, PlanTable, {})
        number = last["number"] + 1 if last else 1
        row = {**values, "territory": territory_id, "state": state.value, "number": number}
        ids = await insert_rows(PlanTable, [row])
        return await plan_by_id(territory_id, ids[0])

    return await in_transaction(work, territory_id=territory_id)


async def plan_by_id(territory_id: UUID, plan_id: UUID) -> Plan:
    """Raises `NotFoundError`, also for a plan of another territory."""
    wanted = (PlanTable.id == plan_id) & (PlanTable.territory == territory_id)
    row = await PlanTable.select().where(wanted).first()
    if row is None:
        raise NotFoundError("plan", plan_id)
    return _record(row)


async def any_plan(plan_id: UUID) -> Plan:
    """A plan whatever its territory, for jobs. Raises `NotFoundError`."""
    row = await PlanTable.select().where(PlanTable.id == plan_id).first()
    if row is None:
        raise NotFoundError("plan", plan_id)
    return _record(row)


async def plans_of(
    territory_id: UUID,
    *,
    touching: tuple[date, date] | None = None,
    states: tuple[PlanState, ...] = (),
    limit: int = 100,
    offset: int = 0,
) -> tuple[Plan, ...]:
    """Versions of a territory, the newest first: those with a day between two dates, in some states."""
    wanted = _wanted(territory_id, touching, states)
    query = PlanTable.select().where(wanted).order_by(PlanTable.number, ascending=False)
    return tuple(_record(row) for row in await query.limit(limit).offset(offset))


async def count_plans(
    territory_id: UUID, *, touching: tuple[date, date] | None = None, states: tuple[PlanState, ...] = ()
) -> int:
    """How many there are of these."""
    return int(await PlanTable.count().where(_wanted(territory_id, touching, states)))


def _wanted(territory_id: UUID, touching: tuple[date, date] | None, states: tuple[PlanState, ...]) -> Any:
    wanted: Any = PlanTable.territory == territory_id
    if touching is not None:
        wanted = wanted & (PlanTable.first_on <= touching[1]) & (PlanTable.last_on >= touching[0])
    if states:
        wanted = wanted & PlanTable.state.is_in([state.value for state in states])
    return wanted


async def step_plan(plan_id: UUID, before: PlanState, after: PlanState, **values: Any) -> Plan:
    """Move a plan from one state to another, and write columns with it.

    Raises `StateError` when the step is not allowed or the plan is no longer in that state.
    """
    if not allows(before, after):
        raise StateError("plan", plan_id, before.value, after.value)
    columns: dict[Column | str, Any] = {
        column_of(PlanTable, name): stored(column_of(PlanTable, name), value)
        for name, value in values.items()
    }
    columns |= {PlanTable.state: after.value, PlanTable.version: PlanTable.version + 1}
    if not after.is_open:
        columns[PlanTable.ended_at] = utc_now()
    hit = (
        await PlanTable.update(columns)
        .where((PlanTable.id == plan_id) & (PlanTable.state == before.value))
        .returning(PlanTable.id)
    )
    found = await any_plan(plan_id)
    if not hit:
        raise StateError("plan", plan_id, found.state.value, after.value)
    return found


async def store_plan_file(plan_id: UUID, kind: str, body: bytes) -> str:
    """Keep a file of a plan (`problem`, `plan`, `report`), in place of an earlier one; its SHA-256."""
    digest = hashlib.sha256(body).hexdigest()

    async def work() -> str:
        await drop_plan_file(plan_id, kind)
        row = {"plan": plan_id, "kind": kind, "sha256": digest, "body": zlib.compress(body, 6)}
        await insert_rows(PlanFile, [row])
        return digest

    return await in_transaction(work)


async def plan_file(plan_id: UUID, kind: str) -> bytes:
    """A file of a plan, as it was stored. Raises `NotFoundError`."""
    wanted = (PlanFile.plan == plan_id) & (PlanFile.kind == kind)
    row = await PlanFile.select(PlanFile.body).where(wanted).first()
    if row is None:
        raise NotFoundError(f"{kind} of plan", plan_id)
    return zlib.decompress(row["body"])


async def drop_plan_file(plan_id: UUID, kind: str) -> None:
    """Forget a file of a plan."""
    await PlanFile.delete().where((PlanFile.plan == plan_id) & (PlanFile.kind == kind))


def _record(row: dict[str, Any]) -> Plan:
    return to_record(Plan, PlanTable, row, {}, territory_id=row["territory"], state=PlanState(row["state"]))
