"""Jobs of a test: submitted, and waited for."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from db.queries import jobs
from db.records.job import Job, NewJob
from db.transaction import transaction
from service.jobs.queue import JobQueue


async def submit(queue: JobQueue | None, kind: str, **fields: object) -> UUID:
    """Committed, and announced to a queue if there is one."""
    async with transaction():
        job_id = await jobs.insert_job(NewJob(kind=kind, **fields))
    if queue is not None:
        await queue.announce(job_id, solves=kind == "slow")
    return job_id


async def until(job_id: UUID, wanted: Callable[[Job], bool], seconds: float = 180) -> Job:
    async with asyncio.timeout(seconds):
        while True:
            job = await jobs.read_job(job_id)
            assert job is not None
            if wanted(job):
                return job
            await asyncio.sleep(0.05)


async def ended(job_id: UUID) -> Job:
    return await until(job_id, lambda job: job.ended_at is not None)


async def wait_for(holds: Callable[[], bool], seconds: float = 180) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)
