"""The nearest free places, for who was refused one: read at most once a second for one partner."""

import asyncio
from collections import OrderedDict
from datetime import datetime
from time import monotonic
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.assignments import assignment
from db.records.place import TakenPlace
from db.records.territory import Territory
from service.actions.read_places import Shelf, read_places, weeks_ahead
from service.partners.errors import PlaceRefused
from service.partners.holder import Holder
from service.partners.places import OfferedPlace, nearest

RIGHT_FOR_SECONDS = 1.0
MOST_KEPT = 200
_recent: OrderedDict[tuple[UUID, str], tuple[float, "asyncio.Future[Shelf]"]] = OrderedDict()


async def with_alternatives(
    territory: Territory, holder: Holder, error: PlaceRefused, near: OfferedPlace, now: datetime
) -> PlaceRefused:
    """The same refusal with up to three places near the one that was wanted."""
    found = await alternatives(
        territory, holder, (near.starts_at, near.site, near.promotion is not None), now
    )
    return type(error)(error.detail or "Rien n’a été enregistré. Choisissez une autre place.", found)


async def alternatives(
    territory: Territory, holder: Holder, near: tuple[datetime, str, bool], now: datetime
) -> tuple[OfferedPlace, ...]:
    """Free places nearest to a start and a site; seats of promotions when the third is true."""
    starts_at, site, is_seat = near
    shelf = await _recent_shelf(territory, holder, now)
    return nearest(shelf.seats if is_seat else shelf.places, starts_at, site)


async def where_it_was(territory: Territory, place: TakenPlace) -> tuple[datetime, str, bool]:
    """When and where a place lies whose half-day may be gone."""
    try:
        host = await assignment(territory.id, place.host_id)
    except NotFoundError:
        return place.created_at, "", place.host_kind == "promotion"
    return host.starts_at, host.site or "", False


async def _recent_shelf(territory: Territory, holder: Holder, now: datetime) -> Shelf:
    """One reading for all who ask in the same instant: what it offers is checked again when it is taken."""
    key = (territory.id, holder.partner)
    known = _recent.get(key)
    if known is None or monotonic() - known[0] > RIGHT_FOR_SECONDS or known[1].cancelled():
        reader = msgspec.structs.replace(holder, coordinator=False)
        task = asyncio.ensure_future(read_places(territory, reader, weeks_ahead(territory, now), now))
        known = (monotonic(), task)
        _recent[key] = known
        while len(_recent) > MOST_KEPT:
            _recent.popitem(last=False)
    return await asyncio.shield(known[1])
