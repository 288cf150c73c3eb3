"""The audit trail: written once, read, aged out. The database itself refuses anything else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.trail import TrailEntry
from db.shape import to_record
from db.tables.trail import AuditTrail, TrailAging
from db.trail_keeping import keep_entries
from db.transaction import transaction


async def note(*entries: TrailEntry) -> None:
    """Add entries, in the transaction of what they tell if there is one."""
    async with transaction():
        await keep_entries(*entries)


async def trail(
    *,
    territory_id: UUID | None = None,
    actor_id: UUID | None = None,
    about: tuple[str, str] | None = None,
    actions: Sequence[str] = (),
    before_at: datetime | None = None,
    limit: int = 100,
) -> tuple[TrailEntry, ...]:
    """Entries, the newest first; `about` is a kind and a reference."""
    table: Any = AuditTrail
    conditions: list[tuple[object, Callable[[], Any]]] = [
        (territory_id, lambda: table.territory_id == territory_id),
        (actor_id, lambda: table.actor_id == actor_id),
        (about, lambda: (table.about_kind == about[0]) & (table.about_ref == about[1]) if about else None),
        (actions, lambda: table.action.is_in(list(actions))),
        (before_at, lambda: table.at < before_at),
    ]
    query = table.select().order_by(table.at, table.id, ascending=False).limit(limit)
    for value, condition in conditions:
        if value:
            query = query.where(condition())
    return tuple(to_record(TrailEntry, AuditTrail, row, {}) for row in await query)


async def age_trail(*, before_at: datetime) -> int:
    """Delete entries older than an instant; how many. Nothing else can delete any."""
    async with transaction():
        await insert_rows(TrailAging, [{"before_at": before_at}])
        gone = await AuditTrail.delete().where(AuditTrail.at < before_at).returning(AuditTrail.id)
        await TrailAging.delete(force=True)
    return len(gone)
