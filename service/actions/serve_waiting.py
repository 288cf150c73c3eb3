"""A seat became free: whoever waits first has it, until the promotion begins."""

from datetime import datetime
from uuid import UUID

import msgspec

from db.errors import PlaceTakenError
from db.queries.orientations import change_orientation, orientation
from db.queries.partner_demand import count_demand
from db.queries.place_hosts import standing_places
from db.queries.places import take_place
from db.queries.territories import territory_by_id
from db.queries.waiting import leave_waiting, lists_that_wait, waiting_for
from db.records.orientation import Waiting
from db.records.place import PlaceRequest
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.read_groups import read_groups
from service.partners.opened import partner_facts
from service.partners.seats import Group


async def serve_waiting(territory: Territory, promotion: str, now: datetime) -> int:
    """In the caller's transaction, under the territory's lock; how many got a seat."""
    group = await _group(territory, promotion)
    if group is None or group.begins_at <= now:
        return 0
    served = 0
    for turn in await waiting_for(territory.id, promotion):
        try:
            await _seat(territory, group, turn, now)
        except PlaceTakenError:
            break
        served += 1
    return served


async def serve_waiting_at(territory: Territory, promotion_id: UUID, now: datetime) -> int:
    """The same, for a promotion by its id."""
    promotions = (await partner_facts(territory)).promotions.values()
    codes = [one.code for one in promotions if one.id == promotion_id]
    return sum([await serve_waiting(territory, code, now) for code in codes])


async def seats_to_give(now: datetime) -> list[tuple[Territory, str]]:
    """Promotions of every territory in which somebody waits beside a free seat: a hold expired, or there are more seats."""
    found = []
    for territory_id, promotions in (await lists_that_wait()).items():
        territory = await territory_by_id(territory_id)
        for promotion in promotions:
            group = await _group(territory, promotion)
            if group is None or group.promotion.id is None or group.begins_at <= now:
                continue
            if len(await standing_places([group.promotion.id], now=now)) < group.capacity:
                found.append((territory, promotion))
    return found


async def serve_everybody(now: datetime) -> int:
    """Each list in a transaction of its own; how many got a seat."""
    count = 0
    for territory, promotion in await seats_to_give(now):
        count += await in_transaction(
            lambda territory=territory, promotion=promotion: serve_waiting(territory, promotion, now),  # type: ignore[misc]
            territory_id=territory.id,
        )
    return count


async def _group(territory: Territory, promotion: str) -> Group | None:
    known = (await partner_facts(territory)).promotions.get(promotion)
    if known is None or known.id is None or known.archived_at is not None or not known.sequences:
        return None
    return (await read_groups(territory, (known,)))[0]


async def _seat(territory: Territory, group: Group, turn: Waiting, now: datetime) -> None:
    """Raises `PlaceTakenError` when there is none."""
    found = await orientation(territory.id, turn.orientation_id)
    partner = (await partner_facts(territory)).partner(found.partner)
    assert group.promotion.id is not None
    request = PlaceRequest(
        host_kind="promotion",
        host_id=group.promotion.id,
        slot=0,
        capacity=group.capacity,
        state="booked",
        partner_id=partner.id,
        orientation_id=found.id,
    )
    (taken,) = await take_place(territory.id, request, now=now)
    seated = msgspec.structs.replace(found, state="planned", place=taken.place, confirmed_at=now)
    await change_orientation(territory.id, seated, was="waiting")
    await leave_waiting(found.id, at=now)
    site, begins_on = group.promotion.site, group.begins_on(territory.zone)
    await count_demand(territory.id, found.partner, site, begins_on, got=1)
