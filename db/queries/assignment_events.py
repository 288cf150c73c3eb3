"""What happened to an assignment without changing it: somebody is late; and when something last happened to each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.queries.assignment_writing import Author, content_of
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.tables.assignment import AssignmentEvent
from db.transaction import transaction


async def note_event(territory: Territory, one: Assignment, author: Author, *, what: str) -> None:
    """One line of its history, at the revision it has."""
    content = content_of(one)
    row = {
        "assignment": one.id,
        "territory": territory.id,
        "at": author.at,
        "actor_id": author.actor_id,
        "actor_label": author.actor_label,
        "what": what,
        "revision": one.revision,
        "before": content,
        "after": content,
    }
    async with transaction():
        await insert_rows(AssignmentEvent, [row])
        mention(Mention(what=what, kind=one.kind, ref=str(one.id), territory_id=territory.id))


async def last_events_of(assignment_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each of them was last changed, called off, or said to be late."""
    table: Any = AssignmentEvent
    if not assignment_ids:
        return {}
    rows = (
        await table.select(table.assignment, table.at)
        .where(table.assignment.is_in(list(assignment_ids)))
        .order_by(table.at)
    )
    return {row["assignment"]: row["at"] for row in rows}


async def last_noted(assignment_ids: Sequence[UUID], begins: str) -> dict[UUID, str]:
    """Of each, the last event that begins so: `late:20` of `late:`; nothing of those without one."""
    table: Any = AssignmentEvent
    if not assignment_ids:
        return {}
    rows = (
        await table.select(table.assignment, table.what)
        .where(table.assignment.is_in(list(assignment_ids)) & table.what.like(f"{begins}%"))
        .order_by(table.at)
    )
    return {row["assignment"]: row["what"] for row in rows}
