"""Orientations: made, read, changed; always within one territory."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.errors import NotFoundError, StateError
from db.records.orientation import Orientation
from db.shape import Codes, to_record
from db.tables.columns import utc_now
from db.tables.participant import Participant
from db.tables.partner import Orientation as OrientationTable
from db.tables.partner import Partner
from db.tables.partner import TakenPlace as PlaceTable
from db.tables.promotion import Promotion
from db.transaction import transaction

LONGEST_LIST = 500


class Oriented(msgspec.Struct, frozen=True, kw_only=True):
    """Which orientations: of a partner (by code), in some states, of some hosts or interviews."""

    partner: str | None = None
    states: tuple[str, ...] = ()
    host_ids: tuple[UUID, ...] = ()
    interview_ids: tuple[UUID, ...] = ()
    promotion: str | None = None
    ids: tuple[UUID, ...] = ()


async def add_orientation(territory_id: UUID, wanted: Orientation) -> Orientation:
    """Store a new one, in the caller's transaction. Raises `NotFoundError` on an unknown partner or promotion."""
    async with transaction():
        codes = await _codes(territory_id)
        row = {**_values(wanted, codes), "id": wanted.id, "territory": territory_id}
        await insert_rows(OrientationTable, [row])
        _mention("oriented", territory_id, wanted.id)
    return wanted


async def change_orientation(territory_id: UUID, changed: Orientation, *, was: str) -> Orientation:
    """Write what became of one that stood in state `was`. Raises `StateError` when it no longer does."""
    table = OrientationTable
    async with transaction():
        codes = await _codes(territory_id)
        values: dict[Any, Any] = {
            **_values(changed, codes),
            table.version: table.version + 1,
            table.updated_at: utc_now(),
        }
        rows = (
            await table.update(values)
            .where((table.id == changed.id) & (table.territory == territory_id) & (table.state == was))
            .returning(table.id)
        )
        if not rows:
            found = (await orientation(territory_id, changed.id)).state
            raise StateError("orientation", changed.id, found, changed.state)
        _mention("orientation_changed", territory_id, changed.id)
    return changed


async def orientation(territory_id: UUID, orientation_id: UUID) -> Orientation:
    """One orientation. Raises `NotFoundError`, also for one of another territory."""
    found = await orientations_of(territory_id, Oriented(ids=(orientation_id,)))
    if not found:
        raise NotFoundError("orientation", orientation_id)
    return found[0]


async def orientations_of(territory_id: UUID, wanted: Oriented) -> tuple[Orientation, ...]:
    """The newest first, at most `LONGEST_LIST`."""
    table: Any = OrientationTable
    condition: Any = table.territory == territory_id
    if wanted.partner is not None:
        condition = condition & (table.partner.code == wanted.partner)
    if wanted.promotion is not None:
        condition = condition & (table.promotion.code == wanted.promotion)
    for column, values in (
        (table.state, wanted.states),
        (table.assignment, wanted.host_ids),
        (table.interview_id, wanted.interview_ids),
        (table.id, wanted.ids),
    ):
        if values:
            condition = condition & column.is_in(list(values))
    rows = (
        await table.select(
            *(column for column in table._meta.columns if column._meta.name not in ("partner", "promotion")),
            table.partner.code.as_alias("partner_code"),
            table.promotion.code.as_alias("promotion_code"),
        )
        .where(condition)
        .order_by(table.created_at, table.id, ascending=False)
        .limit(LONGEST_LIST)
    )
    return tuple(_record(row) for row in rows)


async def signed_last(territory_id: UUID, holder_id: UUID, *, partner: str) -> tuple[str, str] | None:
    """Initials and telephone under which somebody signed the place they booked last for a partner (by code).

    None before the first one.
    """
    table: Any = PlaceTable
    row = (
        await table.select(
            table.orientation.officer.as_alias("officer"), table.orientation.officer_phone.as_alias("phone")
        )
        .where(
            (table.territory == territory_id)
            & (table.holder_id == holder_id)
            & (table.orientation.partner.code == partner)
            & table.orientation.officer.is_not_null()
        )
        .order_by(table.updated_at, table.id, ascending=False)
        .first()
    )
    return None if row is None else (row["officer"], row["phone"] or "")


async def seated_people(territory_id: UUID, promotions: Sequence[str]) -> dict[str, frozenset[str]]:
    """References of those in a promotion who came by an orientation that stands, by promotion code."""
    table: Any = OrientationTable
    rows = await table.select(table.participant_id, table.promotion.code.as_alias("promotion_code")).where(
        (table.territory == territory_id)
        & (table.state == "planned")
        & table.participant_id.is_not_null()
        & table.promotion.code.is_in(list(promotions))
    )
    if not rows:
        return {}
    people = await Participant.select(Participant.id, Participant.code).where(
        Participant.id.is_in([row["participant_id"] for row in rows])
    )
    codes = {row["id"]: row["code"] for row in people}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["participant_id"] in codes:
            found[row["promotion_code"]].add(codes[row["participant_id"]])
    return {promotion: frozenset(references) for promotion, references in found.items()}


async def _codes(territory_id: UUID) -> dict[type[Any], dict[str, UUID]]:
    codes = Codes(territory_id)
    await codes.load(Partner)
    await codes.load(Promotion)
    return codes.ids_by_table


def _values(one: Orientation, ids: dict[type[Any], dict[str, UUID]]) -> dict[str, Any]:
    values = msgspec.structs.asdict(one)
    for name in ("id", "created_at"):
        del values[name]
    values["assignment"] = values.pop("host_id")
    if one.partner not in ids[Partner]:
        raise NotFoundError("partner", one.partner)
    values["partner"] = ids[Partner][one.partner]
    values["promotion"] = ids[Promotion][one.promotion] if one.promotion is not None else None
    return values


def _record(row: dict[str, Any]) -> Orientation:
    return to_record(
        Orientation,
        OrientationTable,
        row,
        {},
        partner=row["partner_code"],
        promotion=row["promotion_code"],
        host_id=row["assignment"],
    )


def _mention(what: str, territory_id: UUID, orientation_id: UUID) -> None:
    mention(Mention(what=what, kind="orientation", ref=str(orientation_id), territory_id=territory_id))
