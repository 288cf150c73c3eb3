"""A quick change of what is published: a draft of one move, published at once with the checks of this moment.

Opened before the move is written and published after it, in the caller's transaction and under the territory's
lock. The version that it stands on is replaced by one of the same dates that holds everything as it is by now.
What the move breaks is kept with it as a decision: a morning's absence waits for nobody.
"""

from datetime import date, datetime
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.plan_items import store_result
from db.queries.plans import add_draft, plan_by_id, plan_file, plans_of, step_plan, store_plan_file
from db.queries.territories import territory_by_code
from db.queries.trail import note
from db.records.plan import NewPlan, Plan, PlanResult
from db.records.territory import Territory
from db.records.trail import TrailEntry
from db.states import PlanState
from planner.problem_file import problem_sha256, write_problem
from service.actions.actor import Actor
from service.actions.read_version import Version, published_items, read_draft
from service.explaining.contents import contents_of
from service.translate.covering import covers
from service.translate.draft import check_draft
from service.translate.ledger_rows import COUNTED_BY
from service.translate.plan_rows import unplaced_row
from service.translate.quick_move import OPTION, ORIGIN, QuickMove
from service.translate.recount import decided, recounted


async def open_move(territory: Territory, move: QuickMove, actor: Actor) -> Plan | None:
    """The draft, on the newest published version that promises the thing; None where none does any more."""
    before = await standing_version(territory, move.on, move.kind)
    if before is None:
        return None
    now = await territory_by_code(territory.code)
    new = NewPlan(
        first_on=before.first_on,
        last_on=before.last_on,
        origin=ORIGIN,
        covers=before.covers,
        options={OPTION: msgspec.to_builtins(move)},
        facts_revision=now.facts_revision,
        base_revision=now.published_revision,
        made_from=before.id,
        requested_by=actor.account_id,
    )
    return await add_draft(territory.id, new)


async def standing_version(territory: Territory, on: date, kind: str) -> Plan | None:
    """The newest published version that promises things of this kind on that day."""
    published = await plans_of(territory.id, touching=(on, on), states=(PlanState.PUBLISHED,))
    promising = [one for one in published if covers(one.covers, kind)]
    return max(promising, key=lambda one: (one.published_at or one.created_at, one.number), default=None)


async def publish_move(territory: Territory, draft: Plan, actor: Actor, now: datetime) -> Plan:
    """The version, in the place of the one that it stood on."""
    assert draft.made_from is not None
    before = await plan_by_id(territory.id, draft.made_from)
    await _fill(draft, before, now)
    await _keep_ledger_facts(draft.id, before.id)
    await step_plan(before.id, PlanState.PUBLISHED, PlanState.SUPERSEDED)
    values = {"published_at": now, "published_by": actor.account_id}
    plan = await step_plan(draft.id, PlanState.DRAFT, PlanState.PUBLISHED, **values)
    await note(_trail(territory, plan, actor, now))
    return plan


async def _fill(draft: Plan, before: Plan, now: datetime) -> None:
    """Everything published in its dates, what that leaves out, and its levels: judged on the facts of `now`."""
    read = await read_draft(draft, now)
    problem, items = read.translated.problem, published_items(read)
    check = check_draft(problem, items)
    contents = await contents_of(before, Version(items=items, problem=problem), edited=True)
    body = write_problem(problem)
    await store_plan_file(draft.id, "problem", body)
    broken = (
        [msgspec.to_builtins(one) for one in check.lost] if check.report is None else decided(check.report)
    )
    levels = before.levels if check.report is None else recounted(before.levels, check.report)
    result = PlanResult(
        items=items,
        unplaced=tuple(unplaced_row(one) for one in contents.unplaced),
        levels=tuple(levels),
        overruled=tuple(broken),
        problem_sha256=problem_sha256(body),
    )
    await store_result(draft.id, result)


async def _keep_ledger_facts(plan_id: UUID, before_id: UUID) -> None:
    """A month is settled by the facts by which its last publication counted; a move counts nothing anew."""
    try:
        body = await plan_file(before_id, COUNTED_BY)
    except NotFoundError:
        return
    await store_plan_file(plan_id, COUNTED_BY, body)


def _trail(territory: Territory, plan: Plan, actor: Actor, now: datetime) -> TrailEntry:
    return TrailEntry(
        at=now,
        action="publish_move",
        territory_id=territory.id,
        actor_id=actor.account_id,
        actor_label=actor.label,
        about_kind="plan",
        about_ref=str(plan.id),
    )
