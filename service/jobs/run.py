"""One job from lease to end, the same under every queue.

The lease is taken by compare-and-set and renewed every `BEAT_SECONDS`; whoever loses it stops and
writes nothing more. A request to stop is seen within `WATCH_SECONDS`. A database that is away for less
than a lease's silence changes nothing; what it kept from being written is done again.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from db.errors import PassingError
from db.queries import jobs
from db.records.job import Job
from db.states import JobState
from service.edge.metrics import JOBS
from service.jobs.kinds import JobKind, JobKinds, LeaseLost, TryLater

BEAT_SECONDS = 10.0
WATCH_SECONDS = 0.5
FIRST_WAIT_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 3600.0
LOG = structlog.get_logger("escale.jobs")


def wait_before(attempt: int, first_seconds: float) -> timedelta:
    """How long a job waits after an attempt (the first is 1): each time twice as long, an hour at most."""
    return timedelta(seconds=min(first_seconds * 2 ** (attempt - 1), LONGEST_WAIT_SECONDS))


class Leased:
    """A running job in this process."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stop_asked = asyncio.Event()
        self.cancelled = False
        self._beaten_at = _now()

    async def report(self, progress: object) -> None:
        text = msgspec.json.encode(progress).decode()
        try:
            self._accept(await jobs.note_progress(self.job, text, _now()))
        except PassingError as error:
            LOG.warning("progress not kept", job=str(self.job.id), error=type(error).__name__)

    async def hold(self) -> None:
        self._accept(await jobs.beat(self.job, _now()))

    async def watch(self) -> None:
        """Renews the lease and looks for requests to stop. Raises `LeaseLost`; ends when cancelled is asked."""
        while not self.cancelled:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self._look_once()
            except PassingError as error:
                if self._silent_seconds() >= jobs.SILENT_SECONDS:
                    raise LeaseLost from error

    async def _look_once(self) -> None:
        if self._silent_seconds() >= BEAT_SECONDS:
            await self.hold()
        else:
            self._look(await jobs.read_job(self.job.id))

    def _silent_seconds(self) -> float:
        return (_now() - self._beaten_at).total_seconds()

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
    try:
        job = await jobs.take_job(job_id, worker, _now())
        if job is not None:
            await _run_taken(job, kinds, LOG.bind(job=str(job.id), kind=job.kind, attempt=job.attempt))
    except PassingError as error:
        # Its lease runs out, and it is taken as the next attempt.
        LOG.warning("job left for later", job=str(job_id), error=type(error).__name__)


async def _run_taken(job: Job, kinds: JobKinds, log: structlog.stdlib.BoundLogger) -> None:
    if job.kind not in kinds:
        log.error("job given up", code="unknown-kind")
        await jobs.end_job(job, JobState.FAILED, error="unknown-kind")
    elif job.attempt > job.max_attempts:
        await _give_up(job, kinds[job.kind], "attempts-used-up", log)
    else:
        log.info("job started")
        await _run(Leased(job), kinds[job.kind], log)


async def _give_up(job: Job, kind: JobKind, code: str, log: structlog.stdlib.BoundLogger) -> None:
    """The job has failed, and what it was about is told so: nothing waits for it any longer."""
    log.error("job given up", code=code)
    JOBS.labels(job.kind, "failed").inc()
    if await jobs.end_job(job, JobState.FAILED, error=code) and kind.gave_up and job.subject_id:
        await kind.gave_up(job.subject_id, code)


async def _run(leased: Leased, kind: JobKind, log: structlog.stdlib.BoundLogger) -> None:
    work = asyncio.ensure_future(kind.handler(leased))
    watch = asyncio.ensure_future(leased.watch())
    try:
        async with asyncio.timeout(leased.job.timeout_seconds):
            await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
        await _end(leased, work, watch, kind, log)
    except TimeoutError:
        await _cancel(work)
        await _give_up(leased.job, kind, "timeout", log)
    except asyncio.CancelledError:
        await _cancel(work)
        await _give_back(leased.job)
        raise
    finally:
        await _cancel(watch)
        await _cancel(work)


async def _give_back(job: Job) -> None:
    """The process is told to end: another one takes the job, and this attempt is not held against it."""
    try:
        await jobs.requeue_job(job, not_before_at=_now(), error="worker-ended", forgiven=True)
    except PassingError as error:
        LOG.warning("job left for later", job=str(job.id), error=type(error).__name__)


async def _end(
    leased: Leased,
    work: "asyncio.Future[object]",
    watch: "asyncio.Future[None]",
    kind: JobKind,
    log: structlog.stdlib.BoundLogger,
) -> None:
    if not work.done():
        await _cancel(work)
        lost = watch.exception()
        if lost is not None:
            JOBS.labels(leased.job.kind, "lost").inc()
            log.warning("lease lost", error=type(lost).__name__)
            return
        JOBS.labels(leased.job.kind, "cancelled").inc()
        log.info("job cancelled")
        await jobs.end_job(leased.job, JobState.CANCELLED)
        return
    failure = work.exception()
    if failure is None:
        result = work.result()
        text = None if result is None else msgspec.json.encode(result).decode()
        await jobs.end_job(leased.job, JobState.DONE, result=text)
        JOBS.labels(leased.job.kind, "done").inc()
        log.info("job done")
    elif not isinstance(failure, LeaseLost):
        await _fail(leased.job, failure, kind, log)


async def _fail(job: Job, failure: BaseException, kind: JobKind, log: structlog.stdlib.BoundLogger) -> None:
    """Queues the job again when its surroundings failed and attempts remain; else it has failed."""
    later = _later(failure)
    if later is not None and job.attempt < job.max_attempts:
        log.warning("job queued again", code=later.code)
        JOBS.labels(job.kind, "again").inc()
        wait = wait_before(job.attempt, later.seconds)
        await jobs.requeue_job(job, not_before_at=_now() + wait, error=later.code)
        return
    # Only the place of a fault is logged: its message may quote a row.
    log.error("job failed", where=_place(failure))
    await _give_up(job, kind, later.code if later else type(failure).__name__, log)


def _later(failure: BaseException) -> TryLater | None:
    if isinstance(failure, PassingError):
        return TryLater(type(failure).__name__, FIRST_WAIT_SECONDS)
    return failure if isinstance(failure, TryLater) else None


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
