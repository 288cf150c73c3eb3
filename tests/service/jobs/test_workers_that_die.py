"""Workers as processes: killed, frozen, and several at one schedule; on both queues and both databases."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.queries import jobs
from db.transaction import transaction
from tests.service.jobs.kinds_for_tests import marks
from tests.service.jobs.waiting import ended, submit, wait_for

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]
MINUTE = 60.0
SHORT_SECONDS = 3
Worker = asyncio.subprocess.Process
Starter = Callable[[int], Awaitable[Worker]]


@pytest.fixture
async def start(redis: str | None, tmp_path: Path, database_url: str) -> AsyncIterator[Starter]:
    """Starts workers whose leases are void after some seconds; ends them with the test."""
    workers: list[Worker] = []

    async def start_one(silent_seconds: int) -> Worker:
        arguments = [str(tmp_path), database_url, str(silent_seconds), *([redis] if redis else [])]
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.service.jobs.worker_program", *arguments, cwd=ROOT
        )
        workers.append(worker)
        return worker

    yield start_one
    for worker in workers:
        if worker.returncode is None:
            worker.kill()
        await worker.wait()


async def _killed_in_a_job(start: Starter, folder: Path, silent_seconds: int) -> float:
    """One worker is killed, another takes the job over and ends it; seconds in between."""
    job_id = await submit(None, "slow")
    first = await start(silent_seconds)
    await wait_for(lambda: bool(marks(folder)))
    os.kill(first.pid, signal.SIGKILL)
    await first.wait()
    killed_at = datetime.now(tz=UTC)
    second = await start(silent_seconds)
    await wait_for(lambda: len(marks(folder)) == 2, MINUTE)
    seconds = (datetime.now(tz=UTC) - killed_at).total_seconds()
    assert marks(folder)[1] == f"slow-2-{second.pid}"
    await jobs.ask_stop(job_id, "keep")
    assert (await ended(job_id)).state == "done"
    assert marks(folder)[2:] == ["kept"]
    return seconds


@pytest.mark.soak
async def test_a_worker_killed_in_a_job_loses_nothing_within_a_minute(start: Starter, tmp_path: Path) -> None:
    assert await _killed_in_a_job(start, tmp_path, jobs.SILENT_SECONDS) < MINUTE


async def test_a_worker_killed_in_a_job_loses_nothing_with_short_leases(
    start: Starter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SILENT_SECONDS", SHORT_SECONDS)
    assert await _killed_in_a_job(start, tmp_path, SHORT_SECONDS) < MINUTE


async def test_a_frozen_worker_lets_go_of_what_another_took_over(start: Starter, tmp_path: Path) -> None:
    """Frozen between two writes: on SQLite, whoever is frozen while writing keeps everybody else from it."""
    job_id = await submit(None, "slow")
    first = await start(SHORT_SECONDS)
    await wait_for(lambda: bool(marks(tmp_path)))
    async with transaction():
        first.send_signal(signal.SIGSTOP)
    second = await start(SHORT_SECONDS)
    await wait_for(lambda: len(marks(tmp_path)) == 2, MINUTE)
    first.send_signal(signal.SIGCONT)
    await wait_for(lambda: "cancelled" in marks(tmp_path))
    await jobs.ask_stop(job_id, "keep")
    job = await ended(job_id)
    assert (job.state, job.attempt) == ("done", 2)
    assert str(job.worker).endswith(f":{second.pid}")
    assert marks(tmp_path)[2:] == ["cancelled", "kept"]


async def test_workers_that_look_at_one_schedule_queue_each_due_run_once(
    start: Starter, tmp_path: Path
) -> None:
    """The hourly run has always been due when they start."""
    for _ in range(3):
        await start(SHORT_SECONDS)
    await wait_for((tmp_path / "ready").exists)
    async with asyncio.timeout(MINUTE):
        while not [one for one in await jobs.list_jobs() if one.kind == "agendas" and one.ended_at]:
            await asyncio.sleep(0.2)
    await asyncio.sleep(3.0)
    due = [one.payload for one in await jobs.list_jobs() if one.kind == "agendas"]
    assert len(due) == len(set(due))
