"""Published assignments, read: for boards, feeds, sites and partners."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.records.assignment import Assignment, AssignmentEvent, FormerStaff
from db.shape import to_record
from db.tables.assignment import Assignment as AssignmentTable
from db.tables.assignment import AssignmentEvent as EventTable
from db.tables.assignment import AssignmentStaff as StaffTable
from db.transaction import snapshot

_CODED = ("site", "room", "cadence", "promotion", "sequence", "need", "participant", "programme")
_OWN = tuple(
    column
    for column in AssignmentTable._meta.columns
    if column._meta.name not in (*_CODED, "territory", "version", "updated_at")
)
"""Columns read as they are; references are read as codes (an id more a row costs as much as the rest)."""
CHUNK = 500


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which assignments: dates included; `staff` by code, those who were replaced too."""

    from_on: date | None = None
    until_on: date | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    staff: str | None = None
    promotion: str | None = None
    promotions: tuple[str, ...] = ()
    participant: str | None = None
    need: str | None = None
    host_ids: tuple[UUID, ...] = ()
    ids: tuple[UUID, ...] = ()


async def assignments_of(territory_id: UUID, wanted: Wanted) -> tuple[Assignment, ...]:
    """Assignments of a territory, by start and id; read at one instant."""
    table: Any = AssignmentTable
    async with snapshot():
        condition: Any = table.territory == territory_id
        for part in _conditions(wanted):
            condition = condition & part
        if wanted.staff is not None:
            condition = condition & table.id.is_in(await _ids_with(territory_id, wanted.staff))
        names = [getattr(table, name).code.as_alias(f"{name}_code") for name in _CODED]
        rows = await table.select(*_OWN, *names).where(condition).order_by(table.starts_at, table.id)
        holders = await _holders(rows)
    return tuple(_record(row, holders) for row in rows)


async def assignment(territory_id: UUID, assignment_id: UUID) -> Assignment:
    """One assignment. Raises `NotFoundError`, also for one of another territory."""
    found = await assignments_of(territory_id, Wanted(ids=(assignment_id,)))
    if not found:
        raise NotFoundError("assignment", assignment_id)
    return found[0]


async def events_of(assignment_id: UUID) -> tuple[AssignmentEvent, ...]:
    """The history of one assignment, the oldest first."""
    rows = (
        await EventTable.select().where(EventTable.assignment == assignment_id).order_by(EventTable.revision)
    )
    return tuple(_event(row) for row in rows)


async def assignment_events_since(
    since_at: datetime, *, territory_id: UUID | None = None
) -> tuple[AssignmentEvent, ...]:
    """Changes later than an instant, the oldest first; of one territory if named."""
    condition: Any = EventTable.at > since_at
    if territory_id is not None:
        condition = condition & (EventTable.territory == territory_id)
    rows = await EventTable.select().where(condition).order_by(EventTable.at, EventTable.id)
    return tuple(_event(row) for row in rows)


async def assignment_events_count(since_at: datetime) -> int:
    """How many changes later than an instant are there, in every territory."""
    return int(await EventTable.count().where(EventTable.at > since_at))


def _event(row: dict[str, Any]) -> AssignmentEvent:
    return to_record(
        AssignmentEvent, EventTable, row, {}, assignment_id=row["assignment"], plan_id=row["plan"]
    )


def _conditions(wanted: Wanted) -> list[Any]:
    table: Any = AssignmentTable
    chosen: list[tuple[object, Any]] = [
        (wanted.from_on, lambda: table.held_on >= wanted.from_on),
        (wanted.until_on, lambda: table.held_on <= wanted.until_on),
        (wanted.kinds, lambda: table.kind.is_in(list(wanted.kinds))),
        (wanted.statuses, lambda: table.status.is_in(list(wanted.statuses))),
        (wanted.sites, lambda: table.site.code.is_in(list(wanted.sites))),
        (wanted.promotion, lambda: table.promotion.code == wanted.promotion),
        (wanted.promotions, lambda: table.promotion.code.is_in(list(wanted.promotions))),
        (wanted.participant, lambda: table.participant.code == wanted.participant),
        (wanted.need, lambda: table.need.code == wanted.need),
        (wanted.host_ids, lambda: table.host_id.is_in(list(wanted.host_ids))),
        (wanted.ids, lambda: table.id.is_in(list(wanted.ids))),
    ]
    return [condition() for value, condition in chosen if value]


async def _ids_with(territory_id: UUID, staff: str) -> Any:
    """Assignments that a person holds or held, as a sub-query's result."""
    who: Any = StaffTable.staff
    rows = await StaffTable.select(StaffTable.assignment).where(
        (who.code == staff) & (who.territory == territory_id)
    )
    return [row["assignment"] for row in rows] or [UUID(int=0)]


async def _holders(rows: list[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    """Who holds or held each assignment, by staff code."""
    who: Any = StaffTable.staff
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), CHUNK):
        chunk = await StaffTable.select(
            StaffTable.assignment,
            who.code.as_alias("code"),
            StaffTable.left_at,
            StaffTable.left_sequence_number,
        ).where(StaffTable.assignment.is_in(ids[start : start + CHUNK]))
        for row in chunk:
            found[row["assignment"]].append(row)
    for held in found.values():
        held.sort(key=lambda row: str(row["code"]))
    return found


def _record(row: dict[str, Any], holders: dict[UUID, list[dict[str, Any]]]) -> Assignment:
    held = holders[row["id"]]
    return to_record(
        Assignment,
        AssignmentTable,
        row,
        {},
        **{name: row[f"{name}_code"] for name in _CODED},
        plan_id=row["plan"],
        staff=tuple(one["code"] for one in held if one["left_at"] is None),
        former_staff=tuple(
            FormerStaff(
                staff=one["code"], left_at=one["left_at"], sequence_number=one["left_sequence_number"]
            )
            for one in held
            if one["left_at"] is not None
        ),
    )
