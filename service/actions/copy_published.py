"""A draft that begins as a copy of what is published, to be changed by hand."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import msgspec

from db.queries.plan_items import store_result
from db.queries.plans import add_draft, plan_by_id, plans_of, store_plan_file
from db.records.plan import NewPlan, Plan, PlanResult
from db.records.territory import Territory
from db.states import PlanState
from db.transaction import in_transaction
from planner.audit import audit
from planner.checks.plan import PlanChecks
from planner.plan import LEVEL_NAMES, Level
from planner.plan import Plan as MadePlan
from planner.problem_file import problem_sha256, write_plan, write_problem
from service.actions.actor import Actor
from service.actions.edit_draft import is_untouched
from service.actions.read_snapshot import read_snapshot
from service.actions.request_plan import must_be_horizon
from service.errors import Detail, PublishedIsUnknown
from service.translate.plan_rows import plan_result
from service.translate.problem import Translated, translate


class _Copied(NamedTuple):
    """What is published between the two dates of a draft yet to be made, on the facts of one instant."""

    new: NewPlan
    problem: bytes
    made: MadePlan
    result: PlanResult


async def copy_published(territory: Territory, first_on: date, last_on: date, actor: Actor) -> Plan:
    """A draft with everything published between two dates, both included; it may be empty.

    Raises `BadInput`, `PublishedIsUnknown`; what actions publish is always known, an interview by its need.

    The caller's own that was begun so and is what a new one would be is that draft: asked twice, made once.
    A caller without an account has none of its own.
    """
    must_be_horizon(first_on, last_on)

    async def work() -> Plan:
        copied = await _copied(territory, first_on, last_on, actor)
        return await _untouched(territory, copied) or await _added(territory, copied)

    return await in_transaction(work, territory_id=territory.id)


async def _copied(territory: Territory, first_on: date, last_on: date, actor: Actor) -> _Copied:
    now = datetime.now(UTC)
    snapshot = await read_snapshot(territory.id, first_on, last_on, now)
    translated = translate(snapshot, first_on, last_on, territory.day_of(now))
    facts = snapshot.facts.territory
    new = NewPlan(
        first_on=first_on,
        last_on=last_on,
        origin="copy",
        facts_revision=facts.facts_revision,
        base_revision=facts.published_revision,
        requested_by=actor.account_id,
    )
    problem = write_problem(translated.problem)
    made = _recounted(translated, problem_sha256(problem))
    return _Copied(new, problem, made, plan_result(made, translated, {}))


async def _untouched(territory: Territory, copied: _Copied) -> Plan | None:
    """The caller's own: same dates, same facts, same publications, nothing done in it."""
    new = copied.new
    if new.requested_by is None:
        return None
    dates = new.first_on, new.last_on
    for one in await plans_of(territory.id, touching=dates, states=(PlanState.DRAFT,)):
        if _begun_as(one) == _begun_as(new) and await is_untouched(one, copied.result.items):
            return one
    return None


def _begun_as(one: Plan | NewPlan) -> tuple[object, ...]:
    revisions = one.facts_revision, one.base_revision
    return (one.first_on, one.last_on, one.origin, one.made_from, one.requested_by, *revisions)


async def _added(territory: Territory, copied: _Copied) -> Plan:
    draft = await add_draft(territory.id, copied.new)
    await store_plan_file(draft.id, "problem", copied.problem)
    await store_plan_file(draft.id, "plan", write_plan(copied.made))
    await store_result(draft.id, copied.result)
    return await plan_by_id(territory.id, draft.id)


def _recounted(translated: Translated, problem_hash: str) -> MadePlan:
    """The published plan with the value of each level; no bound is proven for what nobody searched."""
    published = translated.published.plan
    unknown: list[Detail] = [
        {"path": one.path, "reason": one.reason} for one in PlanChecks(translated.problem).faults(published)
    ]
    if unknown:
        raise PublishedIsUnknown(unknown=unknown)
    report = audit(translated.problem, published)
    return msgspec.structs.replace(
        published,
        problem_sha256=problem_hash,
        levels=tuple(Level(name=name, value=report.goals[name]) for name in LEVEL_NAMES),
        overruled=tuple(msgspec.json.decode(report.to_json())["overruled"]),
    )
