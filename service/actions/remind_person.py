"""À rappeler: note that a person was reminded of an appointment, or was not after all."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.assignments import assignment
from db.queries.recalls import Reminder, note_reminder
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.errors import BadInput


async def remind_person(
    territory: Territory, assignment_id: UUID, actor: Actor, *, done: bool = True
) -> None:
    """Raises `NotFoundError`, `Forbidden`, `BadInput` when the appointment names nobody."""
    now = datetime.now(UTC)

    async def work() -> None:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff)
        if found.participant is None:
            raise BadInput("Ce rendez-vous n’a pas de personne à rappeler.")
        about = Reminder(found.staff[0], found.participant, found.id, found.held_on)
        await note_reminder(territory.id, about, at=now if done else None)

    await in_transaction(work, territory_id=territory.id)
