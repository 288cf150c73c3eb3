"""Hold a place for a few minutes: exactly one wins, who asks twice holds once, who loses is told of three others."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec

from db.errors import PlaceTakenError
from db.queries.place_hosts import holds_of, host_revision
from db.queries.places import take_place
from db.records.place import PlaceRequest, PlaceState, TakenPlace
from db.records.territory import Territory
from db.transaction import in_transaction, inside_one
from service.actions.asked_at_once import SharedReading, Taking
from service.actions.offer_alternatives import refusal_where_nothing_is, with_alternatives
from service.actions.read_places import Read, Shelf, Window, gather, read_places, weeks_ahead
from service.partners.errors import PlaceClosed, PlaceRefused, PlaceTaken, TooManyHolds
from service.partners.holder import Holder
from service.partners.places import OfferedPlace
from service.partners.settings import partner_settings


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A hold and the place it is on."""

    id: UUID
    place: OfferedPlace
    expires_at: datetime


_read_at_once: SharedReading[Read] = SharedReading()
_taking = Taking()


async def hold_place(
    territory: Territory, holder: Holder, host_id: UUID, slot: int, now: datetime | None = None
) -> Held:
    """Raises `PlaceTaken`, `PlaceClosed` with alternatives, `TooManyHolds`, `NotFound`."""
    instant, alone = now or datetime.now(UTC), inside_one()
    shelf = await (
        shelf_of(territory, holder, host_id, instant)
        if alone
        else _settled_shelf(territory, holder, (host_id, slot), instant)
    )
    own = [one for one in shelf.at(host_id, slot) if one.mine and one.state == "held"]
    if own and own[0].mine_id and own[0].expires_at:
        return Held(id=own[0].mine_id, place=own[0], expires_at=own[0].expires_at)
    place = what_is_left(shelf, host_id, slot)
    if place is None:
        raise await refusal_where_nothing_is(territory, holder, host_id, instant)
    try:
        refuse_what_is_not_free(place)
        with nullcontext() if alone else _taking.by_me((host_id, slot)):
            taken = await _take(territory, holder, shelf, place, instant)
    except PlaceRefused as error:
        raise await with_alternatives(territory, holder, error, place, instant) from error
    return Held(id=taken.id, place=place, expires_at=taken.expires_at or instant)


async def _settled_shelf(
    territory: Territory, holder: Holder, place: tuple[UUID, int], now: datetime
) -> Shelf:
    """What is there once nobody of this process is taking the place: who comes second need not try."""
    window = _window(territory, place[0], now)
    key = (territory.id, territory.facts_revision, holder.partner, window)
    while True:
        await _taking.settled(place)
        read = await _read_at_once.ask(key, partial(gather, territory, holder.partner, window, now))
        if not _taking.goes_on(place):
            return read.shelf(holder, now)


async def shelf_of(territory: Territory, holder: Holder, host_id: UUID, now: datetime) -> Shelf:
    """The places of one half-day or promotion, as the holder may see them."""
    return await read_places(territory, holder, _window(territory, host_id, now), now)


def _window(territory: Territory, host_id: UUID, now: datetime) -> Window:
    """One host on whatever day of the year to come: the page also shows weeks beyond the first ones."""
    window = weeks_ahead(territory, now)
    until_on = window.until_on + timedelta(days=365)
    return msgspec.structs.replace(window, until_on=until_on, host_ids=(host_id,))


def what_is_left(shelf: Shelf, host_id: UUID, slot: int) -> OfferedPlace | None:
    """What is there for anybody, else what shows that there is nothing more; None where there is no place."""
    found = shelf.at(host_id, slot)
    left = [one for one in found if one.mine_id is None]
    if not found:
        return None
    return left[0] if left else msgspec.structs.replace(found[0], state="taken")


def refuse_what_is_not_free(place: OfferedPlace) -> None:
    """Raises `PlaceClosed`, `PlaceTaken`."""
    if place.state == "closed":
        raise PlaceClosed
    if place.state != "free":
        raise PlaceTaken


async def _take(
    territory: Territory, holder: Holder, shelf: Shelf, place: OfferedPlace, now: datetime
) -> TakenPlace:
    settings = partner_settings(territory)

    async def work() -> TakenPlace:
        await refuse_changed_host(place)
        await _refuse_hoarding(territory, holder, place, now)
        request = request_for(shelf, place, holder, "held")
        request = msgspec.structs.replace(request, expires_at=now + timedelta(minutes=settings.hold_minutes))
        return (await take_place(territory.id, request, now=now))[0]

    try:
        return await in_transaction(work, territory_id=territory.id)
    except PlaceTakenError as error:
        raise PlaceTaken from error


async def _refuse_hoarding(territory: Territory, holder: Holder, place: OfferedPlace, now: datetime) -> None:
    """Under the territory's lock: whoever presses often at once holds no more. Raises `TooManyHolds`."""
    held = await holds_of(territory.id, holder.id, now=now)
    others = [one for one in held if (one.host_id, one.slot) != (place.host_id, place.slot)]
    if len(others) >= partner_settings(territory).holds_at_once:
        raise TooManyHolds("Orientez une personne ou rendez une place, puis recommencez.")


async def refuse_changed_host(place: OfferedPlace) -> None:
    """A half-day that was called off, moved or given other people since it was looked at. Raises `PlaceClosed`."""
    if place.host_kind != "promotion" and await host_revision(place.host_id) != place.revision:
        raise PlaceClosed("La demi-journée vient de changer.")


def request_for(shelf: Shelf, place: OfferedPlace, holder: Holder, state: PlaceState) -> PlaceRequest:
    """The wish for a place, as the table of taken places takes it."""
    return PlaceRequest(
        host_kind=place.host_kind,
        host_id=place.host_id,
        slot=place.slot,
        capacity=place.capacity,
        state=state,
        partner_id=shelf.partner.id,
        holder_id=holder.id,
    )
