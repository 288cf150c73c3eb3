"""What happened to an assignment without changing it: somebody is late."""

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
