"""A stored plan on the facts of this moment: a draft as it is edited, what is published as it stands."""

import asyncio
from collections.abc import Hashable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id
from db.records.plan import Plan as PlanRecord
from db.records.plan import PlanItem
from db.records.territory import Territory
from db.states import EDITABLE_PLANS, PlanState
from planner.checks.plan import PlanChecks
from planner.supposed import changed
from service.actions.read_snapshot import read_snapshot
from service.actions.read_version import draft_of
from service.actions.request_plan import RunOptions
from service.errors import DraftNoLongerHolds, StepNotAllowed
from service.explaining.prepared import Prepared, already_prepared, in_service_words, prepared_once
from service.translate.draft import Lost, with_draft_pins
from service.translate.plan_rows import plan_from
from service.translate.problem import Snapshot, translate

ASKED_ABOUT = (*EDITABLE_PLANS, PlanState.PUBLISHED)
HOLD_SECONDS = 60
"""A partner's hold ends without a write: what was prepared is read again after this long."""


async def prepared_plan(territory: Territory, plan_id: UUID) -> Prepared:
    """From memory while the plan and the facts are the same. `territory` was just read.

    Raises `NotFoundError`, `StepNotAllowed`, `DraftNoLongerHolds` when facts it names are gone.
    """
    record = await plan_by_id(territory.id, plan_id)
    if record.state not in ASKED_ABOUT:
        raise StepNotAllowed(f"état : {record.state.value}")
    now = datetime.now(UTC)
    key = _key(territory, record, now)
    known = already_prepared(key)
    if known is not None:
        return known
    snapshot = await read_snapshot(territory.id, record.first_on, record.last_on, now)
    items = () if record.state is PlanState.PUBLISHED else await items_of(plan_id)
    return await asyncio.to_thread(
        prepared_once, key, lambda: _prepare(territory, record, snapshot, items, now)
    )


def _key(territory: Territory, record: PlanRecord, now: datetime) -> Hashable:
    revisions = (territory.version, territory.facts_revision, territory.published_revision)
    minute = int(now.timestamp()) // HOLD_SECONDS
    return record.id, record.version, record.state, revisions, minute


def _prepare(
    territory: Territory,
    record: PlanRecord,
    snapshot: Snapshot,
    items: tuple[PlanItem, ...],
    now: datetime,
) -> Prepared:
    if record.state is PlanState.PUBLISHED:
        today_on = territory.day_of(now)
        published = translate(snapshot, record.first_on, record.last_on, today_on)
        return Prepared(published.problem, published.published.plan, names_of(snapshot), rooms_of(snapshot))
    draft = draft_of(record, items, snapshot, now)
    supposed = msgspec.convert(record.options, RunOptions).changes
    with in_service_words():
        problem = with_draft_pins(changed(draft.translated.problem, supposed), draft.items)
    plan = plan_from(draft.items)
    unknown = [
        Lost(rule="unknown", about=one.path, text=one.reason) for one in PlanChecks(problem).faults(plan)
    ]
    if unknown:
        raise DraftNoLongerHolds(lost=[msgspec.to_builtins(one) for one in unknown])
    return Prepared(problem, plan, names_of(snapshot), rooms_of(snapshot))


def names_of(snapshot: Snapshot) -> dict[str, str]:
    """What people call cadences and promotions, by code."""
    facts = snapshot.facts
    names = {one.code: one.name for one in facts.cadences if one.name}
    return names | {one.code: one.name for one in facts.promotions if one.name}


def rooms_of(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    """What people call rooms, by site and code."""
    sites = snapshot.facts.sites
    return {(site.code, room.code): room.name for site in sites for room in site.rooms if room.name}
