"""Withdraw a published version: what it still had ahead is called off, what was held stays."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.assignments import Wanted, assignments_of
from db.queries.plans import plan_by_id, step_plan
from db.queries.trail import note
from db.records.plan import Plan
from db.records.territory import Territory
from db.records.trail import TrailEntry
from db.states import PlanState
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.call_off import CallOff, call_off
from service.actions.edit_draft import must_be_at
from service.errors import StepNotAllowed


async def withdraw_plan(
    territory: Territory, plan_id: UUID, actor: Actor, *, version: int | None = None
) -> Plan:
    """Raises `NotFoundError`, `StepNotAllowed` when it is not the published version, `StaleVersion` when a
    `version` is given and it is another by now."""

    async def work() -> Plan:
        await must_be_at(await plan_by_id(territory.id, plan_id), version)
        return await _withdraw(territory, plan_id, actor)

    return await in_transaction(work, territory_id=territory.id)


async def _withdraw(territory: Territory, plan_id: UUID, actor: Actor) -> Plan:
    now = datetime.now(UTC)
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state is not PlanState.PUBLISHED:
        raise StepNotAllowed(f"état : {plan.state.value}")
    wanted = Wanted(from_on=plan.first_on, until_on=plan.last_on)
    ahead = [one for one in await assignments_of(territory.id, wanted) if one.starts_at > now]
    await call_off(territory, ahead, CallOff(what="withdrawn", plan_id=plan_id), actor, now)
    await note(
        TrailEntry(
            at=now,
            action="withdraw_plan",
            territory_id=territory.id,
            actor_id=actor.account_id,
            actor_label=actor.label,
            about_kind="plan",
            about_ref=str(plan_id),
        )
    )
    return await step_plan(plan_id, PlanState.PUBLISHED, PlanState.WITHDRAWN)
