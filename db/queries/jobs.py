"""Jobs: the table is the truth, whichever queue announces them.

A running job carries a lease: its worker, its attempt and a heartbeat. What was silent for
`SILENT_SECONDS` may be taken over as the next attempt, and whoever still believes to hold an earlier
attempt can no longer write: every write is a compare-and-set on the attempt.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from piccolo.columns.combination import And, Or

from db.errors import AlreadyThereError
from db.records.job import Job, NewJob
from db.states import JobState
from db.tables.columns import utc_now
from db.tables.job import Job as JobTable
from db.tables.job import ScheduleRun

SILENT_SECONDS = 30


async def insert_job(new: NewJob) -> UUID:
    """Queue a job in this transaction. Raises `AlreadyThereError` when its like is queued or running."""
    values = msgspec.to_builtins(new, builtin_types=(UUID, datetime))
    row = JobTable(state=JobState.QUEUED, territory=values.pop("territory_id"), **values)
    await JobTable.insert(row)
    return row.id


async def read_job(job_id: UUID) -> Job | None:
    rows = await JobTable.select().where(JobTable.id == job_id)
    return _job(rows[0]) if rows else None


async def list_jobs(*, territory_id: UUID | None = None, limit: int = 100) -> list[Job]:
    """The newest jobs, of one territory or of all."""
    query = JobTable.select().order_by(JobTable.created_at, ascending=False).limit(limit)
    if territory_id is not None:
        query = query.where(JobTable.territory == territory_id)
    return [_job(row) for row in await query]


async def job_about(subject_id: UUID) -> Job | None:
    """The newest job about a thing, a plan for example."""
    query = JobTable.select().where(JobTable.subject_id == subject_id)
    row = await query.order_by(JobTable.created_at, ascending=False).first()
    return _job(row) if row else None


async def waiting_jobs(now: datetime, *, without: Sequence[str] = (), limit: int = 20) -> list[Job]:
    """What may be taken at this instant, oldest first: queued and due, or running and silent.

    `without`: kinds for which there is no room, so that they hide nothing else.
    """
    query = JobTable.select().where(_may_be_taken(now))
    if without:
        query = query.where(JobTable.kind.not_in(list(without)))
    return [_job(row) for row in await query.order_by(JobTable.created_at).limit(limit)]


async def take_job(job_id: UUID, worker: str, now: datetime) -> Job | None:
    """Lease a job as its next attempt; None when another one has it or it is over."""
    rows = (
        await JobTable.update(
            {
                JobTable.state: JobState.RUNNING,
                JobTable.worker: worker,
                JobTable.attempt: JobTable.attempt + 1,
                JobTable.heartbeat_at: now,
                JobTable.started_at: now,
            }
        )
        .where(And(JobTable.id == job_id, _may_be_taken(now)))
        .returning(*JobTable.all_columns())
    )
    return _job(rows[0]) if rows else None


async def beat(job: Job, now: datetime) -> Job | None:
    """Renew the lease; the job as it stands (with `stop_asked`), None when the lease is lost."""
    return await _write(job, {JobTable.heartbeat_at: now})


async def note_progress(job: Job, progress: str, now: datetime) -> Job | None:
    """Store progress and renew the lease; None when the lease is lost."""
    return await _write(job, {JobTable.progress: progress, JobTable.heartbeat_at: now})


async def end_job(job: Job, state: JobState, *, result: str | None = None, error: str | None = None) -> bool:
    """Done, failed or cancelled; False when another attempt holds the job by now."""
    ended: dict[Any, Any] = {JobTable.state: state, JobTable.result: result, JobTable.error: error}
    return await _write(job, ended | {JobTable.ended_at: utc_now()}) is not None


async def requeue_job(
    job: Job, *, not_before_at: datetime, error: str | None = None, forgiven: bool = False
) -> bool:
    """Back to the queue for a later attempt, in this lease's name; `forgiven`: one more is allowed for it."""
    again: dict[Any, Any] = {
        JobTable.state: JobState.QUEUED,
        JobTable.not_before_at: not_before_at,
        JobTable.error: error,
    }
    if forgiven:
        again[JobTable.max_attempts] = JobTable.max_attempts + 1
    return await _write(job, again | {JobTable.enqueued_at: None}) is not None


async def ask_stop(job_id: UUID, how: str) -> JobState | None:
    """`keep` ends a running job with what it has, `cancel` drops it; the state it is in afterwards.

    A job that nobody has taken yet is cancelled at once.
    """
    queued = And(JobTable.id == job_id, JobTable.state == JobState.QUEUED)
    cancelled: dict[Any, Any] = {
        JobTable.state: JobState.CANCELLED,
        JobTable.ended_at: utc_now(),
        JobTable.stop_asked: how,
    }
    if await JobTable.update(cancelled).where(queued).returning(JobTable.id):
        return JobState.CANCELLED
    await JobTable.update({JobTable.stop_asked: how}).where(
        And(JobTable.id == job_id, JobTable.state == JobState.RUNNING)
    )
    job = await read_job(job_id)
    return JobState(job.state) if job else None


async def mark_enqueued(job_ids: Sequence[UUID], now: datetime) -> None:
    """Remember that a queue was told of these jobs."""
    if job_ids:
        await JobTable.update({JobTable.enqueued_at: now}).where(JobTable.id.is_in(list(job_ids)))


async def forgotten_jobs(now: datetime) -> list[UUID]:
    """Jobs that no queue was told of, or that it lost: takeable, told more than the silence ago."""
    long_ago = now - timedelta(seconds=SILENT_SECONDS)
    untold = Or(JobTable.enqueued_at.is_null(), JobTable.enqueued_at < long_ago)
    rows = await JobTable.select(JobTable.id).where(And(_may_be_taken(now), untold))
    return [row["id"] for row in rows]


async def forget_jobs(*, before_at: datetime) -> int:
    """Forget jobs that ended before an instant, and claims of runs that were due before it; how many jobs."""
    await ScheduleRun.delete().where(ScheduleRun.due_at < before_at)
    gone = await JobTable.delete().where(JobTable.ended_at < before_at).returning(JobTable.id)
    return len(gone)


async def claim_run(name: str, due_at: datetime) -> bool:
    """Whether this process is the first to run a scheduled job that is due at an instant."""
    try:
        await ScheduleRun.insert(ScheduleRun(name=name, due_at=due_at))
    except AlreadyThereError:
        return False
    return True


def _may_be_taken(now: datetime) -> Any:
    due = Or(JobTable.not_before_at.is_null(), JobTable.not_before_at <= now)
    silent = JobTable.heartbeat_at < now - timedelta(seconds=SILENT_SECONDS)
    return Or(
        And(JobTable.state == JobState.QUEUED, due),
        And(JobTable.state == JobState.RUNNING, silent),
    )


async def _write(job: Job, values: dict[Any, Any]) -> Job | None:
    mine = And(JobTable.id == job.id, JobTable.attempt == job.attempt)
    running = And(mine, JobTable.state == JobState.RUNNING)
    rows = await JobTable.update(values).where(running).returning(*JobTable.all_columns())
    return _job(rows[0]) if rows else None


def _job(row: dict[str, Any]) -> Job:
    return msgspec.convert(row | {"territory_id": row["territory"]}, Job)
