"""The last guards: claims of staff on half-days and on hours, unique while not released."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from db.bulk import insert_rows
from db.records.assignment import Content, Write
from db.tables.assignment import StaffInterview, StaffPresence

CHUNK = 500
_TABLES: dict[bool, tuple[type[Table], tuple[str, str]]] = {
    False: (StaffPresence, ("held_on", "half_day")),
    True: (StaffInterview, ("starts_at", "ends_at")),
}
CLAIMS_OVERRULED = frozenset({"one_place_at_a_time", "interview_capacity"})
"""Breaches of these rules, when a coordinator wants them, let a claim stand beside another."""


async def release(assignment_ids: Sequence[UUID], at: datetime) -> None:
    """Give up every claim of these assignments."""
    for table in (StaffPresence, StaffInterview):
        for start in range(0, len(assignment_ids), CHUNK):
            chunk = list(assignment_ids[start : start + CHUNK])
            await table.update({table.released_at: at}).where(
                table.assignment.is_in(chunk) & table.released_at.is_null()
            )


Hours = tuple[datetime, datetime]
HalfDays = tuple[date, str]


def claims_of(content: Content) -> frozenset[tuple[str, HalfDays | Hours]]:
    """What a content claims, by staff code: half-days of a presence, hours of an interview."""
    if content.status == "cancelled":
        return frozenset()
    if content.kind == "interview":
        return frozenset((code, (content.starts_at, content.ends_at)) for code in content.staff)
    half_days = ("am", "pm") if content.half_day is None else (content.half_day,)
    return frozenset((code, (content.held_on, half)) for code in content.staff for half in half_days)


async def claim(writes: Sequence[Write], staff: dict[str, UUID]) -> None:
    """Claim what these assignments need. Raises `AlreadyThereError`, `RefusedError` when it is taken."""
    rows: dict[type[Table], list[dict[str, Any]]] = {StaffPresence: [], StaffInterview: []}
    for write in writes:
        overruled = any(breach.get("rule") in CLAIMS_OVERRULED for breach in write.overruled)
        table, names = _TABLES[write.content.kind == "interview"]
        for code, what in sorted(claims_of(write.content), key=str):
            who = {"staff": staff[code], "assignment": write.id, "overruled": overruled}
            rows[table].append(who | dict(zip(names, what, strict=True)))
    for table, claims in rows.items():
        await insert_rows(table, claims)
