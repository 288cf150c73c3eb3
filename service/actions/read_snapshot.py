"""What planning needs to know of a territory, all read at one instant."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.places import places_taken
from db.records.assignment import Assignment
from db.records.place import TakenPlace
from db.transaction import snapshot
from planner.problem import Booked
from service.translate.horizon import AROUND
from service.translate.oriented import is_oriented
from service.translate.problem import Snapshot


async def read_snapshot(territory_id: UUID, first_on: date, last_on: date, now: datetime) -> Snapshot:
    """Facts, assignments in and around the horizon, and what partners have booked. Raises `NotFoundError`."""
    async with snapshot():
        facts = await facts_of(territory_id)
        wanted = Wanted(from_on=first_on - 6 * AROUND, until_on=last_on + AROUND)
        assignments = await assignments_of(territory_id, wanted)
        hosts = {
            one.id: one
            for one in assignments
            if one.kind == "permanence" and first_on <= one.held_on <= last_on
        }
        taken = await places_taken(list(hosts), now=now)
    return Snapshot(
        facts=facts,
        assignments=tuple(one for one in assignments if not is_oriented(one)),
        booked=tuple(_booked(taken, hosts)),
        oriented=tuple(one for one in assignments if is_oriented(one) and one.status != "cancelled"),
    )


def _booked(taken: Iterable[TakenPlace], hosts: dict[UUID, Assignment]) -> Iterable[Booked]:
    """Places that partners hold or booked; those of published interviews are in the plan."""
    for one in taken:
        host = hosts[one.host_id]
        if one.state != "published" and host.half_day is not None and host.status != "cancelled":
            yield Booked(
                cadence=host.cadence or "",
                on=host.held_on,
                half_day=host.half_day,
                slot=one.slot,
                place=one.place,
            )
