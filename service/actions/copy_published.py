"""A draft that begins as a copy of what is published, to be changed by hand."""

from datetime import UTC, date, datetime

import msgspec

from db.queries.plan_items import store_result
from db.queries.plans import add_draft, plan_by_id, plans_of, store_plan_file
from db.queries.territories import territory_by_code
from db.records.plan import NewPlan, Plan
from db.records.territory import Territory
from db.states import PlanState
from db.transaction import in_transaction
from planner.audit import audit
from planner.plan import LEVEL_NAMES, Level
from planner.plan import Plan as MadePlan
from planner.problem_file import problem_sha256, write_plan, write_problem
from service.actions.actor import Actor
from service.actions.edit_draft import read_steps
from service.actions.read_snapshot import read_snapshot
from service.actions.request_plan import must_be_horizon
from service.actions.run_plan import local_date
from service.translate.plan_rows import plan_result
from service.translate.problem import Translated, translate


async def copy_published(territory: Territory, first_on: date, last_on: date, actor: Actor) -> Plan:
    """A draft with everything published between two dates, both included; it may be empty. Raises `BadInput`.

    The caller's own that was begun so and is what a new one would be is that draft: asked twice, made once.
    """
    must_be_horizon(first_on, last_on)

    async def work() -> Plan:
        return await _untouched(territory, first_on, last_on, actor) or await _copy(
            territory, first_on, last_on, actor
        )

    return await in_transaction(work, territory_id=territory.id)


async def _untouched(territory: Territory, first_on: date, last_on: date, actor: Actor) -> Plan | None:
    """Its own: same dates, same facts, same publications, nothing done in it."""
    now = await territory_by_code(territory.code)
    wanted = (first_on, last_on, "copy", None, actor.account_id, now.facts_revision, now.published_revision)
    for one in await plans_of(territory.id, touching=(first_on, last_on), states=(PlanState.DRAFT,)):
        found = (
            one.first_on,
            one.last_on,
            one.origin,
            one.made_from,
            one.requested_by,
            one.facts_revision,
            one.base_revision,
        )
        if found == wanted and not await read_steps(one.id):
            return one
    return None


async def _copy(territory: Territory, first_on: date, last_on: date, actor: Actor) -> Plan:
    now = datetime.now(UTC)
    snapshot = await read_snapshot(territory.id, first_on, last_on, now)
    translated = translate(snapshot, first_on, last_on, local_date(now, territory.zone))
    facts = snapshot.facts.territory
    draft = await add_draft(
        territory.id,
        NewPlan(
            first_on=first_on,
            last_on=last_on,
            origin="copy",
            facts_revision=facts.facts_revision,
            base_revision=facts.published_revision,
            requested_by=actor.account_id,
        ),
    )
    problem = write_problem(translated.problem)
    made = _recounted(translated, problem_sha256(problem))
    await store_plan_file(draft.id, "problem", problem)
    await store_plan_file(draft.id, "plan", write_plan(made))
    await store_result(draft.id, plan_result(made, translated, {}))
    return await plan_by_id(territory.id, draft.id)


def _recounted(translated: Translated, problem_hash: str) -> MadePlan:
    """The published plan with the value of each level; no bound is proven for what nobody searched."""
    published = translated.published.plan
    report = audit(translated.problem, published)
    return msgspec.structs.replace(
        published,
        problem_sha256=problem_hash,
        levels=tuple(Level(name=name, value=report.goals[name]) for name in LEVEL_NAMES),
        overruled=tuple(msgspec.json.decode(report.to_json())["overruled"]),
    )
