"""Who refers to a fact: asked when it cannot be removed, so that whoever asked is told by what."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from piccolo.columns import Column, ForeignKey
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from db.kinds import BY_RECORD, KINDS
from db.queries.facts import fact_rows
from db.records.base import Fact
from db.records.referrer import Referrers, Referring
from db.shape import Codes, column_of, target_of
from db.tables import TABLES
from db.tables.assignment import Assignment, AssignmentStaff

Rows = dict[type[Table], set[UUID]]
SHOWN = 5
NAMES = ("name", "title", "held_on", "from_on")
"""Columns that tell a thing to people, the first that its table has."""
_WHOLES: dict[type[Table], tuple[str, type[Table]]] = {
    part.table: (part.owner, kind.table) for kind in KINDS for part in kind.parts
} | {AssignmentStaff: ("assignment", Assignment)}
"""Rows that are a part of something are told by it."""


async def referrers(
    territory_id: UUID, record: type[Fact], code: str, *, of_parts: bool = False
) -> tuple[Referrers, ...]:
    """By kind. `of_parts`: only those that refer to a part of the fact (a room, a step), not to it as a whole.

    Raises nothing when the fact is gone: then nothing refers to it.
    """
    kind = BY_RECORD[record]
    going: Rows = {kind.table: {row["id"] for row in await fact_rows(kind, Codes(territory_id), code)}}
    going = await _with_what_goes_along(going)
    if of_parts:
        parts = {part.table for part in kind.parts}
        going = {table: ids for table, ids in going.items() if table in parts}
    found: Rows = defaultdict(set)
    for target, ids in going.items():
        for column in _columns_to(target, OnDelete.restrict):
            for whole, id_ in await _wholes(column, ids):
                if id_ not in going.get(whole, ()):
                    found[whole].add(id_)
    return tuple([await _told(table, ids) for table, ids in found.items()])


async def _with_what_goes_along(begun: Rows) -> Rows:
    """These rows and all that the database deletes with them."""
    going: Rows = defaultdict(set)
    todo = [(table, ids) for table, ids in begun.items() if ids]
    while todo:
        target, ids = todo.pop()
        going[target] |= ids
        for column in _columns_to(target, OnDelete.cascade):
            table = column._meta.table
            rows = await table.select(table._meta.primary_key).where(column.is_in(list(ids)))
            new = {row["id"] for row in rows} - going.get(table, set())
            todo += [(table, new)] if new else []
    return going


def _columns_to(target: type[Table], on_delete: OnDelete) -> Iterator[ForeignKey[Any]]:
    """Columns that refer to a table, of those that keep its rows (restrict) or go with them (cascade)."""
    for table in TABLES:
        for column in table._meta.foreign_key_columns:
            if target_of(column) is target and column._foreign_key_meta.on_delete is on_delete:
                yield column


async def _wholes(column: ForeignKey[Any], ids: set[UUID]) -> list[tuple[type[Table], UUID]]:
    table = column._meta.table
    owner, whole = _WHOLES.get(table, ("id", table))
    rows = await table.select(column_of(table, owner)).where(column.is_in(list(ids)))
    return [(whole, row[owner]) for row in rows]


async def _told(table: type[Table], ids: set[UUID]) -> Referrers:
    columns = {column._meta.name: column for column in table._meta.columns}
    named: Column | None = next((columns[name] for name in NAMES if name in columns), None)
    coded = columns.get("code", table._meta.primary_key)
    wanted = [coded, *([named] if named is not None else [])]
    rows = (
        await table.select(*wanted)
        .where(table._meta.primary_key.is_in(list(ids)))
        .order_by(coded)
        .limit(SHOWN)
    )
    things = tuple(
        Referring(
            code=str(row[coded._meta.name]), name=str(row[named._meta.name]) if named is not None else ""
        )
        for row in rows
    )
    return Referrers(kind=table._meta.tablename, count=len(ids), things=things)
