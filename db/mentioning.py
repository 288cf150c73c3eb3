"""Where a participant is told of: which texts of which tables may name a reference, held to one territory."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from piccolo.columns import JSON, ForeignKey, Text, Varchar
from piccolo.table import Table

from db.shape import column_of, target_of

_FARTHEST = 3
"""References to follow from a row to its territory."""


def texts_of(table: type[Table]) -> tuple[str, ...]:
    """Columns that hold text, JSON included."""
    return tuple(
        column._meta.name for column in table._meta.columns if isinstance(column, Varchar | Text | JSON)
    )


def written_forms(reference: str) -> tuple[str, ...]:
    """As typed, and as codes made of it carry it."""
    return tuple(dict.fromkeys((reference, reference.lower())))


def names_it(table: type[Table], territory_id: UUID, reference: str) -> Any:
    """The condition "a text names that reference"; None when the table holds no text."""
    condition = _any_of(_texts_like(table, reference))
    return None if condition is None else _in_territory(table, territory_id, condition)


def is_about(table: type[Table], territory_id: UUID, participant_id: UUID, reference: str) -> Any:
    """The condition "names that reference or points to that row"; None when the table can do neither."""
    columns = {column._meta.name for column in table._meta.columns}
    pointers = [
        column_of(table, name) == participant_id
        for name in ("participant", "participant_id")
        if name in columns
    ]
    condition = _any_of([*_texts_like(table, reference), *pointers])
    return None if condition is None else _in_territory(table, territory_id, condition)


def _texts_like(table: type[Table], reference: str) -> list[Any]:
    return [
        column_of(table, name).like(f"%{word}%")
        for name in texts_of(table)
        for word in written_forms(reference)
    ]


def _any_of(conditions: Iterable[Any]) -> Any:
    found = list(conditions)
    return reduce(or_, found) if found else None


def _in_territory(table: type[Table], territory_id: UUID, condition: Any) -> Any:
    """Two territories may have given one reference to two persons; a row of no territory is looked at too."""
    steps = _steps_to_territory(table, _FARTHEST)
    if steps is None:
        return condition
    column: Any = table
    for step in steps:
        column = getattr(column, step)
    return condition & ((column == territory_id) | column.is_null())


def _steps_to_territory(table: type[Table], depth: int) -> tuple[str, ...] | None:
    columns = {column._meta.name: column for column in table._meta.columns}
    for name in ("territory", "territory_id"):
        if name in columns:
            return (name,)
    for name, column in columns.items():
        if isinstance(column, ForeignKey) and depth:
            steps = _steps_to_territory(target_of(column), depth - 1)
            if steps is not None:
                return (name, *steps)
    return None
