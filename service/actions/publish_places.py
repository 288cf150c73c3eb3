"""Interviews of a publication in the one table of taken places: given back first, then taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from db.queries.assignment_writing import content_of
from db.queries.places import release_hosts, release_interviews, take_places
from db.records.assignment import Assignment, Content, Write, Written
from db.records.place import PlaceRequest
from db.records.territory import Territory
from service.translate.horizon import Horizon
from service.translate.openings import HalfDayHours
from service.translate.problem import Translated

HOSTS = ("permanence", "office")


async def give_back_places(standing: Iterable[Assignment], writes: Iterable[Write], now: datetime) -> None:
    """Releases the places of interviews that change, and every place of hosts that vanish."""
    contents = {write.id: write.content for write in writes}
    changing = [one for one in standing if one.id in contents and content_of(one) != contents[one.id]]
    interviews = [one.id for one in changing if one.kind == "interview"]
    await release_interviews(interviews, reason="moved", at=now)
    for kind in HOSTS:
        gone = [one.id for one in changing if one.kind == kind and contents[one.id].status == "cancelled"]
        await release_hosts(kind, gone, reason="host-gone", at=now)


async def take_published_places(
    territory: Territory, translated: Translated, writes: Sequence[Write], written: Written, now: datetime
) -> None:
    """Takes a place for each interview that is new or changed. Raises `PlaceTakenError`."""
    touched = {*written.created, *written.changed}
    hosts = {write.id: write.content for write in writes if write.content.kind in HOSTS}
    wanted = [write for write in writes if write.id in touched and write.content.status != "cancelled"]
    await take_places(territory.id, list(place_requests(translated, wanted, hosts)), now=now)


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
        slots = hours.slots(host.site, host.held_on, host.half_day)
        on_a_slot = write.content.starts_at in slots
        yield PlaceRequest(
            host_kind=host.kind,
            host_id=write.content.host_id,  # type: ignore[arg-type]
            slot=slots.index(write.content.starts_at) if on_a_slot else 0,
            # Off the slots only by a person's own decision: then one more than there are.
            capacity=min(len(host.staff), together[host.site]) if on_a_slot else None,
            slots=write.content.slots,
            state="published",
            interview_id=write.id,
        )
