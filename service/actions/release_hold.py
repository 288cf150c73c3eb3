"""Give back a place that is held; what was given back or has expired stays so."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.places import release_places
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.serve_waiting import serve_waiting_at
from service.actions.take_up_hold import take_up_hold
from service.partners.errors import AlreadyOriented
from service.partners.holder import Holder


async def release_hold(territory: Territory, holder: Holder, hold_id: UUID) -> None:
    """Raises `NotFound` for somebody else's hold, `AlreadyOriented` when it became an orientation."""
    now = datetime.now(UTC)

    async def work() -> None:
        hold = await take_up_hold(territory, holder, hold_id)
        if hold.state == "booked" and hold.released_at is None:
            raise AlreadyOriented("Pour la rendre, annulez l’orientation.")
        await release_places([hold_id], reason="given_back", at=now)
        if hold.host_kind == "promotion":
            await serve_waiting_at(territory, hold.host_id, now)

    await in_transaction(work, territory_id=territory.id)
