"""Interviews of a publication in the one table of taken places: given back first, then taken."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from db.queries.assignment_writing import content_of
from db.queries.orientations import change_orientation, orientation
from db.queries.places import release_hosts, release_interviews, take_places
from db.records.assignment import Assignment, Content, Write
from db.records.place import PlaceRequest, TakenPlace
from db.records.territory import Territory
from service.translate.horizon import Horizon
from service.translate.openings import HalfDayHours
from service.translate.problem import Translated

HOSTS = ("permanence", "office")


async def give_back_places(
    standing: Iterable[Assignment], writes: Iterable[Write], now: datetime
) -> tuple[TakenPlace, ...]:
    """Releases the places of interviews that change, and every place of hosts that vanish.

    Gives those of orientations among the interviews: they stay partners' bookings where they go.
    """
    contents = {write.id: write.content for write in writes}
    changing = [one for one in standing if one.id in contents and content_of(one) != contents[one.id]]
    interviews = [one.id for one in changing if one.kind == "interview"]
    moving = await release_interviews(interviews, reason="moved", at=now)
    for kind in HOSTS:
        gone = [one.id for one in changing if one.kind == kind and contents[one.id].status == "cancelled"]
        await release_hosts(kind, gone, reason="host-gone", at=now)
    return tuple(one for one in moving if one.orientation_id is not None)


async def take_published_places(
    territory: Territory,
    translated: Translated,
    writes: Sequence[Write],
    touched: Collection[UUID],
    moving: Sequence[TakenPlace],
    now: datetime,
) -> None:
    """Takes a place for each interview that is new or changed. Raises `PlaceTakenError`.

    Those that follow their permanence keep the place they have: `give_back_places` knows nothing of them.
    """
    writes = [write for write in writes if write.what != "followed"]
    hosts = {write.id: write.content for write in writes if write.content.kind in HOSTS}
    wanted = [write for write in writes if write.id in touched and write.content.status != "cancelled"]
    booked = {one.interview_id: one for one in moving}
    requests = [_still_booked(one, booked) for one in place_requests(translated, wanted, hosts)]
    for place in await take_places(territory.id, requests, now=now):
        if place.orientation_id is not None:
            await _lies_now(territory, place)


def _still_booked(request: PlaceRequest, booked: Mapping[UUID | None, TakenPlace]) -> PlaceRequest:
    """An orientation's place stays the partner's."""
    before = booked.get(request.interview_id)
    if before is None:
        return request
    return msgspec.structs.replace(
        request,
        state="booked",
        partner_id=before.partner_id,
        orientation_id=before.orientation_id,
        holder_id=before.holder_id,
    )


async def _lies_now(territory: Territory, place: TakenPlace) -> None:
    assert place.orientation_id is not None
    found = await orientation(territory.id, place.orientation_id)
    moved = msgspec.structs.replace(found, host_id=place.host_id, slot=place.slot, place=place.place)
    await change_orientation(territory.id, moved, was=found.state)


def place_requests(
    translated: Translated, wanted: Iterable[Write], hosts: Mapping[UUID, Content]
) -> Iterator[PlaceRequest]:
    """The place that each interview inside a half-day of `hosts` takes."""
    facts = translated.problem
    horizon = Horizon(facts.first_on, facts.last_on, facts.today_on or facts.first_on, facts.zone)
    hours = HalfDayHours(facts, horizon)
    together = {one.id: one.interview_places for one in facts.sites}
    for write in wanted:
        host = hosts.get(write.content.host_id) if write.content.host_id else None
        if host is None or host.site is None or host.half_day is None:
            continue
        of_host = host.site, host.held_on, host.half_day
        on_a_slot = write.content.starts_at in hours.slots(*of_host)
        touched = hours.slots_touched(*of_host, (write.content.starts_at, write.content.ends_at))
        yield PlaceRequest(
            host_kind=host.kind,
            host_id=write.content.host_id,  # type: ignore[arg-type]
            slot=touched[0] if touched else 0,
            # Off the slots only by a person's own decision: then one more than there are.
            capacity=min(len(host.staff), together[host.site]) if on_a_slot else None,
            slots=write.content.slots if on_a_slot else max(1, len(touched)),
            state="published",
            interview_id=write.id,
        )
