"""The audit trail: written once, read, aged out. The database itself refuses anything else."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.kinds import BY_RECORD
from db.records.base import Fact, Record
from db.records.trail import TrailEntry
from db.shape import to_record
from db.tables.trail import AuditTrail, TrailAging
from db.trail_keeping import keep_entries
from db.transaction import transaction


def trail_kind(record: type[Fact]) -> str:
    """The name under which entries tell of a kind of fact."""
    return str(BY_RECORD[record].table._meta.tablename)


async def note(*entries: TrailEntry) -> None:
    """Add entries, in the transaction of what they tell if there is one."""
    async with transaction():
        await keep_entries(*entries)


class Sought(Record, frozen=True, kw_only=True):
    """Which entries. `about` is a kind and a reference; `naming` a reference told alone or among others.

    `people` widens a territory to what these accounts did outside of any (signing in).
    """

    territory_id: UUID | None = None
    people: tuple[UUID, ...] = ()
    actor_id: UUID | None = None
    about: tuple[str, str] | None = None
    naming: str | None = None
    actions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    from_at: datetime | None = None
    before_at: datetime | None = None


async def trail(sought: Sought | None = None, *, limit: int = 100) -> tuple[TrailEntry, ...]:
    """Entries, the newest first."""
    table: Any = AuditTrail
    query = table.select().order_by(table.at, table.id, ascending=False).limit(limit)
    for condition in _conditions(sought or Sought()):
        query = query.where(condition)
    return tuple(to_record(TrailEntry, AuditTrail, row, {}) for row in await query)


MOST_ABOUT = 1000


async def written_about(
    territory_id: UUID, kinds: Collection[str], refs: Collection[str]
) -> tuple[TrailEntry, ...]:
    """When these things were added and changed, the newest first; with the loads that name none of their kinds.

    At most `MOST_ABOUT`: of things changed oftener the latest entries.
    """
    table: Any = AuditTrail
    rows = (
        await table.select()
        .where(table.territory_id == territory_id)
        .where(table.action.is_in(["added", "changed"]))
        .where(table.about_kind.is_in(list(kinds)))
        .where(table.about_ref.is_null() | table.about_ref.is_in(list(refs)))
        .order_by(table.at, table.id, ascending=False)
        .limit(MOST_ABOUT)
    )
    return tuple(to_record(TrailEntry, AuditTrail, row, {}) for row in rows)


def _conditions(sought: Sought) -> Iterator[Any]:
    table: Any = AuditTrail
    if sought.territory_id is not None:
        yield _here(sought)
    if sought.actor_id is not None:
        yield table.actor_id == sought.actor_id
    if sought.about is not None:
        yield (table.about_kind == sought.about[0]) & (table.about_ref == sought.about[1])
    if sought.naming is not None:
        yield (table.about_ref == sought.naming) | table.detail.like(f'%"{sought.naming}"%')
    if sought.actions:
        yield table.action.is_in(list(sought.actions))
    if sought.kinds:
        yield table.about_kind.is_in(list(sought.kinds))
    if sought.from_at is not None:
        yield table.at >= sought.from_at
    if sought.before_at is not None:
        yield table.at < sought.before_at


def _here(sought: Sought) -> Any:
    table: Any = AuditTrail
    here = table.territory_id == sought.territory_id
    if not sought.people:
        return here
    return here | (table.territory_id.is_null() & table.actor_id.is_in(list(sought.people)))


async def age_trail(*, before_at: datetime, territory_id: UUID | None = None) -> int:
    """Delete entries of a territory (null: of none) older than an instant; how many. Nothing else can delete any."""
    table: Any = AuditTrail
    async with transaction():
        await insert_rows(TrailAging, [{"before_at": before_at}])
        gone = await table.delete().where(_aged(territory_id, before_at)).returning(table.id)
        await TrailAging.delete(force=True)
    return len(gone)


async def aged_trail(*, before_at: datetime, territory_id: UUID | None = None) -> int:
    """How many `age_trail` would delete."""
    return int(await AuditTrail.count().where(_aged(territory_id, before_at)))


def _aged(territory_id: UUID | None, before_at: datetime) -> Any:
    table: Any = AuditTrail
    mine = table.territory_id.is_null() if territory_id is None else table.territory_id == territory_id
    return mine & (table.at < before_at)
