"""People's own agendas: added, read again and again, removed; a failure keeps the last good state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.queries.territories import raise_facts_revision
from db.records.busy import BusyReading, BusySource
from db.shape import to_record
from db.tables.feed import BusyInterval
from db.tables.feed import BusySource as SourceTable
from db.tables.staff import StaffMember
from db.transaction import lock_territory, transaction


async def add_busy_source(
    territory_id: UUID, staff: str, *, kind: str, name: str, address_sealed: bytes | None
) -> BusySource:
    """A new agenda of a person: `kind` is url or file. Raises `NotFoundError`."""
    person = (
        await StaffMember.select(StaffMember.id)
        .where((StaffMember.territory == territory_id) & (StaffMember.code == staff))
        .first()
    )
    if person is None:
        raise NotFoundError("staff_member", staff)
    row = {"staff": person["id"], "kind": kind, "name": name, "address_sealed": address_sealed}
    async with transaction():
        ids = await insert_rows(SourceTable, [row])
        return await busy_source(territory_id, ids[0])


async def busy_sources(
    territory_id: UUID | None = None, *, staff: str | None = None, tried_before: datetime | None = None
) -> tuple[BusySource, ...]:
    """Agendas not removed: of a territory or of all, of one person, those not read since an instant."""
    table: Any = SourceTable
    wanted = table.removed_at.is_null()
    if territory_id is not None:
        wanted = wanted & (table.staff.territory == territory_id)
    if staff is not None:
        wanted = wanted & (table.staff.code == staff)
    if tried_before is not None:
        wanted = wanted & (table.last_tried_at.is_null() | (table.last_tried_at < tried_before))
    return await _read(wanted)


async def busy_source(territory_id: UUID, source_id: UUID) -> BusySource:
    """One agenda. Raises `NotFoundError`, also for another territory's or a removed one."""
    table: Any = SourceTable
    mine = (table.id == source_id) & (table.staff.territory == territory_id) & table.removed_at.is_null()
    found = await _read(mine)
    if not found:
        raise NotFoundError("busy_source", source_id)
    return found[0]


async def busy_counts(source_ids: Sequence[UUID], *, after: datetime) -> dict[UUID, int]:
    """How many intervals of each agenda end after an instant."""
    table, found = BusyInterval, dict.fromkeys(source_ids, 0)
    rows = await table.select(table.source).where(
        table.source.is_in(list(source_ids) or [UUID(int=0)]) & (table.ends_at > after)
    )
    for row in rows:
        found[row["source"]] += 1
    return found


async def store_busy(territory_id: UUID, source_id: UUID, reading: BusyReading, *, at: datetime) -> bool:
    """Keep what a reading found in the place of what was there; whether any time differs."""
    async with transaction():
        await lock_territory(territory_id)
        await busy_source(territory_id, source_id)
        differs = await _replace(source_id, reading.intervals)
        await _note(
            source_id,
            last_tried_at=at,
            last_success_at=at,
            last_error=None,
            last_error_at=None,
            etag=reading.etag,
            last_modified=reading.last_modified,
            warnings=msgspec.json.encode(reading.warnings).decode(),
        )
        if differs:
            await raise_facts_revision(territory_id)
    return differs


async def note_busy_unchanged(source_id: UUID, *, at: datetime) -> None:
    """The agenda answered that nothing changed since the last reading."""
    await _note(source_id, last_tried_at=at, last_success_at=at, last_error=None, last_error_at=None)


async def note_busy_failure(source_id: UUID, error: str, *, at: datetime) -> None:
    """The agenda could not be read; its last good intervals stay."""
    await _note(source_id, last_tried_at=at, last_error=error, last_error_at=at)


async def remove_busy_source(territory_id: UUID, source_id: UUID, *, at: datetime) -> None:
    """Forget an agenda and its times. Raises `NotFoundError`."""
    async with transaction():
        await lock_territory(territory_id)
        await busy_source(territory_id, source_id)
        await _replace(source_id, ())
        await _note(source_id, removed_at=at, address_sealed=None)
        await raise_facts_revision(territory_id)


async def _replace(source_id: UUID, intervals: tuple[tuple[datetime, datetime], ...]) -> bool:
    table = BusyInterval
    rows = await table.select(table.starts_at, table.ends_at).where(table.source == source_id)
    if {(row["starts_at"], row["ends_at"]) for row in rows} == set(intervals):
        return False
    await table.delete().where(table.source == source_id)
    new = [{"source": source_id, "starts_at": start, "ends_at": end} for start, end in intervals]
    await insert_rows(table, new)
    return True


async def _note(source_id: UUID, **values: Any) -> None:
    columns: dict[Any, Any] = {getattr(SourceTable, name): value for name, value in values.items()}
    columns[SourceTable.version] = SourceTable.version + 1
    await SourceTable.update(columns).where(SourceTable.id == source_id)


async def _read(condition: Any) -> tuple[BusySource, ...]:
    table: Any = SourceTable
    rows = (
        await table.select(
            *table.all_columns(),
            table.staff.code.as_alias("staff_code"),
            table.staff.territory.as_alias("territory_id"),
        )
        .where(condition)
        .order_by(table.created_at, table.id)
    )
    return tuple(
        to_record(BusySource, SourceTable, row, {}, staff=row["staff_code"], territory_id=row["territory_id"])
        for row in rows
    )
