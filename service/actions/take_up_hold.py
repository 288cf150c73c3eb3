"""A hold whose own session ended goes on under the next one of the same account: signing in again costs no place."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from db.queries.place_hosts import place_by_id
from db.queries.places import hand_over
from db.queries.sessions import session_by_id
from db.records.place import TakenPlace
from db.records.territory import Territory
from service.errors import NotFound
from service.partners.holder import Holder
from service.partners.settings import partner_settings


async def take_up_hold(territory: Territory, holder: Holder, hold_id: UUID) -> TakenPlace:
    """The hold, which is now this holder's. Raises `NotFound` for one of somebody else."""
    hold = await place_by_id(territory.id, hold_id)
    if hold is not None and hold.holder_id == holder.id:
        return hold
    unused = timedelta(minutes=partner_settings(territory).hold_minutes)
    if hold is None or hold.holder_id is None or not await _has_ended(hold.holder_id, holder, unused):
        raise NotFound("Cette place n’est pas retenue par vous.")
    return await hand_over(hold, holder.id)


async def _has_ended(session_id: UUID, holder: Holder, unused: timedelta) -> bool:
    """Whether that was a session of the same account which has ended, or is left alone for as long as a hold lasts."""
    before = await session_by_id(session_id)
    if before is None or before.account_id is None or before.account_id != holder.actor.account_id:
        return False
    now, seen = datetime.now(UTC), before.last_seen_at or before.created_at
    return before.revoked_at is not None or before.expires_at <= now or seen <= now - unused
