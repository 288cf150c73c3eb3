"""The scaled-out queue: announcements through Redis, any number of workers on any number of machines.

Redis only carries ids. Solves have a list of their own, of which a worker takes one at a time. While
Redis is away what runs goes on, what is asked for waits in the table, and is announced when it is back.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace
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
from service.errors import BadInput
from service.jobs.kinds import JobKinds
from service.jobs.queue import worker_name
from service.jobs.run import run_job

SOLVES = "escale:solves"
OTHERS = "escale:others"
BESIDE_A_SOLVE = 8
SWEEP_SECONDS = 2.0
AWAY_SECONDS = 1.0
LONGEST_SECONDS = 90_000
if TYPE_CHECKING:
    from arq.typing import WorkerCoroutine

AWAY = (RedisError, OSError)
LOG = structlog.get_logger("escale.jobs")


async def reach_redis(address: str) -> None:
    """Once, before a process starts. Raises `BadInput`."""
    settings = replace(RedisSettings.from_dsn(address), conn_retries=0)
    try:
        pool = await create_pool(settings)
    except AWAY as error:
        raise BadInput(f"ESCALE_REDIS: does not answer ({type(error).__name__})") from error
    await pool.aclose()


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

    async def answers(self) -> bool:
        try:
            return self._pool is not None and bool(await self._pool.ping())
        except AWAY:
            return False

    async def announce(self, job_id: UUID, *, solves: bool) -> None:
        """A failing Redis is no failure of the request: the sweep announces the job later."""
        assert self._pool is not None
        try:
            # An announcement has an id of its own: arq refuses an id whose old result it still keeps.
            name = SOLVES if solves else OTHERS
            await self._pool.enqueue_job("run", str(job_id), _job_id=uuid4().hex, _queue_name=name)
        except AWAY as error:
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

    async def start(self) -> None:
        await self._queue.start()
        self._tasks = [
            asyncio.create_task(self._run_for_ever(SOLVES, at_once=1), name="solves"),
            asyncio.create_task(self._run_for_ever(OTHERS, at_once=BESIDE_A_SOLVE), name="other jobs"),
            asyncio.create_task(self._sweep_for_ever(), name="job sweep"),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._queue.stop()

    async def answers(self) -> bool:
        ended = [task for task in self._tasks if task.done()]
        return not ended and await self._queue.answers()

    async def announce(self, job_id: UUID, *, solves: bool) -> None:
        """What comes by the clock in this process may be run by any."""
        await self._queue.announce(job_id, solves=solves)

    async def _run_for_ever(self, name: str, *, at_once: int) -> None:
        """Takes jobs of a list; begins again when Redis was away, once what ran has ended."""
        while True:
            worker = self._worker(name, at_once=at_once)
            try:
                await worker.async_run()
            except AWAY as error:
                LOG.warning("queue does not answer", error=type(error).__name__)
                await asyncio.gather(*worker.tasks.values(), return_exceptions=True)
            finally:
                await _close(worker)
            await asyncio.sleep(AWAY_SECONDS)

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
            try:
                await self._sweep()
            except DatabaseError as error:
                LOG.warning("jobs cannot be read", error=type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def _sweep(self) -> None:
        for job_id in await jobs.forgotten_jobs(datetime.now(tz=UTC)):
            job = await jobs.read_job(job_id)
            if job is not None:
                solves = job.kind in self._kinds and self._kinds[job.kind].solves
                await self._queue.announce(job_id, solves=solves)


async def _close(worker: Worker) -> None:
    """What runs goes back to the table of jobs, whether Redis still answers or not."""
    running = list(worker.tasks.values())
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    with suppress(*AWAY):
        await worker.close()
