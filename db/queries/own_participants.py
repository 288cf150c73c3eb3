"""Whom a staff member follows or meets: the participants that they may see."""

from datetime import date
from typing import Any
from uuid import UUID

from db.tables.assignment import Assignment, AssignmentStaff
from db.tables.need import InterviewNeed
from db.tables.participant import Path
from db.transaction import snapshot


async def own_participants(territory_id: UUID, staff: str, *, since_on: date) -> frozenset[str]:
    """References of those whom they follow, or whom they meet on or after a date.

    A path that has ended and a need that is met or closed no longer count.
    """
    async with snapshot():
        found = {
            *await _referred(Path, territory_id, staff, ("running", "suspended")),
            *await _referred(InterviewNeed, territory_id, staff, ("open",)),
        }
        return frozenset(found | await _met(territory_id, staff, since_on))


async def _referred(table: Any, territory_id: UUID, staff: str, states: tuple[str, ...]) -> set[str]:
    rows = await table.select(table.participant.code.as_alias("code")).where(
        (table.territory == territory_id)
        & (table.referent.code == staff)
        & table.participant.is_not_null()
        & table.state.is_in(list(states))
    )
    return {row["code"] for row in rows}


async def _met(territory_id: UUID, staff: str, since_on: date) -> set[str]:
    whole: Any = AssignmentStaff.assignment
    person: Any = AssignmentStaff.staff
    held = await AssignmentStaff.select(AssignmentStaff.assignment).where(
        (person.code == staff)
        & (whole.territory == territory_id)
        & (whole.held_on >= since_on)
        & AssignmentStaff.left_at.is_null()
    )
    ids = [row["assignment"] for row in held]
    found: set[str] = set()
    participant: Any = Assignment.participant
    for start in range(0, len(ids), 500):
        rows = await Assignment.select(participant.code.as_alias("code")).where(
            Assignment.id.is_in(ids[start : start + 500]) & Assignment.participant.is_not_null()
        )
        found |= {row["code"] for row in rows}
    return found
