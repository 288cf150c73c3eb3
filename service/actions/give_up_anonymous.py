"""Interviews that a volume asked for without a name give their hour to a person: the volume then asks for one less."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from db.queries.assignment_writing import content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.records.assignment import Assignment, Write
from db.records.participant import InterviewNeed
from db.records.plan import PlanItem
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.call_off import CallOff, call_off
from service.translate.living import LivingPlan


def anonymous_at(living: LivingPlan, item: PlanItem, host: Assignment | None) -> tuple[Assignment, ...]:
    """Nameless interviews of the same half-day and person that the item's hours touch."""
    assert item.starts_at is not None
    assert item.ends_at is not None
    return tuple(
        one
        for one in living.snapshot.assignments
        if host is not None
        and one.host_id == host.id
        and one.participant is None
        and one.status in ("planned", "to_confirm")
        and one.staff == item.staff_codes
        and one.starts_at < item.ends_at
        and item.starts_at < one.ends_at
    )


async def give_up_anonymous(
    territory: Territory, spare: Sequence[Assignment], actor: Actor, now: datetime
) -> None:
    """Calls them off. Their need counts one less each, the rest keeps numbers from 1."""
    for one in spare:
        await call_off(territory, [one], CallOff(what="given"), actor, now)
        need = await fact(territory.id, InterviewNeed, one.need or "")
        if need.needed_count == 1:
            less = msgspec.structs.replace(need, state="closed", closed_at=now)
        else:
            less = msgspec.structs.replace(need, needed_count=need.needed_count - 1)
        await change_fact(territory.id, less, version=need.version)
        await _close_the_gap(territory, need, actor, now)


async def _close_the_gap(territory: Territory, need: InterviewNeed, actor: Actor, now: datetime) -> None:
    """The standing interview with the highest number takes the first number that nobody has."""
    found = await assignments_of(territory.id, Wanted(need=need.code))
    standing = {one.number: one for one in found if one.status != "cancelled"}
    last = standing.get(need.needed_count)
    free = [number for number in range(1, need.needed_count) if number not in standing]
    if last is None or not free:
        return
    key = f"interview:{need.code}:{free[0]}"
    content = msgspec.structs.replace(content_of(last), number=free[0], key=key)
    write = Write(id=last.id, content=content, what="renumbered")
    await write_assignments(territory.id, [write], actor.author(now))
