"""A version's rows and the problem that judges them: a draft leaves what it does not promise as it is published now."""

from collections import OrderedDict
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.plan_items import items_of
from db.queries.plans import plan_file
from db.records.plan import Plan, PlanItem
from db.states import EDITABLE_PLANS, PlanState
from planner.problem import Pin, Problem
from planner.problem_file import read_problem
from service.actions.read_snapshot import read_snapshot
from service.actions.request_plan import SCENARIO, RunOptions
from service.translate.covering import STANDING, covering, is_left_alone, with_what_stands
from service.translate.draft import with_draft_pins
from service.translate.horizon import Horizon
from service.translate.lifted_pins import lifted_pins, without_pins
from service.translate.pin_numbers import numbered_as, numbers_of
from service.translate.plan_rows import plan_from, plan_result
from service.translate.problem import Snapshot, Translated, translate

MOST = 64
_problems: OrderedDict[tuple[UUID, str], Problem] = OrderedDict()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft on the facts of one instant."""

    plan: Plan
    items: tuple[PlanItem, ...]
    snapshot: Snapshot
    translated: Translated
    lifted: tuple[Pin, ...] = ()
    """Pins that a hand lifted in it, which publishing releases."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a version, and its problem with their pins; null when none was kept."""

    items: tuple[PlanItem, ...]
    problem: Problem | None


async def read_draft(plan: Plan, now: datetime) -> Draft:
    """Raises `NotFoundError` when its territory is gone."""
    snapshot = await read_snapshot(plan.territory_id, plan.first_on, plan.last_on, now)
    return draft_of(plan, await items_of(plan.id), snapshot, now)


def draft_of(plan: Plan, rows: tuple[PlanItem, ...], snapshot: Snapshot, now: datetime) -> Draft:
    """The stored rows of a draft on these facts, what it leaves alone in the place of its own."""
    today_on = msgspec.convert(plan.options, RunOptions).today_on or snapshot.facts.territory.day_of(now)
    translated = covering(translate(snapshot, plan.first_on, plan.last_on, today_on), plan.covers)
    items = with_what_stands(rows, translated, plan.covers)
    if plan.state is not PlanState.PUBLISHED:
        numbered = numbered_pins(items, translated.problem)
        translated = msgspec.structs.replace(translated, problem=numbered)
    return Draft(plan=plan, items=items, snapshot=snapshot, translated=translated)


def numbered_pins(items: tuple[PlanItem, ...], facts: Problem) -> Problem:
    """Pins of open sessions as the rows count these, which may be otherwise than what is published by now."""
    horizon = Horizon(facts.first_on, facts.last_on, facts.today_on or facts.first_on, facts.zone)
    pins = numbered_as(facts.pins, numbers_of(plan_from(items).sessions, horizon))
    return msgspec.structs.replace(facts, pins=pins)


def published_items(draft: Draft) -> tuple[PlanItem, ...]:
    """Everything published in its dates: what was called off, moved or fixed since it was a version is so here."""
    return plan_result(draft.translated.published.plan, draft.translated, {}).items


async def read_version(plan: Plan) -> Version:
    """On the facts that it was made from; a draft that leaves something alone stands on those of this moment."""
    if plan.state in EDITABLE_PLANS and plan.origin != SCENARIO and leaves_alone(plan):
        draft = await read_draft(plan, datetime.now(UTC))
        return Version(items=draft.items, problem=with_draft_pins(draft.translated.problem, draft.items))
    items = await items_of(plan.id)
    if plan.problem_sha256 is None:
        return Version(items=items, problem=None)
    problem = await stored_problem(plan)
    if plan.state in EDITABLE_PLANS:
        problem = without_pins(problem, lifted_pins(problem, items, plan.covers))
    return Version(items=items, problem=with_draft_pins(problem, items))


def leaves_alone(plan: Plan) -> bool:
    """Whether some of what stands beside it is as it is published now, and no promise of the version."""
    return any(is_left_alone(plan.covers, kind) for kind in STANDING)


async def stored_problem(plan: Plan) -> Problem:
    """The problem that a plan with a checksum of one was made from; its file never changes under it."""
    key = (plan.id, plan.problem_sha256 or "")
    if key not in _problems:
        _problems[key] = read_problem(await plan_file(plan.id, "problem"))
        while len(_problems) > MOST:
            _problems.popitem(last=False)
    return _problems[key]
