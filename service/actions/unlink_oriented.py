"""A reference that was linked to an orientation by mistake is taken off it; the orientation keeps its place."""

from uuid import UUID

import msgspec

from db.queries.orientations import change_orientation
from db.records.orientation import Orientation
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.cancel_orientation import own_orientation
from service.actions.leave_promotion import leave_seat
from service.partners.holder import Holder


async def unlink_oriented(territory: Territory, holder: Holder, orientation_id: UUID) -> Orientation:
    """A second time it is unlinked already. Raises `NotFound`."""

    async def work() -> Orientation:
        found = await own_orientation(territory, holder, orientation_id)
        if found.participant_id is None:
            return found
        free = msgspec.structs.replace(found, participant_id=None)
        if found.promotion is None:
            return await change_orientation(territory.id, free, was=found.state)
        await leave_seat(territory, found, free, found.promotion)
        return free

    return await in_transaction(work, territory_id=territory.id)
