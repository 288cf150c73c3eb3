"""Contents of assignments turned into rows: codes into ids, rows updated without meeting a guard."""

from typing import Any
from uuid import UUID

import msgspec

from db.engine import current
from db.errors import NotFoundError
from db.records.assignment import Content
from db.shape import Codes, id_of
from db.tables import assignment, cadence, need, participant, programme, promotion, site, staff
from db.tables.columns import utc_now

_CODED: dict[str, Any] = {
    "site": site.Site,
    "cadence": cadence.Cadence,
    "promotion": promotion.Promotion,
    "need": need.InterviewNeed,
    "participant": participant.Participant,
    "programme": programme.Programme,
}
_OWNED = ("room", "sequence")
_PLAIN = tuple(
    name for name in Content.__struct_fields__ if name not in _CODED and name not in (*_OWNED, "staff")
)
_WRITTEN = (
    *_PLAIN,
    *_CODED,
    *_OWNED,
    "plan",
    "revision",
    "version",
    "sequence_number",
    "last_modified_at",
    "changed_at",
    "former_starts_at",
)


class AssignmentIds(msgspec.Struct, frozen=True, kw_only=True):
    """Ids by code of what assignments refer to; rooms and sequences by (owner's code, code)."""

    by_field: dict[str, dict[str, UUID]]
    staff: dict[str, UUID]
    rooms: dict[tuple[str, str], UUID]
    sequences: dict[tuple[str, str], UUID]

    @classmethod
    async def load(cls, territory_id: UUID) -> "AssignmentIds":
        codes = Codes(territory_id)
        for table in (*_CODED.values(), staff.StaffMember):
            await codes.load(table)
        ids = codes.ids_by_table
        return cls(
            by_field={name: ids[table] for name, table in _CODED.items()},
            staff=ids[staff.StaffMember],
            rooms=await _owned(site.Room, "site", territory_id),
            sequences=await _owned(promotion.Sequence, "promotion", territory_id),
        )


async def _owned(table: Any, owner: str, territory_id: UUID) -> dict[tuple[str, str], UUID]:
    whole = getattr(table, owner)
    rows = await table.select(table.id, table.code, whole.code.as_alias("owner_code")).where(
        whole.territory == territory_id
    )
    return {(row["owner_code"], row["code"]): row["id"] for row in rows}


def row_values(content: Content, ids: AssignmentIds) -> dict[str, Any]:
    """The columns that a content decides. Raises `NotFoundError` on an unknown code."""
    values: dict[str, Any] = {name: getattr(content, name) for name in _PLAIN}
    for name, table in _CODED.items():
        code = getattr(content, name)
        values[name] = None if code is None else id_of(ids.by_field[name], table, code)
    values["room"] = _owned_id(ids.rooms, "room", content.site, content.room)
    values["sequence"] = _owned_id(ids.sequences, "sequence", content.promotion, content.sequence)
    return values


def _owned_id(
    known: dict[tuple[str, str], UUID], kind: str, owner: str | None, code: str | None
) -> UUID | None:
    if code is None:
        return None
    found = known.get((owner or "", code))
    if found is None:
        raise NotFoundError(kind, f"{owner}/{code}")
    return found


async def update_rows(rows: dict[UUID, dict[str, Any]]) -> None:
    """Update assignments; keys are given up first, so that two of them may exchange theirs."""
    if not rows:
        return
    postgres = current().engine_type == "postgres"
    marks = [f"${place}" if postgres else "?" for place in range(1, len(_WRITTEN) + 3)]
    table = assignment.Assignment._meta.tablename
    await current().run_many(
        f'UPDATE "{table}" SET "key" = CAST("id" AS VARCHAR) WHERE "id" = {marks[0]}',  # noqa: S608
        [(id_,) for id_ in rows],
    )
    sets = ", ".join(
        f'"{name}" = {mark}' for name, mark in zip((*_WRITTEN, "updated_at"), marks, strict=False)
    )
    now = utc_now()
    await current().run_many(
        f'UPDATE "{table}" SET {sets} WHERE "id" = {marks[-1]}',  # noqa: S608
        [(*(row[name] for name in _WRITTEN), now, id_) for id_, row in rows.items()],
    )
