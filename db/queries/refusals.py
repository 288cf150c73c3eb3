"""Refusals in the trail, whose lines are never changed: each is told once an hour, however often somebody asks."""

from typing import Any

import msgspec

from db.records.trail import TrailEntry
from db.tables.trail import AuditTrail
from db.trail_keeping import keep_entries
from db.transaction import in_transaction, lock

MOST_NAMED = 20
"""Of more references that one person is refused within an hour, the others are told by their page."""


async def note_refusal(entry: TrailEntry, *, page: str) -> None:
    """Unless this person was refused the same in the same territory since the hour began.

    `entry` says who, where and what; `page` is the address that was asked for, what it names left out.
    """
    if await _left_to_tell(entry, page) is None:
        return

    async def work() -> None:
        await lock(f"refusals {entry.actor_id}")
        left = await _left_to_tell(entry, page)
        if left is not None:
            await keep_entries(left)

    await in_transaction(work)


async def _left_to_tell(entry: TrailEntry, page: str) -> TrailEntry | None:
    told = await _told(entry)
    named = sum(kind == "participant" for kind, _ in told)
    if (entry.about_kind, entry.about_ref) in told:
        return None
    if entry.about_kind != "participant" or named < MOST_NAMED:
        return entry
    by_page = msgspec.structs.replace(entry, about_kind="page", about_ref=page)
    return None if ("page", page) in told else by_page


async def _told(entry: TrailEntry) -> set[tuple[str | None, str | None]]:
    """Kind and reference of each line of this person, in this territory and this hour."""
    table: Any = AuditTrail
    here = table.territory_id
    rows = await table.select(table.about_kind, table.about_ref).where(
        (table.at >= entry.at.replace(minute=0, second=0, microsecond=0))
        & (table.action == entry.action)
        & (table.actor_id == entry.actor_id)
        & (here.is_null() if entry.territory_id is None else here == entry.territory_id)
    )
    return {(row["about_kind"], row["about_ref"]) for row in rows}
