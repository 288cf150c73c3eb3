"""When promotions begin, as published."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from db.records.base import Instant
from db.tables.assignment import Assignment


class FirstSession(msgspec.Struct, frozen=True, kw_only=True):
    """The earliest published session of a promotion."""

    assignment_id: UUID
    starts_at: Instant
    ends_at: Instant


async def first_sessions(territory_id: UUID, promotions: Sequence[str]) -> dict[str, FirstSession]:
    """By promotion code; those of which nothing is published are left out."""
    table: Any = Assignment
    rows = (
        await table.select(
            table.id, table.starts_at, table.ends_at, table.promotion.code.as_alias("promotion")
        )
        .where(
            (table.territory == territory_id)
            & (table.kind == "session")
            & (table.status != "cancelled")
            & table.promotion.code.is_in(list(promotions))
        )
        .order_by(table.starts_at, ascending=False)
    )
    return {
        row["promotion"]: FirstSession(
            assignment_id=row["id"], starts_at=row["starts_at"], ends_at=row["ends_at"]
        )
        for row in rows
    }
