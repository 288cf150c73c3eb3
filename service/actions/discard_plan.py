"""Throw a draft away."""

from uuid import UUID

from db.queries.plans import plan_by_id, step_plan
from db.records.plan import Plan
from db.records.territory import Territory
from db.states import EDITABLE_PLANS, PlanState
from db.transaction import in_transaction
from service.actions.edit_draft import must_be_at
from service.errors import StepNotAllowed


async def discard_plan(territory: Territory, plan_id: UUID, *, version: int | None = None) -> Plan:
    """Raises `NotFoundError`, `StepNotAllowed` when it is no draft, `StaleVersion` when it is another version."""

    async def work() -> Plan:
        plan = await plan_by_id(territory.id, plan_id)
        if plan.state not in EDITABLE_PLANS:
            raise StepNotAllowed(f"état : {plan.state.value}")
        await must_be_at(plan, version)
        return await step_plan(plan_id, plan.state, PlanState.DISCARDED)

    return await in_transaction(work, territory_id=territory.id)
