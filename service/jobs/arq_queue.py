"""The scaled-out queue: announcements through Redis, any number of workers on any number of machines.

Redis only carries ids. Solves have a list of their own, of which a worker takes one at a time.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

import structlog
from arq import ArqRedis, Worker, create_pool
from arq.connections import RedisSettings
from arq.worker import func
from redis.exceptions import RedisError

from db.errors import DatabaseError
from db.queries import jobs
from service.jobs.kinds import JobKinds
from service.jobs.queue import worker_name
from service.jobs.run import run_job

SOLVES = "escale:solves"
OTHERS = "escale:others"
BESIDE_A_SOLVE = 8
SWEEP_SECONDS = 2.0
LONGEST_SECONDS = 90_000
if TYPE_CHECKING:
    from arq.typing import WorkerCoroutine

LOG = structlog.get_logger("escale.jobs")


class ArqQueue:
    """Announces jobs; a process that only serves pages needs no more."""

    def __init__(self, redis_url: str) -> None:
        self._settings = RedisSettings.from_dsn(redis_url)
        self._pool: ArqRedis | None = None

    async def start(self) -> None:
        self._pool = await create_pool(self._settings)

    async def stop(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None

    async def announce(self, job_id: UUID, *, solves: bool) -> None:
        """A failing Redis is no failure of the request: the sweep announces the job later."""
        assert self._pool is not None
        try:
            # An announcement has an id of its own: arq refuses an id whose old result it still keeps.
            name = SOLVES if solves else OTHERS
            await self._pool.enqueue_job("run", str(job_id), _job_id=uuid4().hex, _queue_name=name)
        except RedisError as error:
            LOG.warning("announcement failed", job=str(job_id), error=type(error).__name__)
            return
        await jobs.mark_enqueued([job_id], datetime.now(tz=UTC))


class ArqWorker:
    """Runs announced jobs of the kinds it is given, and announces again those that were forgotten."""

    def __init__(self, redis_url: str, kinds: JobKinds) -> None:
        self._kinds = kinds
        self._queue = ArqQueue(redis_url)
        self._redis_settings = RedisSettings.from_dsn(redis_url)
        self._tasks: list[asyncio.Task[None]] = []
        self._workers: list[Worker] = []

    async def start(self) -> None:
        await self._queue.start()
        self._workers = [self._worker(SOLVES, at_once=1), self._worker(OTHERS, at_once=BESIDE_A_SOLVE)]
        self._tasks = [asyncio.create_task(worker.async_run()) for worker in self._workers]
        self._tasks.append(asyncio.create_task(self._sweep_for_ever(), name="job sweep"))

    async def stop(self) -> None:
        for worker in self._workers:
            await worker.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._queue.stop()

    def _worker(self, name: str, *, at_once: int) -> Worker:
        async def run(_: dict[Any, Any], job_id: str) -> None:
            await run_job(UUID(job_id), worker_name(), self._kinds)

        return Worker(
            functions=[
                func(
                    cast("WorkerCoroutine", run),
                    name="run",
                    timeout=LONGEST_SECONDS,
                    keep_result=0,
                    max_tries=1,
                )
            ],
            queue_name=name,
            redis_settings=self._redis_settings,
            max_jobs=at_once,
            handle_signals=False,
            poll_delay=0.1,
            job_completion_wait=0,
        )

    async def _sweep_for_ever(self) -> None:
        while True:
            with suppress(DatabaseError, RedisError):
                await self._sweep()
            await asyncio.sleep(SWEEP_SECONDS)

    async def _sweep(self) -> None:
        for job_id in await jobs.forgotten_jobs(datetime.now(tz=UTC)):
            job = await jobs.read_job(job_id)
            if job is not None:
                solves = job.kind in self._kinds and self._kinds[job.kind].solves
                await self._queue.announce(job_id, solves=solves)
