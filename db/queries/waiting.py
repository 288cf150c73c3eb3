"""Waiting lists of promotions: who came first is served first."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.orientation import Waiting
from db.shape import Codes, id_of
from db.tables.partner import WaitingEntry
from db.tables.promotion import Promotion
from db.transaction import transaction


async def waiting_for(territory_id: UUID, promotion: str | None = None) -> tuple[Waiting, ...]:
    """Turns not left yet, in their order; of one promotion (by code) or all. A partner that is archived has none."""
    table: Any = WaitingEntry
    condition: Any = (table.promotion.territory == territory_id) & _stands(table)
    if promotion is not None:
        condition = condition & (table.promotion.code == promotion)
    rows = (
        await table.select(
            table.id, table.position, table.orientation, table.promotion.code.as_alias("promotion_code")
        )
        .where(condition)
        .order_by(table.position, table.created_at)
    )
    return tuple(
        Waiting(
            id=row["id"],
            promotion=row["promotion_code"],
            orientation_id=row["orientation"],
            position=row["position"],
        )
        for row in rows
    )


async def lists_that_wait() -> dict[UUID, tuple[str, ...]]:
    """Promotions in which somebody waits, by territory."""
    table: Any = WaitingEntry
    rows = await table.select(
        table.promotion.territory.as_alias("territory"), table.promotion.code.as_alias("promotion_code")
    ).where(_stands(table))
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        found[row["territory"]].add(row["promotion_code"])
    return {territory_id: tuple(sorted(codes)) for territory_id, codes in found.items()}


def _stands(table: Any) -> Any:
    return table.left_at.is_null() & table.orientation.partner.archived_at.is_null()


async def join_waiting(territory_id: UUID, promotion: str, orientation_id: UUID) -> int:
    """The last turn, under the territory's lock; its position. Raises `NotFoundError`."""
    table = WaitingEntry
    async with transaction():
        codes = Codes(territory_id)
        await codes.load(Promotion)
        promotion_id = id_of(codes.ids_by_table[Promotion], Promotion, promotion)
        rows = await table.select(table.position).where(table.promotion == promotion_id)
        position = max((row["position"] for row in rows), default=0) + 1
        row = {"promotion": promotion_id, "orientation": orientation_id, "position": position}
        await insert_rows(table, [row])
    return position


async def leave_waiting(orientation_id: UUID, *, at: datetime) -> None:
    """Give a turn up, or end it because its time has come."""
    table = WaitingEntry
    async with transaction():
        await table.update({table.left_at: at}).where(
            (table.orientation == orientation_id) & table.left_at.is_null()
        )
