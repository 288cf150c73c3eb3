"""Call off published things: their identity stays, their places and pins are given back, who came there is told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.assignment_writing import write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.pin_storing import release_pin
from db.queries.places import release_hosts, release_interviews
from db.records.assignment import Assignment, Write, Written
from db.records.place import TakenPlace
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.lose_orientations import lose_orientations
from service.translate.cancelled import Canceller, cancelled_content

HOSTS = ("permanence", "office")


class CallOff(msgspec.Struct, frozen=True, kw_only=True):
    """Why, by whom, and what the history calls it. `reason` is a code of the territory's list."""

    by: Canceller = "us"
    reason: str | None = None
    what: str = "cancelled"
    plan_id: UUID | None = None


class CalledOff(msgspec.Struct, frozen=True, kw_only=True):
    """What was called off, interviews of a host included, and the places that partners lost."""

    assignments: tuple[Assignment, ...]
    written: Written
    lost_places: tuple[TakenPlace, ...] = ()


async def call_off(
    territory: Territory, found: Sequence[Assignment], how: CallOff, actor: Actor, now: datetime
) -> CalledOff:
    """In the caller's transaction, under the territory's lock. Interviews of a host go with it."""
    hosts = [one.id for one in found if one.kind in HOSTS]
    guests = await _guests(territory.id, hosts)
    every = {one.id: one for one in (*found, *guests) if one.status in ("planned", "to_confirm")}
    writes = [
        Write(id=one.id, content=cancelled_content(one, by=how.by, reason=how.reason), what=how.what)
        for one in every.values()
    ]
    written = await write_assignments(territory.id, writes, actor.author(now, how.plan_id))
    lost = await _give_back(list(every.values()), how, now)
    for one in every.values():
        await _free(territory.id, one, now)
    await lose_orientations(territory, list(every.values()), (how.by, how.reason, now))
    return CalledOff(assignments=tuple(every.values()), written=written, lost_places=lost)


async def _guests(territory_id: UUID, hosts: Sequence[UUID]) -> tuple[Assignment, ...]:
    return await assignments_of(territory_id, Wanted(host_ids=tuple(hosts))) if hosts else ()


async def _give_back(found: Sequence[Assignment], how: CallOff, now: datetime) -> tuple[TakenPlace, ...]:
    interviews = [one.id for one in found if one.kind == "interview"]
    await release_interviews(interviews, reason=how.what, at=now)
    lost: tuple[TakenPlace, ...] = ()
    for kind in HOSTS:
        gone = [one.id for one in found if one.kind == kind]
        lost += await release_hosts(kind, gone, reason=how.what, at=now)
    return lost


async def _free(territory_id: UUID, one: Assignment, now: datetime) -> None:
    """What is called off is no longer pinned: its need waits for another place."""
    try:
        await release_pin(territory_id, one.key, at=now)
    except NotFoundError:
        return
