"""Every kind of job that a process of the service can run: one line each."""

from service.actions.give_up_plan import give_up_plan
from service.actions.request_plan import KIND as SOLVE_PLAN
from service.actions.run_plan import run_plan
from service.jobs.kinds import JobKind, JobKinds, RunningJob
from service.jobs.scheduled.all_scheduled import scheduled_kinds
from service.settings import Settings


def all_kinds(settings: Settings) -> JobKinds:
    solving = JobKind(name=SOLVE_PLAN, handler=_solve_plan, solves=True, gave_up=give_up_plan)
    return JobKinds([solving, *scheduled_kinds(settings)])


async def _solve_plan(running: RunningJob) -> None:
    assert running.job.subject_id is not None
    await run_plan(running.job.subject_id, running)
