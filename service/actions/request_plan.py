"""Ask for a plan of a horizon: one at a time for a territory and horizon."""

from datetime import date
from uuid import UUID

import msgspec

from db.errors import AlreadyThereError
from db.queries.jobs import insert_job, job_about
from db.queries.plans import plan_by_id, plans_of
from db.queries.plans import request_plan as insert_plan
from db.records.job import NewJob
from db.records.plan import NewPlan, Plan
from db.records.territory import Territory
from db.states import ACTIVE_PLANS, JobState
from db.transaction import in_transaction, when_committed
from planner.fact_changes import FactChange
from service.actions.actor import Actor
from service.actions.give_up_plan import give_up_plan
from service.errors import BadInput, PlanInProgress
from service.jobs.queue import JobQueue
from service.translate.covering import Covered

LONGEST_DAYS = 100
KIND = "solve_plan"
SECONDS_BESIDE_SOLVE = 300
SCENARIO = "scenario"
"""The origin of a plan under facts supposed otherwise: compared, never published."""


class RunOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a plan is to be solved; `today_on` null: the day on which it runs.

    `covers` are the kinds that the version promises, all of them when empty. `from_scratch`: what is published
    may move for nothing, but for the days promised to the team. `pins_of`: a draft whose pins hold here as well.
    A scenario has a `name` and supposes `changes` of the facts; it is compared, never published.
    """

    today_on: date | None = None
    time_limit_seconds: float = 60.0
    deterministic_limit: float | None = None
    workers: int = 2
    seed: int = 1
    name: str = ""
    changes: tuple[FactChange, ...] = ()
    covers: tuple[Covered, ...] = ()
    from_scratch: bool = False
    pins_of: UUID | None = None


async def request_plan(
    territory: Territory, first_on: date, last_on: date, options: RunOptions, actor: Actor, queue: JobQueue
) -> Plan:
    """A plan in state `queued` and its job, announced. Raises `PlanInProgress`, `BadInput`, `NotFoundError`."""
    must_be_horizon(first_on, last_on)
    if options.pins_of is not None:
        await plan_by_id(territory.id, options.pins_of)
    wanted = NewPlan(
        first_on=first_on,
        last_on=last_on,
        origin=SCENARIO if options.changes else "solve",
        covers=options.covers,
        options=msgspec.to_builtins(options),
        requested_by=actor.account_id,
    )
    await _give_up_forsaken(territory.id, first_on, last_on)
    try:
        plan, job_id = await in_transaction(lambda: _insert(territory.id, wanted, options))
    except AlreadyThereError as error:
        raise PlanInProgress(f"du {first_on} au {last_on}") from error
    await when_committed(lambda: queue.announce(job_id, solves=True))
    return plan


def must_be_horizon(first_on: date, last_on: date) -> None:
    """Raises `BadInput` on dates that no plan is made of."""
    if not first_on <= last_on or (last_on - first_on).days >= LONGEST_DAYS:
        raise BadInput(f"last_on: from {first_on} to {last_on} is no horizon of 1 to {LONGEST_DAYS} days")


async def _give_up_forsaken(territory_id: UUID, first_on: date, last_on: date) -> None:
    """A plan whose job has used up its attempts must not block the next one for ever."""
    for plan in await plans_of(territory_id, touching=(first_on, last_on), states=ACTIVE_PLANS):
        job = await job_about(plan.id)
        if job is not None and job.state not in (JobState.QUEUED, JobState.RUNNING):
            await give_up_plan(plan.id, job.error or job.state)


async def _insert(territory_id: UUID, wanted: NewPlan, options: RunOptions) -> tuple[Plan, UUID]:
    plan = await insert_plan(territory_id, wanted)
    job = NewJob(
        kind=KIND,
        territory_id=territory_id,
        subject_id=plan.id,
        timeout_seconds=round(options.time_limit_seconds) + SECONDS_BESIDE_SOLVE,
        dedupe_key=f"plan {plan.id}",
        requested_by=wanted.requested_by,
    )
    return plan, await insert_job(job)
