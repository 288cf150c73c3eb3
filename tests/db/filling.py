"""One row in every table that a database has, whatever its state: what a migration must keep."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from piccolo.columns import ForeignKey
from piccolo.table import Table

from db.ddl import column_type
from db.engine import current
from db.inspect import columns_of
from db.shape import target_of
from db.tables import TABLES

_VALUES: dict[str, Any] = {
    "INTEGER": 3,
    "BOOLEAN": True,
    "DATE": date(2026, 12, 8),
    "TIMESTAMPTZ": datetime(2026, 12, 8, 9, 30, 15, 250_000, tzinfo=UTC),
    "BYTEA": b"\x00\xff\xc3",
}


async def fill() -> dict[str, dict[str, Any]]:
    """Insert one row in each table; what was inserted, by table and column."""
    filled: dict[str, dict[str, Any]] = {}
    async with current().transaction():
        for place, table in enumerate(TABLES, start=1):
            there = await columns_of(table._meta.tablename)
            if there:
                filled[table._meta.tablename] = await _insert(table, set(there), UUID(int=place))
    return filled


async def _insert(table: type[Table], there: set[str], id_: UUID) -> dict[str, Any]:
    values = {
        str(column._meta.db_column_name): _value(column, id_)
        for column in table._meta.columns
        if column._meta.db_column_name in there
    }
    names = ", ".join(f'"{name}"' for name in values)
    postgres = current().engine_type == "postgres"
    marks = ", ".join(f"${place}" if postgres else "?" for place in range(1, len(values) + 1))
    await current().run_sql(
        f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({marks})', list(values.values())
    )
    return values


def _value(column: Any, id_: UUID) -> Any:
    if column._meta.primary_key:
        return id_
    if isinstance(column, ForeignKey):
        return UUID(int=TABLES.index(target_of(column)) + 1)
    kind = column_type(column)
    if kind == "UUID":
        return UUID(int=4711)
    return _VALUES.get(kind, "am" if kind == "VARCHAR(2)" else "9 h")
