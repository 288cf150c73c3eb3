"""One job from lease to end, the same under every queue.

The lease is taken by compare-and-set and renewed every `BEAT_SECONDS`; whoever loses it stops and
writes nothing more. A request to stop is seen within `WATCH_SECONDS`.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from db.queries import jobs
from db.records.job import Job
from db.states import JobState
from service.jobs.kinds import JobKind, JobKinds, TryLater

BEAT_SECONDS = 10.0
WATCH_SECONDS = 0.5
LOG = structlog.get_logger("escale.jobs")


class LeaseLost(Exception):
    """Another process holds the job by now."""


class Leased:
    """A running job in this process."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stop_asked = asyncio.Event()
        self.cancelled = False
        self._beaten_at = _now()

    async def report(self, progress: object) -> None:
        text = msgspec.json.encode(progress).decode()
        self._accept(await jobs.note_progress(self.job, text, _now()))

    async def watch(self) -> None:
        """Renews the lease and looks for requests to stop. Raises `LeaseLost`; ends when cancelled is asked."""
        while not self.cancelled:
            await asyncio.sleep(WATCH_SECONDS)
            if (_now() - self._beaten_at).total_seconds() >= BEAT_SECONDS:
                self._accept(await jobs.beat(self.job, _now()))
            else:
                self._look(await jobs.read_job(self.job.id))

    def _accept(self, renewed: Job | None) -> None:
        self._beaten_at = _now()
        self._look(renewed)

    def _look(self, found: Job | None) -> None:
        if found is None or found.attempt != self.job.attempt or found.state != JobState.RUNNING:
            raise LeaseLost
        if found.stop_asked == "cancel":
            self.cancelled = True
        elif found.stop_asked is not None:
            self.stop_asked.set()


async def run_job(job_id: UUID, worker: str, kinds: JobKinds) -> None:
    """Runs a job if nobody else has it; returns when it has ended, been queued again or been lost."""
    job = await jobs.take_job(job_id, worker, _now())
    if job is None:
        return
    log = LOG.bind(job=str(job.id), kind=job.kind, attempt=job.attempt)
    if job.attempt > job.max_attempts or job.kind not in kinds:
        code = "attempts-used-up" if job.kind in kinds else "unknown-kind"
        log.error("job given up", code=code)
        await jobs.end_job(job, JobState.FAILED, error=code)
        return
    log.info("job started")
    await _run(Leased(job), kinds[job.kind], log)


async def _run(leased: Leased, kind: JobKind, log: structlog.stdlib.BoundLogger) -> None:
    work = asyncio.ensure_future(kind.handler(leased))
    watch = asyncio.ensure_future(leased.watch())
    try:
        async with asyncio.timeout(leased.job.timeout_seconds):
            await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
        await _end(leased, work, watch, log)
    except TimeoutError:
        log.error("job timed out")
        await _cancel(work)
        await jobs.end_job(leased.job, JobState.FAILED, error="timeout")
    except asyncio.CancelledError:
        # The process is told to end: another one takes the job as its next attempt.
        await _cancel(work)
        await jobs.requeue_job(leased.job, not_before_at=_now(), error="worker-ended")
        raise
    finally:
        await _cancel(watch)
        await _cancel(work)


async def _end(
    leased: Leased,
    work: "asyncio.Future[object]",
    watch: "asyncio.Future[None]",
    log: structlog.stdlib.BoundLogger,
) -> None:
    if not work.done():
        await _cancel(work)
        lost = watch.exception()
        if lost is not None:
            log.warning("lease lost", error=type(lost).__name__)
            return
        log.info("job cancelled")
        await jobs.end_job(leased.job, JobState.CANCELLED)
        return
    failure = work.exception()
    if failure is None:
        result = work.result()
        text = None if result is None else msgspec.json.encode(result).decode()
        await jobs.end_job(leased.job, JobState.DONE, result=text)
        log.info("job done")
    elif not isinstance(failure, LeaseLost):
        await _fail(leased.job, failure, log)


async def _fail(job: Job, failure: BaseException, log: structlog.stdlib.BoundLogger) -> None:
    """Queues the job again when its handler says so and attempts remain; else it has failed."""
    if isinstance(failure, TryLater) and job.attempt < job.max_attempts:
        later = _now() + timedelta(seconds=failure.seconds)
        log.warning("job queued again", code=failure.code)
        await jobs.requeue_job(job, not_before_at=later, error=failure.code)
        return
    code = failure.code if isinstance(failure, TryLater) else type(failure).__name__
    # Only the place of a fault is logged: its message may quote a row.
    log.error("job failed", code=code, where=_place(failure))
    await jobs.end_job(job, JobState.FAILED, error=code)


def _place(failure: BaseException) -> str:
    trace = failure.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


async def _cancel(task: "asyncio.Future[object] | asyncio.Future[None]") -> None:
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


def _now() -> datetime:
    return datetime.now(tz=UTC)
