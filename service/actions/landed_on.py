"""What published things a new fact lands on: an absence, a closure, a busy hour."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from db.acting import acting_now
from db.queries.assignments import Wanted, assignments_of
from db.queries.plans import plans_of
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.states import PlanState

DAY = timedelta(days=1)
STANDING = ("planned", "to_confirm")


class Landing(msgspec.Struct, frozen=True, kw_only=True):
    """One published thing that the fact touches; `guests` count its interviews.

    `participant` is a reference, null too for a program without the right to participants.
    """

    id: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    site: str | None
    staff: tuple[str, ...]
    participant: str | None
    guests: int = 0


class Replan(msgspec.Struct, frozen=True, kw_only=True):
    """What to ask `request_plan` for: the dates of the published version that the fact touches."""

    first_on: date
    last_on: date


class Landed(msgspec.Struct, frozen=True, kw_only=True):
    """Published things, the nearest in time first, and the re-plans with least change that would mend them."""

    landings: tuple[Landing, ...] = ()
    replans: tuple[Replan, ...] = ()


class Touching(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact reaches: some people between two instants, or a site's half-days between two dates."""

    from_at: datetime
    until_at: datetime
    staff: frozenset[str] | None = None
    site: str | None = None
    half_day: str | None = None


async def landed_on(territory: Territory, reaches: Iterable[Touching], now: datetime) -> Landed:
    """What is still to come and standing, each thing once."""
    found: dict[UUID, Assignment] = {}
    guests: dict[UUID, int] = {}
    for one in reaches:
        wanted = Wanted(from_on=one.from_at.date() - DAY, until_on=one.until_at.date() + DAY)
        standing = [thing for thing in await assignments_of(territory.id, wanted) if thing.status in STANDING]
        for thing in standing:
            if thing.host_id is not None:
                guests[thing.host_id] = guests.get(thing.host_id, 0) + 1
        found |= {thing.id: thing for thing in standing if thing.ends_at > now and _touches(one, thing)}
    things = sorted(found.values(), key=lambda thing: (thing.starts_at, str(thing.id)))
    landings = tuple(_landing(thing, guests.get(thing.id, 0)) for thing in things)
    return Landed(landings=landings, replans=await _replans(territory, things))


def _touches(reach: Touching, thing: Assignment) -> bool:
    if reach.staff is not None and reach.staff.isdisjoint(thing.staff):
        return False
    if reach.site is not None and thing.site != reach.site:
        return False
    if reach.half_day is not None and thing.half_day not in (None, reach.half_day):
        return False
    return thing.starts_at < reach.until_at and reach.from_at < thing.ends_at


def _landing(thing: Assignment, guests: int) -> Landing:
    acting = acting_now()
    blind = acting is not None and acting.blind
    return Landing(
        id=thing.id,
        kind=thing.kind,
        starts_at=thing.starts_at,
        ends_at=thing.ends_at,
        site=thing.site,
        staff=thing.staff,
        participant=None if blind else thing.participant,
        guests=guests,
    )


async def _replans(territory: Territory, things: list[Assignment]) -> tuple[Replan, ...]:
    """The published versions that hold these things."""
    if not things:
        return ()
    dates = (things[0].held_on, max(thing.held_on for thing in things))
    plans = await plans_of(territory.id, touching=dates, states=(PlanState.PUBLISHED,))
    wanted = {
        (plan.first_on, plan.last_on)
        for plan in plans
        if any(plan.first_on <= thing.held_on <= plan.last_on for thing in things)
    }
    return tuple(Replan(first_on=first_on, last_on=last_on) for first_on, last_on in sorted(wanted))
