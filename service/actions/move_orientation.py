"""Move an orientation to another free place: the new one is taken before the old one is given back, or nothing happens."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.errors import PlaceTakenError, RefusedError
from db.queries.assignments import assignment
from db.queries.orientations import change_orientation
from db.queries.place_hosts import places_for
from db.queries.places import release_places, take_place
from db.records.assignment import Assignment
from db.records.orientation import Orientation
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.cancel_orientation import own_orientation, refuse_too_late
from service.actions.forget_need import forget_need
from service.actions.hold_place import (
    refuse_changed_host,
    refuse_what_is_not_free,
    request_for,
    shelf_of,
    what_is_left,
)
from service.actions.offer_alternatives import refusal_where_nothing_is, with_alternatives
from service.actions.orient import Wish, leave_by_on, write_interview
from service.partners.errors import OrientationOver, PlaceRefused, PlaceTaken
from service.partners.form import OrientationForm
from service.partners.holder import Holder
from service.partners.places import OfferedPlace


async def move_orientation(
    territory: Territory, holder: Holder, orientation_id: UUID, host_id: UUID, slot: int
) -> Orientation:
    """At its new place; a second time it is there already. Raises `PlaceRefused` with alternatives, `NotFound`."""
    now = datetime.now(UTC)
    found = await own_orientation(territory, holder, orientation_id)
    if (found.state, found.host_id, found.slot) == ("planned", host_id, slot):
        return found
    place = what_is_left(await shelf_of(territory, holder, host_id, now), host_id, slot)
    if place is None:
        raise await refusal_where_nothing_is(territory, holder, host_id, now)
    try:
        refuse_what_is_not_free(place)
        return await in_transaction(
            lambda: _move(territory, holder, orientation_id, place, now), territory_id=territory.id
        )
    except (PlaceTakenError, RefusedError) as error:
        raise await with_alternatives(territory, holder, PlaceTaken(), place, now) from error
    except PlaceRefused as error:
        raise await with_alternatives(territory, holder, error, place, now) from error


async def _move(
    territory: Territory, holder: Holder, orientation_id: UUID, place: OfferedPlace, now: datetime
) -> Orientation:
    found = await own_orientation(territory, holder, orientation_id)
    if (found.state, found.host_id, found.slot) == ("planned", place.host_id, place.slot):
        return found
    interview = await _still_to_come(territory, found, now)
    await refuse_too_late(territory, holder, interview, now)
    await refuse_changed_host(place)
    shelf = await shelf_of(territory, holder, place.host_id, now)
    before = await places_for(found.id)
    request = msgspec.structs.replace(
        request_for(shelf, place, holder, "booked"), orientation_id=found.id, interview_id=interview.id
    )
    taken = await take_place(territory.id, request, now=now)
    await release_places([one.id for one in before], reason="moved", at=now)
    await forget_need(territory, interview, now)
    wish = Wish(territory=territory, holder=holder, form=_form(found), now=now)
    moved = msgspec.structs.replace(
        found,
        host_id=place.host_id,
        slot=place.slot,
        place=taken[0].place,
        leave_by_on=leave_by_on(wish, place),
    )
    await write_interview(wish, moved, place, before=interview)
    return await change_orientation(territory.id, moved, was="planned")


async def _still_to_come(territory: Territory, found: Orientation, now: datetime) -> Assignment:
    """Its interview. Raises `OrientationOver` for what is cancelled, past, or a seat."""
    if found.state != "planned" or found.interview_id is None:
        raise OrientationOver
    interview = await assignment(territory.id, found.interview_id)
    if interview.status == "cancelled" or interview.starts_at <= now:
        raise OrientationOver
    return interview


def _form(found: Orientation) -> OrientationForm:
    return OrientationForm(
        label=found.label,
        need=found.need,
        officer=found.officer or "",
        officer_phone=found.officer_phone or "",
        asks_leave=found.asks_leave,
    )
