"""Nobody will solve a requested plan any more: it fails, and the next request is free."""

from uuid import UUID

from db.queries.plans import any_plan, step_plan
from db.states import PlanState
from db.transaction import in_transaction

_STEPS = {
    PlanState.QUEUED: (PlanState.SOLVING, PlanState.FAILED),
    PlanState.SOLVING: (PlanState.FAILED,),
    PlanState.INTERRUPTED: (PlanState.QUEUED, PlanState.SOLVING, PlanState.FAILED),
}


async def give_up_plan(plan_id: UUID, code: str) -> None:
    """`failed` with a code; a plan that is over is left alone. Raises `NotFoundError`."""
    await in_transaction(lambda: _fail(plan_id, code))


async def _fail(plan_id: UUID, code: str) -> None:
    state = (await any_plan(plan_id)).state
    for after in _STEPS.get(state, ()):
        values = {"error": code} if after is PlanState.FAILED else {}
        await step_plan(plan_id, state, after, **values)
        state = after
