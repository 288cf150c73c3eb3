"""An orientation to an office half-day that is over asks nothing more of the planner."""

from datetime import datetime

import msgspec

from db.errors import NotFoundError
from db.queries.fact_storing import store_facts
from db.queries.facts import fact
from db.queries.pin_storing import release_pin
from db.records.assignment import Assignment
from db.records.facts import FactSet
from db.records.participant import InterviewNeed
from db.records.territory import Territory


async def forget_need(territory: Territory, interview: Assignment, now: datetime) -> None:
    """Its need is closed, its pin released; in the caller's transaction. An interview without need stays as it is."""
    if interview.need is None:
        return
    need = await fact(territory.id, InterviewNeed, interview.need)
    closed = msgspec.structs.replace(need, state="closed", closed_at=now)
    await store_facts(territory.id, FactSet(needs=(closed,)))
    try:
        await release_pin(territory.id, interview.key, at=now)
    except NotFoundError:
        return
