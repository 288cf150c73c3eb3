"""En retard: noted at once, nothing moves; the answer is who waits."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from db.queries.assignment_events import last_noted, note_event
from db.queries.assignments import Wanted, assignment, assignments_of
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.cancel_today import AlreadyOver, Displaced, displaced
from service.actions.landed_on import STANDING

LATE = "late"


async def minutes_late(assignment_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How late somebody last said to be, for those for which anybody did."""
    said = await last_noted(assignment_ids, f"{LATE}:")
    return {one: int(what.removeprefix(f"{LATE}:")) for one, what in said.items()}


async def say_late(
    territory: Territory, assignment_id: UUID, actor: Actor, *, minutes: int
) -> tuple[Displaced, ...]:
    """The thing itself and what lies in it that begins before they are there, the nearest first.

    Raises `NotFoundError`, `AlreadyOver`, `Forbidden`.
    """
    now = datetime.now(UTC)

    async def work() -> tuple[Assignment, ...]:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff)
        if found.status not in STANDING or found.ends_at <= now:
            raise AlreadyOver
        await note_event(territory, found, actor.author(now), what=f"{LATE}:{minutes}")
        guests = await assignments_of(territory.id, Wanted(host_ids=(found.id,)))
        mine = (one for one in guests if actor.only_staff is None or actor.only_staff in one.staff)
        waiting = [one for one in mine if one.status in STANDING and one.ends_at > now]
        return (found, *waiting)

    found = await in_transaction(work, territory_id=territory.id)
    return tuple(displaced(one) for one in sorted(found, key=lambda one: one.starts_at))
