"""The embedded queue: jobs run in this process, found in the table of jobs.

One solve at a time, a few others beside it. What another process left behind is found by the same
look at the table, so a restart needs no special care.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import structlog

from db.errors import DatabaseError
from db.queries import jobs
from service.jobs.kinds import JobKinds
from service.jobs.queue import worker_name
from service.jobs.run import run_job

LOOK_SECONDS = 2.0
BESIDE_A_SOLVE = 4
LOG = structlog.get_logger("escale.jobs")


class LocalQueue:
    """Runs jobs of the kinds it is given until it is stopped."""

    def __init__(self, kinds: JobKinds) -> None:
        self._kinds = kinds
        self._wake = asyncio.Event()
        self._running: dict[UUID, tuple[asyncio.Task[None], bool]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def announce(self, job_id: UUID, *, solves: bool) -> None:  # noqa: ARG002 - the table tells
        self._wake.set()

    async def answers(self) -> bool:
        return self._looking is not None and not self._looking.done()

    async def start(self) -> None:
        self._looking = asyncio.create_task(self._look_for_ever(), name="job queue")

    async def stop(self) -> None:
        tasks = [task for task, _ in self._running.values()]
        if self._looking is not None:
            tasks.append(self._looking)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look_for_ever(self) -> None:
        while True:
            try:
                await self._take_what_waits()
            except DatabaseError as error:
                LOG.warning("jobs cannot be read", error=type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            self._wake.clear()

    async def _take_what_waits(self) -> None:
        full = () if self._has_room(solves=True) else self._kinds.that_solve()
        for job in await jobs.waiting_jobs(datetime.now(tz=UTC), without=full):
            solves = job.kind in self._kinds and self._kinds[job.kind].solves
            if job.id not in self._running and self._has_room(solves=solves):
                task = asyncio.create_task(run_job(job.id, worker_name(), self._kinds))
                self._running[job.id] = (task, solves)
                task.add_done_callback(partial(self._forget, job.id))

    def _has_room(self, *, solves: bool) -> bool:
        beside = [one for _, one in self._running.values() if one == solves]
        return len(beside) < (1 if solves else BESIDE_A_SOLVE)

    def _forget(self, job_id: UUID, task: asyncio.Task[None]) -> None:
        del self._running[job_id]
        if not task.cancelled() and task.exception() is not None:
            LOG.error("job runner failed", job=str(job_id), error=type(task.exception()).__name__)
        self._wake.set()
