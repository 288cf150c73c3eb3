"""Follow a plan while it is queued or solved, from any process: the database is where progress is told."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import msgspec

from db.queries.jobs import job_about
from db.queries.plans import any_plan
from db.states import ACTIVE_PLANS, PlanState
from service.jobs.solver_messages import CurvePoint

LOOK_SECONDS = 0.3


class PlanProgress(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a plan and the last point of its curve that was told."""

    state: PlanState
    point: CurvePoint | None = None
    error: str | None = None


async def follow_plan(plan_id: UUID) -> AsyncIterator[PlanProgress]:
    """Each change once, the present state first; ends with a plan that is no longer active. Raises `NotFoundError`."""
    last: PlanProgress | None = None
    while True:
        found = await plan_progress(plan_id)
        if found != last:
            yield found
        if found.state not in ACTIVE_PLANS:
            return
        last = found
        await asyncio.sleep(LOOK_SECONDS)


async def plan_progress(plan_id: UUID) -> PlanProgress:
    """As it stands. Raises `NotFoundError`."""
    plan = await any_plan(plan_id)
    job = await job_about(plan_id)
    told = job.progress if job is not None else None
    point = msgspec.json.decode(told, type=CurvePoint) if told else None
    return PlanProgress(state=plan.state, point=point, error=plan.error)
