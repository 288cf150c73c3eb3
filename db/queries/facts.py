"""Facts read: all of a territory in one consistent reading, one kind, or one fact."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from piccolo.columns import ForeignKey
from piccolo.table import Table

from db.errors import NotFoundError
from db.facts_memory import remember, remembered
from db.kinds import BY_RECORD, KINDS, Kind, Part
from db.queries.territories import territory_by_id
from db.records.base import Fact
from db.records.facts import Facts
from db.records.participant import Pin
from db.records.site import Travel
from db.records.staff import BusyInterval, LedgerEntry
from db.records.territory import HolidayOverride, Territory
from db.shape import Codes, column_of, load_targets, target_of, to_record
from db.tables import feed, plan, site, staff, territory
from db.transaction import snapshot

AnyFact = TypeVar("AnyFact", bound=Fact)
Rows = list[dict[str, Any]]


async def facts_of(territory_id: UUID) -> Facts:
    """Everything a territory knows, all read at one instant. Raises `NotFoundError`."""
    async with snapshot():
        found = await territory_by_id(territory_id)
        facts = remembered(found)
        if facts is None:
            facts = await _read_everything(found)
            remember(facts)
        return facts


async def _read_everything(of: Territory) -> Facts:
    codes = Codes(of.id)
    kinds: dict[str, Any] = {kind.name: await _read(kind, codes, None) for kind in KINDS}
    return Facts(
        territory=of,
        travel=await _parts_of_territory(codes, Travel, site.Travel),
        holidays=await _parts_of_territory(codes, HolidayOverride, territory.HolidayOverride),
        ledger=await _ledger(codes),
        busy_intervals=await busy_intervals(of.id),
        pins=await pins(of.id),
        **kinds,
    )


async def all_facts(territory_id: UUID, record: type[AnyFact]) -> tuple[AnyFact, ...]:
    """Every fact of one kind, by code."""
    async with snapshot():
        return await _read(BY_RECORD[record], Codes(territory_id), None)


async def fact(territory_id: UUID, record: type[AnyFact], code: str) -> AnyFact:
    """One fact. Raises `NotFoundError`, also when the code is another territory's."""
    async with snapshot():
        found: tuple[AnyFact, ...] = await _read(BY_RECORD[record], Codes(territory_id), code)
    if not found:
        raise NotFoundError(BY_RECORD[record].table._meta.tablename, code)
    return found[0]


async def pins(territory_id: UUID) -> tuple[Pin, ...]:
    """Pins that are not released, by key."""
    table = plan.Pin
    rows = (
        await table.select()
        .where((table.territory == territory_id) & table.released_at.is_null())
        .order_by(table.key)
    )
    return tuple(to_record(Pin, table, row, {}) for row in rows)


async def busy_intervals(territory_id: UUID) -> tuple[BusyInterval, ...]:
    """Imported busy time of everybody, by staff and start; sources that were removed left out."""
    table = feed.BusyInterval
    staff_of: Any = table.source.staff
    rows = (
        await table.select(staff_of.code.as_alias("staff"), table.starts_at, table.ends_at)
        .where((staff_of.territory == territory_id) & table.source.removed_at.is_null())
        .order_by(table.starts_at)
    )
    found = [BusyInterval(**row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.staff, one.starts_at, one.ends_at)))


async def _ledger(codes: Codes) -> tuple[LedgerEntry, ...]:
    table = staff.LedgerEntry
    await load_targets(codes, LedgerEntry, table)
    rows = await table.select().where(table.staff.territory == codes.territory_id)
    found = [to_record(LedgerEntry, table, row, codes.by_table) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.staff, one.month_on, one.kind)))


async def _parts_of_territory(codes: Codes, record: type[Any], table: type[Table]) -> tuple[Any, ...]:
    await load_targets(codes, record, table)
    owner = column_of(table, "territory")
    rows = await table.select().where(owner == codes.territory_id)
    found = [to_record(record, table, row, codes.by_table) for row in rows]
    return tuple(sorted(found, key=_all_fields))


def _all_fields(record: Any) -> tuple[str, ...]:
    return tuple(_sortable(getattr(record, name)) for name in record.__struct_fields__)


def _sortable(value: object) -> str:
    if isinstance(value, int):
        return f"{value:012d}"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


async def _read(kind: Kind, codes: Codes, code: str | None) -> tuple[Any, ...]:
    """Facts of a kind with their parts, by code; only one if `code` is given."""
    rows = await fact_rows(kind, codes, code)
    await load_targets(codes, kind.record, kind.table)
    alone = rows[0]["id"] if code is not None and rows else None
    owned = {part.field: await _read_part(part, codes, alone) for part in kind.parts}
    return tuple(
        to_record(
            kind.record,
            kind.table,
            row,
            codes.by_table,
            **{field: tuple(by_owner[row["id"]]) for field, by_owner in owned.items()},
        )
        for row in rows
    )


async def _read_part(part: Part, codes: Codes, owner_id: UUID | None) -> dict[UUID, list[Any]]:
    """Records (or bare values) of a part by owner, of one owner if given; in their order."""
    rows = await part_rows(part, codes.territory_id, owner_id)
    found: dict[UUID, list[Any]] = defaultdict(list)
    if part.record is None:
        value = await _value_reader(part, codes)
        for row in rows:
            found[row[part.owner]].append(value(row))
    else:
        await load_targets(codes, part.record, part.table)
        for row in rows:
            found[row[part.owner]].append(to_record(part.record, part.table, row, codes.by_table))
    if not is_ordered(part.table):
        for values in found.values():
            values.sort(key=_all_fields if part.record is not None else None)
    return found


async def _value_reader(part: Part, codes: Codes) -> Callable[[dict[str, Any]], str]:
    column = column_of(part.table, str(part.value))
    if not isinstance(column, ForeignKey):
        return lambda row: str(row[str(part.value)])
    known = await codes.load(target_of(column))
    return lambda row: known[row[str(part.value)]]


async def part_rows(part: Part, territory_id: UUID, owner_id: UUID | None) -> Rows:
    """Rows of a part, of one owner if given; those that were left behind are left out."""
    owner: Any = getattr(part.table, part.owner)
    wanted = owner == owner_id if owner_id is not None else owner.territory == territory_id
    if part.left is not None:
        wanted = wanted & column_of(part.table, part.left).is_null()
    rows: Rows = await part.table.select().where(wanted)
    if is_ordered(part.table):
        rows.sort(key=lambda row: row["position"])
    return rows


def is_ordered(table: type[Table]) -> bool:
    """Whether the rows of a part keep the order in which they were given."""
    return any(column._meta.name == "position" for column in table._meta.columns)


async def fact_rows(kind: Kind, codes: Codes, code: str | None) -> Rows:
    """Rows of a kind, by code; their codes are learnt on the way."""
    table = kind.table
    wanted = column_of(table, "territory") == codes.territory_id
    if code is not None:
        wanted = wanted & (column_of(table, "code") == code)
    rows: Rows = await table.select().where(wanted).order_by(column_of(table, "code"))
    if code is None:
        codes.learn(table, {row["id"]: row["code"] for row in rows})
    return rows
