"""A seat became free: whoever waits first has it, until the promotion begins."""

from datetime import datetime

import msgspec

from db.errors import PlaceTakenError
from db.queries.orientations import change_orientation, orientation
from db.queries.places import take_place
from db.queries.promotions import first_sessions
from db.queries.waiting import leave_waiting, waiting_for
from db.records.place import PlaceRequest
from db.records.territory import Territory
from service.partners.opened import partner_facts
from service.partners.seats import seats_of


async def serve_waiting(territory: Territory, promotion: str, now: datetime) -> int:
    """In the caller's transaction, under the territory's lock; how many got a seat."""
    facts = await partner_facts(territory)
    group = facts.promotions.get(promotion)
    first = (await first_sessions(territory.id, [promotion])).get(promotion)
    if group is None or group.id is None or (first is not None and first.starts_at <= now):
        return 0
    served = 0
    for turn in await waiting_for(territory.id, promotion):
        found = await orientation(territory.id, turn.orientation_id)
        partner = facts.partners.get(found.partner)
        if partner is None or partner.archived_at is not None:
            continue
        request = PlaceRequest(
            host_kind="promotion",
            host_id=group.id,
            slot=0,
            capacity=seats_of(group),
            state="booked",
            partner_id=partner.id,
            orientation_id=found.id,
        )
        try:
            (taken,) = await take_place(territory.id, request, now=now)
        except PlaceTakenError:
            break
        seated = msgspec.structs.replace(found, state="planned", place=taken.place, confirmed_at=now)
        await change_orientation(territory.id, seated, was="waiting")
        await leave_waiting(found.id, at=now)
        served += 1
    return served
