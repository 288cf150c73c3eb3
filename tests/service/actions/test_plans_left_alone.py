"""Plans whose solver is taken away from them: by another process, by the database, or for good."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from db.errors import NotFoundError, UnreachableError
from db.queries.jobs import ask_stop, job_about, take_job
from db.queries.plan_items import items_of
from db.queries.plans import any_plan, plan_file, step_plan
from db.records.plan import Plan
from db.states import PlanState
from db.transaction import when_committed
from planner.plan import Plan as MadePlan
from service.actions.give_up_plan import give_up_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import SO_FAR, Solver, run_plan
from service.jobs.kinds import LeaseLost
from service.jobs.solver_messages import CurvePoint, SolveOptions
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_territory,
    solve_here,
)

pytestmark = pytest.mark.usefixtures("database")


class Overtaken(QuietWatcher):
    """Holds its job to begin, and by default to store the problem; no longer once that is solved."""

    def __init__(self, times: int = 2) -> None:
        super().__init__()
        self.left = times

    async def hold(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise LeaseLost


class Lingering(QuietWatcher):
    """Whose claim is committed before the process that made it hears of that."""

    def __init__(self) -> None:
        super().__init__()
        self.committed = asyncio.Event()

    async def hold(self) -> None:
        if not self.committed.is_set():
            await when_committed(self._linger)

    async def _linger(self) -> None:
        self.committed.set()
        await asyncio.Event().wait()


async def _requested() -> Plan:
    territory = await make_territory()
    return await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())


async def _telling(problem: bytes, options: SolveOptions, *, on_point, **asked: Any) -> MadePlan | None:
    """Solves, and tells its plan as the best so far before it ends."""
    made = await solve_here(problem, options, on_point=on_point, **asked)
    await on_point(CurvePoint(seconds=1.0, level="comfort", value=9, bound=1, best=made))
    return made


@pytest.mark.parametrize("solver", [solve_here, _telling])
async def test_who_lost_the_job_stores_nothing_and_takes_no_step(solver: Solver):
    plan = await _requested()
    with pytest.raises(LeaseLost):
        await run_plan(plan.id, Overtaken(), solver)
    assert (await any_plan(plan.id)).state is PlanState.SOLVING
    assert await items_of(plan.id) == ()
    with pytest.raises(NotFoundError):
        await plan_file(plan.id, SO_FAR)


async def test_who_lost_the_job_as_it_began_stores_no_problem():
    plan = await _requested()
    with pytest.raises(LeaseLost):
        await run_plan(plan.id, Overtaken(times=1), solve_here)
    with pytest.raises(NotFoundError):
        await plan_file(plan.id, "problem")


class AwayForAMoment(QuietWatcher):
    """Its database is away when the best plan so far is to be stored, the third time that it writes."""

    def __init__(self) -> None:
        super().__init__()
        self.held = 0

    async def hold(self) -> None:
        self.held += 1
        if self.held == 3:
            raise UnreachableError("gone")


async def test_a_computation_goes_on_where_the_best_plan_so_far_cannot_be_stored():
    plan, watcher = await _requested(), AwayForAMoment()
    ready = await run_plan(plan.id, watcher, _telling)
    assert (ready.state, watcher.held) == (PlanState.READY, 4)
    assert await items_of(plan.id) != ()


async def test_who_lost_the_job_and_is_cancelled_leaves_the_plan_to_the_other():
    plan = await _requested()

    async def endless(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    solving = asyncio.create_task(run_plan(plan.id, Overtaken(), endless))
    while (await any_plan(plan.id)).state is not PlanState.SOLVING:
        await asyncio.sleep(0.01)
    solving.cancel()
    with pytest.raises((LeaseLost, asyncio.CancelledError)):
        await solving
    assert (await any_plan(plan.id)).state is PlanState.SOLVING


async def _ended_as_it_was_claimed(plan: Plan) -> Plan:
    watcher = Lingering()
    solving = asyncio.create_task(run_plan(plan.id, watcher, solve_here))
    await watcher.committed.wait()
    assert (await any_plan(plan.id)).state is PlanState.SOLVING
    solving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await solving
    return await any_plan(plan.id)


async def test_a_process_that_ends_as_it_claims_a_plan_leaves_it_interrupted():
    plan = await _requested()
    assert (await _ended_as_it_was_claimed(plan)).state is PlanState.INTERRUPTED
    assert (await run_plan(plan.id, QuietWatcher(), solve_here)).state is PlanState.READY


async def test_a_plan_that_nobody_wants_any_more_as_it_is_claimed_is_cancelled():
    plan = await _requested()
    job = await job_about(plan.id)
    assert job is not None
    await take_job(job.id, "worker", datetime.now(UTC))
    await ask_stop(job.id, "cancel")
    assert (await _ended_as_it_was_claimed(plan)).state is PlanState.CANCELLED


@pytest.mark.parametrize("steps", [(), (PlanState.SOLVING, PlanState.INTERRUPTED)])
async def test_a_plan_that_nobody_wants_any_more_before_it_is_claimed_is_cancelled(
    steps: tuple[PlanState, ...],
):
    plan = await _requested()
    for after in steps:
        plan = await step_plan(plan.id, plan.state, after)
    job = await job_about(plan.id)
    assert job is not None
    await take_job(job.id, "worker", datetime.now(UTC))
    await ask_stop(job.id, "cancel")

    class Away(QuietWatcher):
        """Its database is away until its process ends."""

        async def hold(self) -> None:
            if not self.points:
                self.points.append("away")
                raise UnreachableError("gone")

    with pytest.raises(UnreachableError):
        await run_plan(plan.id, Away(), solve_here)
    assert (await any_plan(plan.id)).state is PlanState.CANCELLED


async def test_a_database_that_was_away_interrupts_the_plan_which_is_then_begun_again():
    plan = await _requested()

    async def unlucky(*_: object, **__: object) -> None:
        raise UnreachableError("gone")

    with pytest.raises(UnreachableError):
        await run_plan(plan.id, QuietWatcher(), unlucky)
    assert (await any_plan(plan.id)).state is PlanState.INTERRUPTED
    assert (await run_plan(plan.id, QuietWatcher(), solve_here)).state is PlanState.READY


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (PlanState.SOLVING,),
        (PlanState.SOLVING, PlanState.INTERRUPTED),
    ],
)
async def test_a_plan_that_nobody_will_solve_fails_and_the_next_request_is_free(steps: tuple[PlanState, ...]):
    plan = await _requested()
    for after in steps:
        plan = await step_plan(plan.id, plan.state, after)
    await give_up_plan(plan.id, "attempts-used-up")
    failed = await any_plan(plan.id)
    assert (failed.state, failed.error) == (PlanState.FAILED, "attempts-used-up")
    await give_up_plan(plan.id, "again")
    assert (await any_plan(plan.id)).error == "attempts-used-up"
