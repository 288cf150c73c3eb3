"""Who holds an assignment: added, taken back, or left with the instant and SEQUENCE of leaving."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.records.assignment import Assignment, Content
from db.tables.assignment import AssignmentStaff


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Who an assignment passes from and to; `before` null: it is new."""

    assignment_id: UUID
    before: Assignment | None
    content: Content
    sequence_number: int

    @property
    def held(self) -> set[str]:
        return set(self.before.staff) if self.before else set()

    @property
    def left_before(self) -> set[str]:
        return {former.staff for former in self.before.former_staff} if self.before else set()


async def store_holders(holdings: Sequence[Holding], staff: dict[str, UUID], at: datetime) -> None:
    """Make each content's staff hold its assignment; those who no longer do keep a trace."""
    new: list[dict[str, Any]] = []
    for holding in holdings:
        wanted = set(holding.content.staff)
        for code in sorted(holding.held - wanted):
            await _update(holding, staff[code], at, holding.sequence_number)
        for code in sorted(wanted - holding.held):
            if code not in staff:
                raise NotFoundError("staff_member", code)
            if code in holding.left_before:
                await _update(holding, staff[code], None, None)
            else:
                new.append({"assignment": holding.assignment_id, "staff": staff[code]})
    await insert_rows(AssignmentStaff, new)


async def _update(holding: Holding, staff_id: UUID, at: datetime | None, number: int | None) -> None:
    table = AssignmentStaff
    await table.update({table.left_at: at, table.left_sequence_number: number}).where(
        (table.assignment == holding.assignment_id) & (table.staff == staff_id)
    )
