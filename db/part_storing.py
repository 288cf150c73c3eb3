"""Parts of facts: rows that come and go with their whole, compared before anything is written."""

from collections import Counter
from typing import Any
from uuid import UUID

from piccolo.columns import ForeignKey
from piccolo.table import Table

from db.bulk import insert_rows
from db.kinds import Part
from db.queries.facts import Rows, is_ordered, part_rows
from db.shape import Codes, column_of, id_of, load_targets, target_of, to_values
from db.tables.columns import utc_now

Values = dict[str, Any]


async def store_parts(part: Part, wanted: dict[UUID, tuple[Any, ...]], codes: Codes) -> set[UUID]:
    """Make each owner have these parts and no others; the owners for whom something changed."""
    await _load(part, codes)
    only = next(iter(wanted)) if len(wanted) == 1 else None
    held: dict[UUID, Rows] = {owner_id: [] for owner_id in wanted}
    for row in await part_rows(part, codes.territory_id, only):
        if row[part.owner] in held:
            held[row[part.owner]].append(row)
    changes = [
        _Changes(part, owner_id, held[owner_id], _encoded(part, values, codes))
        for owner_id, values in wanted.items()
    ]
    await _delete(part, [row["id"] for change in changes for row in change.gone])
    for change in changes:
        for id_, values in change.changed:
            await _update(part.table, id_, values)
    await insert_rows(
        part.table, [{**values, part.owner: change.owner_id} for change in changes for values in change.new]
    )
    return {change.owner_id for change in changes if change.any}


class _Changes:
    """What it takes to bring one owner's rows to what is wanted."""

    def __init__(self, part: Part, owner_id: UUID, held: Rows, wanted: list[Values]) -> None:
        self.owner_id = owner_id
        self.gone: Rows = []
        self.new: list[Values] = []
        self.changed: list[tuple[UUID, Values]] = []
        if part.key is None:
            self._replace(held, wanted)
        else:
            self._match(part.key, held, wanted)

    @property
    def any(self) -> bool:
        return bool(self.gone or self.new or self.changed)

    def _replace(self, held: Rows, wanted: list[Values]) -> None:
        left = Counter(_fingerprint(values) for values in wanted)
        for row in held:
            mark = _fingerprint({name: row[name] for name in wanted[0]}) if wanted else ()
            if left[mark] > 0:
                left[mark] -= 1
            else:
                self.gone.append(row)
        for values in wanted:
            mark = _fingerprint(values)
            if left[mark] > 0:
                left[mark] -= 1
                self.new.append(values)

    def _match(self, key: str, held: Rows, wanted: list[Values]) -> None:
        by_key = {row[key]: row for row in held}
        for values in wanted:
            row = by_key.pop(values[key], None)
            if row is None:
                self.new.append(values)
            elif changed := {name: value for name, value in values.items() if row[name] != value}:
                self.changed.append((row["id"], changed))
        self.gone = list(by_key.values())


def _fingerprint(values: Values) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(values.items()))


async def _load(part: Part, codes: Codes) -> None:
    if part.record is not None:
        await load_targets(codes, part.record, part.table)
        return
    column = column_of(part.table, str(part.value))
    if isinstance(column, ForeignKey):
        await codes.load(target_of(column))


def _encoded(part: Part, values: tuple[Any, ...], codes: Codes) -> list[Values]:
    """The columns of each wanted row, its place in the order included where there is one."""
    ids = codes.ids_by_table
    found = [
        to_values(value, part.table, ids) if part.record is not None else _bare(part, value, ids)
        for value in values
    ]
    if is_ordered(part.table):
        found = [{**one, "position": place} for place, one in enumerate(found)]
    return found


def _bare(part: Part, value: str, ids: dict[type[Table], dict[str, UUID]]) -> Values:
    name = str(part.value)
    column = column_of(part.table, name)
    if not isinstance(column, ForeignKey):
        return {name: value}
    return {name: id_of(ids[target_of(column)], target_of(column), value)}


async def _delete(part: Part, ids: list[UUID]) -> None:
    """Delete rows, or mark them as left where they are kept."""
    if not ids:
        return
    chosen = part.table._meta.primary_key.is_in(ids)
    if part.left is None:
        await part.table.delete().where(chosen)
    else:
        left = column_of(part.table, part.left)
        await part.table.update({left: utc_now()}).where(chosen)


async def _update(table: type[Table], id_: UUID, values: Values) -> None:
    columns = {column_of(table, name): value for name, value in values.items()}
    await table.update(columns).where(table._meta.primary_key == id_)
