"""What is published as it stands now: moves, cancellations, bookings and interviews fixed since are in it."""

from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from db.queries.plans import plans_of
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.states import PlanState
from planner.plan import Plan, PlannedInterview
from planner.problem import Problem
from service.actions.read_snapshot import read_snapshot
from service.translate.covering import covers
from service.translate.dropped import dropped_interviews
from service.translate.problem import translate

MOST = 32
HOLD_SECONDS = 60
"""A partner's hold ends without a write: what was read is looked at again after this long."""
Key = tuple[UUID, date, date, int, int, int, int]
_known: OrderedDict[Key, "Living"] = OrderedDict()


class Living(NamedTuple):
    """The problem of this moment, and what is published of its dates as a plan without levels and as it is kept.

    `dropped`: interviews that a publication took away and that are still asked for; people had been told of them.
    """

    problem: Problem
    plan: Plan
    dropped: tuple[PlannedInterview, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    """Of these dates, those that were called off among them."""


async def living_month(territory: Territory, first_on: date, last_on: date) -> Living:
    """From memory while neither facts nor anything published changed. `territory` was just read."""
    now = datetime.now(UTC)
    revisions = (territory.version, territory.facts_revision, territory.published_revision)
    key = (territory.id, first_on, last_on, *revisions, int(now.timestamp()) // HOLD_SECONDS)
    if key not in _known:
        _known[key] = await _read(territory, first_on, last_on, now)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return _known[key]


async def published_days(territory_id: UUID, first_on: date, last_on: date) -> frozenset[date]:
    """On which of these days, both ends included, a published version says who comes where."""
    plans = await plans_of(territory_id, touching=(first_on, last_on), states=(PlanState.PUBLISHED,))
    telling = [one for one in plans if covers(one.covers, "permanence")]
    days = (first_on + timedelta(days=offset) for offset in range((last_on - first_on).days + 1))
    return frozenset(on for on in days if any(one.first_on <= on <= one.last_on for one in telling))


async def _read(territory: Territory, first_on: date, last_on: date, now: datetime) -> Living:
    snapshot = await read_snapshot(territory.id, first_on, last_on, now)
    today = territory.day_of(now)
    found = translate(snapshot, first_on, last_on, today)
    dropped = dropped_interviews(snapshot.assignments, found.problem, found.published.plan)
    return Living(found.problem, found.published.plan, dropped, snapshot.assignments)
