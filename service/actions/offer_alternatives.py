"""The nearest free places, for who was refused one: read at most once a second for one partner."""

from collections import OrderedDict
from datetime import datetime
from functools import partial
from time import monotonic
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.assignments import assignment
from db.queries.place_hosts import KINDS
from db.records.place import TakenPlace
from db.records.territory import Territory
from db.transaction import inside_one
from service.actions.asked_at_once import SharedReading
from service.actions.read_places import Shelf, read_places, weeks_ahead
from service.errors import NotFound, ServiceError
from service.partners.errors import HoldLost, PlaceClosed, PlaceRefused, PlaceTaken
from service.partners.holder import Holder
from service.partners.opened import partner_facts
from service.partners.places import OfferedPlace, nearest

BEGUN = "La promotion a commencé, ou n’est plus ouverte. Rien n’a été enregistré."
CALLED_OFF = "Cette demi-journée a commencé, a changé ou n’a plus lieu. Rien n’a été enregistré."
RIGHT_FOR_SECONDS = 1.0
MOST_KEPT = 200


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody wanted a place; seats of promotions are apart from hours. `but` is the one just refused."""

    starts_at: datetime
    site: str
    is_seat: bool = False
    but: tuple[UUID, int] | None = None


class _Recent(msgspec.Struct, kw_only=True):
    """What one partner was offered lately, by where its officers wanted a place."""

    since: float
    shelf: Shelf
    found: dict[Near, tuple[OfferedPlace, ...]] = msgspec.field(default_factory=dict)


_recent: OrderedDict[tuple[UUID, str], _Recent] = OrderedDict()
_read_at_once: SharedReading[_Recent] = SharedReading()


async def with_alternatives(
    territory: Territory, holder: Holder, error: PlaceRefused, near: OfferedPlace, now: datetime
) -> PlaceRefused:
    """The same refusal with up to three places near the one that was wanted, and the list of who waits for a seat."""
    where = Near(
        starts_at=near.starts_at,
        site=near.site,
        is_seat=near.promotion is not None,
        but=(near.host_id, near.slot),
    )
    found = await alternatives(territory, holder, where, now)
    detail = error.detail or "Rien n’a été enregistré. Choisissez une autre place."
    waits_for = near.host_id if near.promotion and isinstance(error, PlaceTaken) else None
    return type(error)(detail, found, waits_for)


async def alternatives(
    territory: Territory, holder: Holder, near: Near, now: datetime
) -> tuple[OfferedPlace, ...]:
    """The free places nearest to where one was wanted: what is offered is checked again when it is taken."""
    recent = await _recently(territory, holder, now)
    if near not in recent.found:
        places = recent.shelf.seats if near.is_seat else recent.shelf.places
        others = [one for one in places if (one.host_id, one.slot) != near.but]
        recent.found[near] = nearest(others, near.starts_at, near.site)
    return recent.found[near]


async def refusal_where_nothing_is(
    territory: Territory, holder: Holder, host_id: UUID, now: datetime
) -> ServiceError:
    """A half-day or promotion of a partner's sites that is over or called off: closed, with others near it.

    Whatever else was asked for is not found: what is not opened to a partner is not told.
    """
    facts = await partner_facts(territory)
    opened = facts.opened_to(facts.partner(holder.partner))
    group = next((one for one in facts.promotions.values() if one.id == host_id), None)
    where = (
        Near(starts_at=now, site=group.site, is_seat=True)
        if group
        else await _near_half_day(territory, host_id)
    )
    detail = BEGUN if group else CALLED_OFF
    if where is None or where.site not in opened:
        return NotFound("Cette place n’existe pas ou n’existe plus. Choisissez une place de la liste.")
    return PlaceClosed(detail, await alternatives(territory, holder, where, now))


async def _near_half_day(territory: Territory, host_id: UUID) -> Near | None:
    try:
        host = await assignment(territory.id, host_id)
    except NotFoundError:
        return None
    return Near(starts_at=host.starts_at, site=host.site or "") if host.kind in KINDS else None


async def lost_hold(
    territory: Territory, holder: Holder, hold: TakenPlace, now: datetime, detail: str
) -> HoldLost:
    """The refusal of what is held no more, with others near it; of a seat that is full, where one waits."""
    near = await _where_it_was(territory, hold)
    found = await alternatives(territory, holder, near, now)
    seats = (await _recently(territory, holder, now)).shelf.seats if near.is_seat else ()
    full = any((one.host_id, one.state) == (hold.host_id, "taken") for one in seats)
    return HoldLost(detail, found, hold.host_id if full else None)


async def _where_it_was(territory: Territory, place: TakenPlace) -> Near:
    """When and where a place lies whose half-day may be gone."""
    try:
        host = await assignment(territory.id, place.host_id)
    except NotFoundError:
        return Near(starts_at=place.created_at, site="", is_seat=place.host_kind == "promotion")
    return Near(starts_at=host.starts_at, site=host.site or "")


async def _recently(territory: Territory, holder: Holder, now: datetime) -> _Recent:
    key = (territory.id, holder.partner)
    known = _recent.get(key)
    if known is not None and monotonic() - known.since <= RIGHT_FOR_SECONDS:
        return known
    # Who is inside a transaction must not wait for another task.
    read = partial(_read, territory, holder, now)
    return await (read() if inside_one() else _read_at_once.ask(key, read))


async def _read(territory: Territory, holder: Holder, now: datetime) -> _Recent:
    reader = msgspec.structs.replace(holder, coordinator=False)
    since = monotonic()
    shelf = await read_places(territory, reader, weeks_ahead(territory, now), now)
    found = _recent[territory.id, holder.partner] = _Recent(since=since, shelf=shelf)
    while len(_recent) > MOST_KEPT:
        _recent.popitem(last=False)
    return found
