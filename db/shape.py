"""Between rows and records: a field has its column's name, JSON is decoded, references are codes."""

from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, get_type_hints
from uuid import UUID

import msgspec
from piccolo.columns import JSON, ForeignKey
from piccolo.table import Table

from db.errors import NotFoundError
from db.records.base import Record

GIVEN_BY_DATABASE = frozenset(
    {"id", "version", "created_at", "updated_at", "last_modified_at", "sequence_number"}
)
"""Columns that a writer never sets."""

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Field(NamedTuple):
    """One field of a record that a column of its table holds; `target` is the table of its codes."""

    name: str
    how: Literal["plain", "json", "reference"]
    decoder: msgspec.json.Decoder[Any] | None
    target: type[Table] | None


@cache
def fields_of(record: type[Record], table: type[Table]) -> tuple[Field, ...]:
    """The fields of a record that are columns of the table, each with how it is read."""
    types = get_type_hints(record)
    columns = {column._meta.name: column for column in table._meta.columns}
    return tuple(
        _field(name, columns[name], types[name]) for name in record.__struct_fields__ if name in columns
    )


def _field(name: str, column: object, type_: Any) -> Field:
    if isinstance(column, JSON):
        return Field(name, "json", msgspec.json.Decoder(type_), None)
    if isinstance(column, ForeignKey):
        return Field(name, "reference", None, target_of(column) if is_coded(target_of(column)) else None)
    return Field(name, "plain", None, None)


def column_of(table: type[Table], name: str) -> Any:
    """The column of that name."""
    return table._meta.get_column_by_name(name)


def target_of(column: ForeignKey[Any]) -> type[Table]:
    """The table a reference leads to."""
    target: type[Table] = column._foreign_key_meta.resolved_references
    return target


def is_coded(table: type[Table]) -> bool:
    """Whether the table's rows have a code, unique in their territory."""
    names = {column._meta.name for column in table._meta.columns}
    return {"code", "territory"} <= names


class Codes:
    """Ids and codes of one territory's rows, read once for each table that is asked for."""

    def __init__(self, territory_id: UUID) -> None:
        self.territory_id = territory_id
        self._known: dict[type[Table], dict[UUID, str]] = {}

    async def load(self, table: type[Table]) -> dict[UUID, str]:
        """Codes by id."""
        if table not in self._known:
            territory = column_of(table, "territory")
            rows = await table.select(table._meta.primary_key, column_of(table, "code")).where(
                territory == self.territory_id
            )
            self._known[table] = {row["id"]: row["code"] for row in rows}
        return self._known[table]

    @property
    def by_table(self) -> dict[type[Table], dict[UUID, str]]:
        """Codes by id, of every table loaded so far."""
        return self._known

    @property
    def ids_by_table(self) -> dict[type[Table], dict[str, UUID]]:
        """Ids by code, of every table loaded so far."""
        return {table: {code: id_ for id_, code in known.items()} for table, known in self._known.items()}

    def learn(self, table: type[Table], rows: dict[UUID, str]) -> None:
        """Rows just inserted or read."""
        self._known.setdefault(table, {}).update(rows)


async def load_targets(codes: Codes, record: type[Record], table: type[Table]) -> None:
    """Read the codes that `to_record` and `to_values` will need."""
    for field in fields_of(record, table):
        if field.target is not None:
            await codes.load(field.target)


def to_record(
    record: type[AnyRecord],
    table: type[Table],
    row: dict[str, Any],
    codes: dict[type[Table], dict[UUID, str]],
    **given: Any,
) -> AnyRecord:
    """A record of one row; `given` fields come first, others that are no columns keep their defaults."""
    plain, special = _readers(record, table)
    values: dict[str, Any] = {name: row[name] for name in plain}
    for name, _, decoder, target in special:
        if name in given:
            continue
        value = row[name]
        if value is not None and decoder is not None:
            value = decoder.decode(value)
        elif value is not None and target is not None:
            value = codes[target][value]
        values[name] = value
    return record(**(values | given))


@cache
def _readers(record: type[Record], table: type[Table]) -> tuple[tuple[str, ...], tuple[Field, ...]]:
    """Fields that a row gives as they are, and those that are decoded or named by a code."""
    fields = fields_of(record, table)
    plain = tuple(field.name for field in fields if field.how == "plain")
    return plain, tuple(field for field in fields if field.how != "plain")


def to_values(record: Record, table: type[Table], ids: dict[type[Table], dict[str, UUID]]) -> dict[str, Any]:
    """The columns of a record that a writer sets. Raises `NotFoundError` on an unknown code."""
    values: dict[str, Any] = {}
    for name, how, _, target in fields_of(type(record), table):
        if name in GIVEN_BY_DATABASE:
            continue
        value = getattr(record, name)
        if value is not None and how == "json":
            value = msgspec.json.encode(value).decode()
        elif value is not None and target is not None:
            value = id_of(ids[target], target, value)
        values[name] = value
    return values


def id_of(ids: dict[str, UUID], target: type[Table], code: str) -> UUID:
    """The id behind a code. Raises `NotFoundError`."""
    if code not in ids:
        raise NotFoundError(target._meta.tablename, code)
    return ids[code]
