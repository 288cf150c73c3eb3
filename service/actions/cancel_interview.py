"""Cancel one interview to come: by us, by the site, or because the person said so; it waits for another place."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.assignments import assignment
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.as_read import must_be_as_read
from service.actions.call_off import CallOff, call_off
from service.actions.cancel_reasons import must_be_listed, whose
from service.actions.move_interview import own_interview
from service.actions.wait_again import wait_again
from service.translate.cancelled import Canceller


async def cancel_interview(
    territory: Territory,
    assignment_id: UUID,
    actor: Actor,
    *,
    reason: str,
    by: Canceller,
    revision: int | None = None,
) -> Assignment:
    """Raises `NotFoundError`, `AlreadyOver`, `Forbidden`, `BadInput` on a reason that is not in the list, and
    `Changed` when it is no longer at `revision`."""
    must_be_listed(territory, reason)
    now = datetime.now(UTC)

    async def work() -> Assignment:
        found = await own_interview(territory, assignment_id, actor)
        await must_be_as_read(found, revision)
        await call_off(territory, [found], CallOff(by=whose(reason, by), reason=reason), actor, now)
        await wait_again(territory, [found], now)
        return await assignment(territory.id, assignment_id)

    return await in_transaction(work, territory_id=territory.id)
