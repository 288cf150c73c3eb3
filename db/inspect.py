"""Whether a database is sound: migrated, of the shape the code expects, its references unbroken."""

from typing import Any

from piccolo.table import Table

from db.ddl import column_type
from db.engine import current
from db.migrate import missing
from db.tables import TABLES

_SAME = {
    "CHARACTER VARYING": "VARCHAR",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ",
}


async def faults() -> tuple[str, ...]:
    """What is wrong with the database of this process, one sentence each; nothing when it is sound."""
    behind = await missing()
    if behind:
        return tuple(f"migration {id_} has not run" for id_ in behind)
    found = [fault for table in TABLES for fault in await _shape_faults(table)]
    if current().engine_type == "sqlite":
        found += await _sqlite_faults()
    return tuple(found)


async def _sqlite_faults() -> list[str]:
    engine = current()
    rows = await engine.run_sql("PRAGMA integrity_check", [])
    found = [str(row["integrity_check"]) for row in rows if row["integrity_check"] != "ok"]
    for row in await engine.run_sql("PRAGMA foreign_key_check", []):
        found.append(f"{row['table']}: row {row['rowid']} refers to nothing in {row['parent']}")
    return found


async def _shape_faults(table: type[Table]) -> list[str]:
    name = table._meta.tablename
    found = await columns_of(name)
    wanted = {
        column._meta.db_column_name: (column_type(column).partition("(")[0], column._meta.null)
        for column in table._meta.columns
    }
    return [
        f"{name}.{column}: {_told(found.get(column))} in the database, {_told(wanted.get(column))} in the code"
        for column in sorted({*found, *wanted})
        if found.get(column) != wanted.get(column)
    ]


def _told(shape: tuple[str, bool] | None) -> str:
    if shape is None:
        return "absent"
    return f"{shape[0]}, {'may' if shape[1] else 'never'} null"


async def columns_of(table: str) -> dict[str, tuple[str, bool]]:
    """Columns as the database has them: type without length, and whether it may be null."""
    if current().engine_type == "sqlite":
        rows: Any = await current().run_sql(f'PRAGMA table_info("{table}")', [])
        return {row["name"]: (row["type"].partition("(")[0], not row["notnull"]) for row in rows}
    rows = await current().run_sql(
        "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = $1",
        [table],
    )
    return {
        row["column_name"]: (_postgres_type(row["data_type"]), row["is_nullable"] == "YES") for row in rows
    }


def _postgres_type(name: str) -> str:
    upper = name.upper()
    return _SAME.get(upper, upper)
