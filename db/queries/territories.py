"""Territories: made, found, changed; the two revisions that make older pages stale."""

from typing import Any
from uuid import UUID

import msgspec
from piccolo.table import Table

from db.bulk import insert_rows
from db.engine import current
from db.errors import NotFoundError, StaleVersionError
from db.records.territory import Territory
from db.shape import fields_of, to_record
from db.tables import territory as tables
from db.transaction import transaction


async def all_territories() -> tuple[Territory, ...]:
    """Every territory, by code."""
    rows = await tables.Territory.select().order_by(tables.Territory.code)
    return tuple(_record(row) for row in rows)


async def territory_by_code(code: str) -> Territory:
    """Raises `NotFoundError`. Every request asks it, so its text is made once."""
    mark = "$1" if current().engine_type == "postgres" else "?"
    rows = await current().run_sql(_BY_CODE + mark, [code])
    if not rows:
        raise NotFoundError("territory", code)
    return _record(rows[0])


async def territory_by_id(territory_id: UUID) -> Territory:
    """Raises `NotFoundError`."""
    row = await tables.Territory.select().where(tables.Territory.id == territory_id).first()
    if row is None:
        raise NotFoundError("territory", territory_id)
    return _record(row)


async def add_territory(
    *, code: str, name: str, zone: str, departements: tuple[str, ...], settings: dict[str, Any]
) -> Territory:
    """Raises `AlreadyThereError` when the code is taken."""
    values = {"code": code, "name": name, "zone": zone, "departements": departements, "settings": settings}
    async with transaction():
        await insert_rows(tables.Territory, [values])
        return await territory_by_code(code)


async def change_territory(territory: Territory) -> Territory:
    """Write name, zone, départements, settings and archiving. Raises `StaleVersionError`."""
    table = tables.Territory
    values: dict[Any, Any] = {
        table.name: territory.name,
        table.zone: territory.zone,
        table.departements: msgspec.json.encode(territory.departements).decode(),
        table.settings: msgspec.json.encode(territory.settings).decode(),
        table.archived_at: territory.archived_at,
        table.version: territory.version + 1,
        table.facts_revision: table.facts_revision + 1,
    }
    async with transaction():
        hit = (
            await table.update(values)
            .where((table.id == territory.id) & (table.version == territory.version))
            .returning(table.id)
        )
        found = await territory_by_id(territory.id)
        if not hit:
            raise StaleVersionError("territory", territory.code, found.version)
        return found


async def raise_facts_revision(territory_id: UUID) -> int:
    """Say that a fact changed; the new revision."""
    return await _raise(territory_id, "facts_revision")


async def raise_published_revision(territory_id: UUID) -> int:
    """Say that something published changed; the new revision."""
    return await _raise(territory_id, "published_revision")


async def _raise(territory_id: UUID, column: str) -> int:
    mark = "$1" if current().engine_type == "postgres" else "?"
    sql = (
        f'UPDATE "territory" SET "{column}" = "{column}" + 1 WHERE "id" = {mark} '  # noqa: S608
        f'RETURNING "{column}" AS revision'
    )
    rows = await current().run_sql(sql, [territory_id])
    if not rows:
        raise NotFoundError("territory", territory_id)
    return int(rows[0]["revision"])


_BY_CODE = (
    "SELECT "  # noqa: S608
    + ", ".join(f'"{field.name}"' for field in fields_of(Territory, tables.Territory))
    + ' FROM "territory" WHERE "code" = '
)


def _record(row: dict[str, Any]) -> Territory:
    table: type[Table] = tables.Territory
    return to_record(Territory, table, row, {})
