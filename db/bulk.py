"""Many rows at once: one statement, prepared once, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import JSON, Column
from piccolo.columns.defaults.base import Default
from piccolo.table import Table

from db.engine import current
from db.tables.columns import utc_now

Values = Mapping[str, Any]


def default_of(column: Column) -> Any:
    """What a column holds when nothing is said."""
    default = getattr(column, "default", None)
    return default.python() if isinstance(default, Default) else default


def stored(column: Column, value: Any) -> Any:
    """A value as both engines take it: JSON as text, everything else as it is."""
    if isinstance(column, JSON) and value is not None and not isinstance(value, str):
        return msgspec.json.encode(value).decode()
    return value


async def insert_rows(table: type[Table], rows: Sequence[Values]) -> list[UUID]:
    """Insert rows; a column that a row does not name gets its default. Their ids, in order.

    A value of a JSON column may be given decoded, unless it is a text. Needs a transaction.
    """
    if not rows:
        return []
    columns = table._meta.columns
    now = utc_now()
    ids = [row.get("id") or uuid4() for row in rows]
    given = [
        [_value(column, row, id_, now) for column in columns] for row, id_ in zip(rows, ids, strict=True)
    ]
    await current().run_many(_insert_sql(table), given)
    return ids


def _value(column: Column, row: Values, id_: UUID, now: Any) -> Any:
    name = column._meta.name
    if name in row and name != "id":
        return stored(column, row[name])
    return {"id": id_, "created_at": now, "updated_at": now}.get(name, default_of(column))


def _insert_sql(table: type[Table]) -> str:
    columns = table._meta.columns
    names = ", ".join(f'"{column._meta.db_column_name}"' for column in columns)
    postgres = current().engine_type == "postgres"
    marks = ", ".join(f"${place}" if postgres else "?" for place in range(1, len(columns) + 1))
    return f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({marks})'  # noqa: S608
