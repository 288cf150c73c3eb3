"""Prévenu: tick that somebody was told of a change, with the hour; a slip is taken back."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.assignments import assignment
from db.queries.told import tick, untick
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor


async def tell_person(
    territory: Territory, assignment_id: UUID, recipient: str, actor: Actor, *, told: bool = True
) -> None:
    """`recipient` is a kind and a code, as site/gagny. Raises `NotFoundError`, `Forbidden`."""

    async def work() -> None:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff, *(one.staff for one in found.former_staff))
        if told:
            now = datetime.now(UTC)
            await tick(territory.id, found.id, recipient, by=actor.account_id, at=now)
        else:
            await untick(territory.id, found.id, recipient)

    await in_transaction(work, territory_id=territory.id)
