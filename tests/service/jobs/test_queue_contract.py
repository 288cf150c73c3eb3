"""What both queues promise, on both databases: the same tests, real Redis, real processes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from db import engine
from db.queries import jobs
from db.records.job import Job, NewJob
from db.transaction import transaction
from service.jobs.arq_queue import ArqQueue, ArqWorker
from service.jobs.local_queue import LocalQueue
from service.jobs.queue import JobQueue
from tests.service.jobs.kinds_for_tests import kinds, marks

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow
QUEUES = ["local", pytest.param("arq", marks=pytest.mark.server)]


@pytest.fixture(params=QUEUES)
def redis(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("redis_url") if request.param == "arq" else None


@pytest.fixture
async def queue(redis: str | None, tmp_path: Path, database: engine.Engine) -> AsyncIterator[JobQueue]:
    """A running queue whose jobs leave marks in the test's folder."""
    if redis is None:
        local = LocalQueue(kinds(tmp_path))
        await local.start()
        yield local
        await local.stop()
        return
    worker, announcer = ArqWorker(redis, kinds(tmp_path)), ArqQueue(redis)
    await worker.start()
    await announcer.start()
    yield announcer
    await announcer.stop()
    await worker.stop()


async def _submit(queue: JobQueue | None, kind: str, **fields: object) -> UUID:
    async with transaction():
        job_id = await jobs.insert_job(NewJob(kind=kind, **fields))
    if queue is not None:
        await queue.announce(job_id, solves=kind == "slow")
    return job_id


async def _until(job_id: UUID, wanted: Callable[[Job], bool], seconds: float = 60) -> Job:
    async with asyncio.timeout(seconds):
        while True:
            job = await jobs.read_job(job_id)
            assert job is not None
            if wanted(job):
                return job
            await asyncio.sleep(0.05)


async def _ended(job_id: UUID) -> Job:
    return await _until(job_id, lambda job: job.ended_at is not None)


async def _wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


async def test_a_job_is_run_once_and_its_result_and_progress_are_kept(queue: JobQueue, tmp_path: Path):
    job = await _ended(await _submit(queue, "note", payload='{"n": 7}'))
    assert (job.state, job.result, job.progress) == ("done", '{"payload":{"n":7}}', '{"done":1}')
    assert marks(tmp_path) == ["note"]


async def test_a_job_announced_many_times_is_run_once(queue: JobQueue, tmp_path: Path):
    job_id = await _submit(queue, "note")
    for _ in range(5):
        await queue.announce(job_id, solves=False)
    await _ended(job_id)
    await asyncio.sleep(0.5)
    assert marks(tmp_path) == ["note"]


async def test_a_running_job_is_stopped_and_keeps_what_it_has(queue: JobQueue, tmp_path: Path):
    job_id = await _submit(queue, "slow")
    await _wait_for(lambda: bool(marks(tmp_path)))
    await jobs.ask_stop(job_id, "keep")
    job = await _ended(job_id)
    assert (job.state, job.result) == ("done", '{"kept":true}')


async def test_a_running_job_is_cancelled(queue: JobQueue, tmp_path: Path):
    job_id = await _submit(queue, "slow")
    await _wait_for(lambda: bool(marks(tmp_path)))
    await jobs.ask_stop(job_id, "cancel")
    assert (await _ended(job_id)).state == "cancelled"
    assert marks(tmp_path)[-1] == "cancelled"


async def test_a_job_that_asks_for_it_is_tried_again_and_ends_with_its_last_attempt(
    queue: JobQueue, tmp_path: Path
):
    job = await _until(await _submit(queue, "flaky"), lambda job: job.ended_at is not None, seconds=40)
    assert (job.state, job.attempt) == ("done", 3)
    assert marks(tmp_path) == ["flaky"] * 3


async def test_a_fault_fails_the_job_and_its_message_is_kept_nowhere(
    queue: JobQueue, capfd: pytest.CaptureFixture[str]
):
    job = await _ended(await _submit(queue, "broken"))
    assert (job.state, job.error) == ("failed", "ValueError")
    assert "Canari" not in "".join(capfd.readouterr())


async def test_a_job_that_takes_too_long_fails(queue: JobQueue, tmp_path: Path):
    job = await _ended(await _submit(queue, "slow", timeout_seconds=1))
    assert (job.state, job.error) == ("failed", "timeout")
    assert marks(tmp_path)[-1] == "cancelled"


async def test_one_solve_runs_at_a_time_and_others_beside_it(queue: JobQueue, tmp_path: Path):
    first = await _submit(queue, "slow")
    await _wait_for(lambda: len(marks(tmp_path)) == 1)
    second = await _submit(queue, "slow")
    await _ended(await _submit(queue, "note"))
    assert (await jobs.read_job(second)).state == "queued"
    await jobs.ask_stop(first, "keep")
    await _until(second, lambda job: job.state == "running")
    await jobs.ask_stop(second, "keep")
    await _ended(second)


async def test_a_kind_nobody_knows_fails_clearly(queue: JobQueue):
    job = await _ended(await _submit(queue, "unheard-of"))
    assert (job.state, job.error) == ("failed", "unknown-kind")


async def test_a_job_nobody_announced_is_found(queue: JobQueue):
    assert (await _ended(await _submit(None, "note"))).state == "done"


async def test_a_queue_that_stops_gives_its_jobs_back(
    redis: str | None, tmp_path: Path, database: engine.Engine
):
    worker = ArqWorker(redis, kinds(tmp_path)) if redis else LocalQueue(kinds(tmp_path))
    await worker.start()
    job_id = await _submit(None, "slow")
    await _wait_for(lambda: bool(marks(tmp_path)))
    await worker.stop()
    job = await jobs.read_job(job_id)
    assert (job.state, job.attempt, job.error) == ("queued", 1, "worker-ended")


async def _worker(folder: Path, database_url: str, redis: str | None) -> asyncio.subprocess.Process:
    arguments = [str(folder), database_url, *([redis] if redis else [])]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.service.jobs.worker_program", *arguments, cwd=ROOT
    )


@pytest.mark.soak
@pytest.mark.timeout(150)
async def test_a_worker_killed_mid_job_loses_nothing(
    redis: str | None, tmp_path: Path, database_url: str, database: engine.Engine
):
    job_id = await _submit(None, "slow")
    first = await _worker(tmp_path, database_url, redis)
    await _wait_for(lambda: bool(marks(tmp_path)), 30)
    os.kill(first.pid, signal.SIGKILL)
    await first.wait()
    killed_at = datetime.now(tz=UTC)
    second = await _worker(tmp_path, database_url, redis)
    try:
        await _wait_for(lambda: len(marks(tmp_path)) == 2, 60)
        assert (datetime.now(tz=UTC) - killed_at).total_seconds() < 60
        assert marks(tmp_path)[1] == f"slow-2-{second.pid}"
        await jobs.ask_stop(job_id, "keep")
        assert (await _ended(job_id)).state == "done"
        assert marks(tmp_path)[2:] == ["kept"]
    finally:
        second.kill()
        await second.wait()
