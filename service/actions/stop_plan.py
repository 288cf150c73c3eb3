"""End a solve early: with its best plan, or without any."""

from uuid import UUID

from db.queries.jobs import ask_stop, job_about
from db.queries.plans import plan_by_id, step_plan
from db.records.plan import Plan
from db.records.territory import Territory
from db.states import ACTIVE_PLANS, JobState, PlanState
from db.transaction import in_transaction
from service.errors import StepNotAllowed


async def stop_plan(territory: Territory, plan_id: UUID, *, keep: bool) -> Plan:
    """Asks the solve to end, keeping its best plan or not; a queued plan is cancelled at once either way.

    Raises `NotFoundError`, `StepNotAllowed` when nothing runs.
    """
    return await in_transaction(lambda: _stop(territory, plan_id, keep=keep))


async def _stop(territory: Territory, plan_id: UUID, *, keep: bool) -> Plan:
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state not in ACTIVE_PLANS:
        raise StepNotAllowed(f"état : {plan.state.value}")
    job = await job_about(plan_id)
    state = await ask_stop(job.id, "keep" if keep else "cancel") if job is not None else None
    if state is JobState.RUNNING or plan.state is PlanState.SOLVING:
        return plan
    return await drop_waiting(plan)


async def drop_waiting(plan: Plan) -> Plan:
    """A plan that nobody solves, `cancelled`. Raises `StateError` when somebody does by now."""
    if plan.state is PlanState.INTERRUPTED:
        await step_plan(plan.id, PlanState.INTERRUPTED, PlanState.QUEUED)
    return await step_plan(plan.id, PlanState.QUEUED, PlanState.CANCELLED)
