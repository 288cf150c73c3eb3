"""What both queues promise, on both databases: the same tests, real Redis."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from db import engine
from db.queries import jobs
from service.jobs.arq_queue import ArqWorker
from service.jobs.local_queue import LocalQueue
from service.jobs.queue import JobQueue
from tests.service.jobs.kinds_for_tests import kinds, marks
from tests.service.jobs.waiting import ended, submit, until, wait_for

pytestmark = pytest.mark.slow


async def test_a_job_is_run_once_and_its_result_and_progress_are_kept(queue: JobQueue, tmp_path: Path):
    job = await ended(await submit(queue, "note", payload='{"n": 7}'))
    assert (job.state, job.result, job.progress) == ("done", '{"payload":{"n":7}}', '{"done":1}')
    assert marks(tmp_path) == ["note"]


async def test_a_job_announced_many_times_is_run_once(queue: JobQueue, tmp_path: Path):
    job_id = await submit(queue, "note")
    for _ in range(5):
        await queue.announce(job_id, solves=False)
    await ended(job_id)
    await asyncio.sleep(0.5)
    assert marks(tmp_path) == ["note"]


async def test_a_running_job_is_stopped_and_keeps_what_it_has(queue: JobQueue, tmp_path: Path):
    job_id = await submit(queue, "slow")
    await wait_for(lambda: bool(marks(tmp_path)))
    await jobs.ask_stop(job_id, "keep")
    job = await ended(job_id)
    assert (job.state, job.result) == ("done", '{"kept":true}')


async def test_a_running_job_is_cancelled(queue: JobQueue, tmp_path: Path):
    job_id = await submit(queue, "slow")
    await wait_for(lambda: bool(marks(tmp_path)))
    await jobs.ask_stop(job_id, "cancel")
    assert (await ended(job_id)).state == "cancelled"
    assert marks(tmp_path)[-1] == "cancelled"


async def test_a_job_that_asks_for_it_is_tried_again_and_ends_with_its_last_attempt(
    queue: JobQueue, tmp_path: Path
):
    job = await until(await submit(queue, "flaky"), lambda job: job.ended_at is not None)
    assert (job.state, job.attempt) == ("done", 3)
    assert marks(tmp_path) == ["flaky"] * 3


async def test_a_fault_fails_the_job_and_its_message_is_kept_nowhere(
    queue: JobQueue, capfd: pytest.CaptureFixture[str]
):
    job = await ended(await submit(queue, "broken"))
    assert (job.state, job.error) == ("failed", "ValueError")
    assert "Canari" not in "".join(capfd.readouterr())


async def test_a_job_that_takes_too_long_fails(queue: JobQueue, tmp_path: Path):
    job = await ended(await submit(queue, "slow", timeout_seconds=1))
    assert (job.state, job.error) == ("failed", "timeout")
    assert marks(tmp_path)[-1] == "cancelled"


async def test_one_solve_runs_at_a_time_and_others_beside_it(queue: JobQueue, tmp_path: Path):
    first = await submit(queue, "slow")
    await wait_for(lambda: len(marks(tmp_path)) == 1)
    second = await submit(queue, "slow")
    await ended(await submit(queue, "note"))
    assert (await jobs.read_job(second)).state == "queued"
    await jobs.ask_stop(first, "keep")
    await until(second, lambda job: job.state == "running")
    await jobs.ask_stop(second, "keep")
    await ended(second)


async def test_solves_that_wait_hide_nothing_else(queue: JobQueue, tmp_path: Path):
    solves = [await submit(queue, "slow") for _ in range(25)]
    assert (await ended(await submit(queue, "note"))).state == "done"
    for job_id in solves:
        await jobs.ask_stop(job_id, "cancel")


async def test_a_job_whose_attempts_are_used_up_is_given_up_and_its_subject_told(
    queue: JobQueue, tmp_path: Path
):
    subject = uuid4()
    failed = await ended(await submit(queue, "never", subject_id=subject))
    assert (failed.state, failed.attempt, failed.error) == ("failed", 3, "not-yet")
    assert marks(tmp_path) == [f"gave-up-{subject}-not-yet"]


async def test_a_kind_nobody_knows_fails_clearly(queue: JobQueue):
    job = await ended(await submit(queue, "unheard-of"))
    assert (job.state, job.error) == ("failed", "unknown-kind")


async def test_a_job_nobody_announced_is_found(queue: JobQueue):
    assert (await ended(await submit(None, "note"))).state == "done"


async def test_a_queue_that_stops_gives_its_jobs_back(
    redis: str | None, tmp_path: Path, database: engine.Engine
):
    worker = ArqWorker(redis, kinds(tmp_path)) if redis else LocalQueue(kinds(tmp_path))
    await worker.start()
    job_id = await submit(None, "slow")
    await wait_for(lambda: bool(marks(tmp_path)))
    await worker.stop()
    job = await jobs.read_job(job_id)
    assert (job.state, job.attempt, job.error) == ("queued", 1, "worker-ended")
    assert job.max_attempts == 4
