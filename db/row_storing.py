"""Rows of facts compared with what is there, then inserted or updated, with their parts."""

from typing import Any
from uuid import UUID

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.kinds import Kind
from db.part_storing import store_parts
from db.queries.facts import fact_rows
from db.records.base import Fact
from db.records.facts import Stored
from db.shape import Codes, column_of, load_targets, to_values
from db.tables.columns import utc_now

_MOVES = frozenset({"starts_at", "ends_at", "site", "place", "status"})
"""Fields of a meeting whose change raises the SEQUENCE of its event."""


async def store_rows(kind: Kind, records: tuple[Fact, ...], codes: Codes) -> Stored:
    """Store facts of one kind by code. Needs a transaction."""
    held = await _held(kind, records, codes)
    await load_targets(codes, kind.record, kind.table)
    ids = codes.ids_by_table
    new: list[dict[str, Any]] = []
    changes: dict[UUID, dict[str, Any]] = {}
    for record in records:
        values = to_values(record, kind.table, ids)
        row = held.get(record.code)
        if row is None:
            new.append({**values, **_born(kind), "territory": codes.territory_id})
        else:
            changes[row["id"]] = {name: value for name, value in values.items() if row[name] != value}
    added = await insert_rows(kind.table, new)
    codes.learn(kind.table, {id_: row["code"] for id_, row in zip(added, new, strict=True)})
    touched = await _store_all_parts(kind, records, codes)
    for row in held.values():
        changed, parts = changes.get(row["id"], {}), touched.get(row["id"], ())
        if changed or parts:
            await _update(kind, row, changed, parts_changed=bool(parts))
            mention(_mention(kind, "changed", row["code"], codes, (*changed, *parts)))
    for row in new:
        mention(_mention(kind, "added", row["code"], codes))
    changed_count = sum(1 for id_, changed in changes.items() if changed or id_ in touched)
    return Stored(added=len(new), changed=changed_count, unchanged=len(changes) - changed_count)


def _mention(kind: Kind, what: str, ref: str, codes: Codes, fields: tuple[str, ...] = ()) -> Mention:
    """For the trail: the names of fields, never their values."""
    return Mention(
        what=what, kind=kind.table._meta.tablename, ref=ref, territory_id=codes.territory_id, fields=fields
    )


async def _held(kind: Kind, records: tuple[Fact, ...], codes: Codes) -> dict[str, dict[str, Any]]:
    """Rows there already, by code."""
    alone = records[0].code if len(records) == 1 else None
    rows = await fact_rows(kind, codes, alone)
    if alone is not None:
        codes.learn(kind.table, {row["id"]: row["code"] for row in rows})
    return {row["code"]: row for row in rows}


async def _store_all_parts(
    kind: Kind, records: tuple[Fact, ...], codes: Codes
) -> dict[UUID, tuple[str, ...]]:
    """The fields of parts that changed, by the id of their fact."""
    ids = codes.ids_by_table[kind.table]
    touched: dict[UUID, tuple[str, ...]] = {}
    for part in kind.parts:
        wanted = {ids[record.code]: getattr(record, part.field) for record in records}
        for id_ in await store_parts(part, wanted, codes):
            touched[id_] = (*touched.get(id_, ()), part.field)
    return touched


def _born(kind: Kind) -> dict[str, Any]:
    """What the database gives a new row beside its defaults."""
    return {"last_modified_at": utc_now()} if _is_event(kind) else {}


def _is_event(kind: Kind) -> bool:
    return any(column._meta.name == "sequence_number" for column in kind.table._meta.columns)


async def _update(kind: Kind, row: dict[str, Any], changed: dict[str, Any], *, parts_changed: bool) -> None:
    values = {**changed, "version": row["version"] + 1}
    if _is_event(kind):
        moved = parts_changed or not _MOVES.isdisjoint(changed)
        values["sequence_number"] = row["sequence_number"] + int(moved)
        values["last_modified_at"] = utc_now()
    table = kind.table
    columns = {column_of(table, name): value for name, value in values.items()}
    await table.update(columns).where(table._meta.primary_key == row["id"])
