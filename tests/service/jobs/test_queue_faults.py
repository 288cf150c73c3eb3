"""A database or a Redis that goes away and comes back: jobs go on, wait, begin again; none is lost."""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import engine
from db.errors import FullError, LockedError, UnreachableError
from db.queries import jobs
from service.jobs.arq_queue import ArqQueue, ArqWorker
from service.jobs.kinds import LeaseLost
from service.jobs.local_queue import LocalQueue
from service.jobs.run import Leased, wait_before
from tests.databases import migrated_postgres_database
from tests.servers import PostgresServer, RedisServer, postgres_of_ones_own, redis_of_ones_own
from tests.service.jobs.kinds_for_tests import kinds, marks
from tests.service.jobs.waiting import ended, submit, until, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    with redis_of_ones_own() as server:
        yield server


@pytest.fixture
def own_postgres() -> Iterator[tuple[PostgresServer, str]]:
    """A server of this test's own, and a migrated database in it."""
    with postgres_of_ones_own() as server, migrated_postgres_database(server.url) as url:
        yield server, url


@pytest.mark.server
async def test_without_redis_what_runs_goes_on_and_what_is_asked_for_waits(
    own_redis: RedisServer, database: engine.Engine, tmp_path: Path
) -> None:
    worker, announcer = ArqWorker(own_redis.url, kinds(tmp_path)), ArqQueue(own_redis.url)
    await worker.start()
    await announcer.start()
    running = await submit(announcer, "slow")
    await wait_for(lambda: bool(marks(tmp_path)))
    own_redis.stop()
    asked = await submit(announcer, "note")
    assert not await announcer.answers()
    await jobs.ask_stop(running, "keep")
    assert (await ended(running)).state == "done"
    assert (await jobs.read_job(asked)).state == "queued"
    own_redis.start()
    assert (await ended(asked)).state == "done"
    assert await announcer.answers()
    assert marks(tmp_path)[1:] == ["kept", "note"]
    await announcer.stop()
    await worker.stop()


@pytest.mark.server
async def test_a_worker_without_redis_ends_and_gives_back_what_it_runs(
    own_redis: RedisServer, database: engine.Engine, tmp_path: Path
) -> None:
    worker = ArqWorker(own_redis.url, kinds(tmp_path))
    await worker.start()
    job_id = await submit(None, "slow")
    await wait_for(lambda: bool(marks(tmp_path)))
    own_redis.stop()
    async with asyncio.timeout(60):
        await worker.stop()
    assert (await jobs.read_job(job_id)).error == "worker-ended"
    own_redis.start()


@pytest.mark.server
async def test_a_database_away_for_a_moment_changes_nothing_for_a_running_job(
    own_postgres: tuple[PostgresServer, str], tmp_path: Path
) -> None:
    server, url = own_postgres
    async with engine.connected(url):
        queue = LocalQueue(kinds(tmp_path))
        await queue.start()
        job_id = await submit(queue, "slow")
        await wait_for(lambda: bool(marks(tmp_path)))
        server.stop()
        with pytest.raises(UnreachableError):
            await jobs.read_job(job_id)
        await asyncio.sleep(2.0)
        server.start()
        await jobs.ask_stop(job_id, "keep")
        job = await ended(job_id)
        assert (job.state, job.attempt) == ("done", 1)
        assert (await ended(await submit(queue, "note"))).state == "done"
        await queue.stop()


async def test_an_embedded_database_that_is_locked_for_long_delays_jobs_only(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "locked.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setattr("db.sqlite.BUSY_SECONDS", 0.2)
    async with engine.connected(f"sqlite:///{path}"):
        queue = LocalQueue(kinds(tmp_path))
        await queue.start()
        job_id = await submit(None, "note")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(1.0)
        with pytest.raises(LockedError):
            await submit(queue, "note")
        other.rollback()
        other.close()
        assert (await ended(job_id)).state == "done"
        await queue.stop()


async def test_what_a_full_database_refuses_is_told_as_such_and_nothing_is_half_written(
    sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "full.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    async with engine.connected(f"sqlite:///{path}") as running:
        async with running.transaction():
            pages = (await running.run_sql("PRAGMA page_count", []))[0]["page_count"]
            await running.run_sql(f"PRAGMA max_page_count = {pages}", [])
        with pytest.raises(FullError):
            await _submit_many(200)
        kept = await jobs.list_jobs(limit=500)
        assert all(len(one.payload) == 2002 for one in kept)
        assert (await running.run_sql("PRAGMA integrity_check", []))[0]["integrity_check"] == "ok"


async def _submit_many(count: int) -> None:
    for _ in range(count):
        await submit(None, "note", payload='"' + "x" * 2000 + '"')


async def test_a_job_whose_database_fails_it_is_tried_again(database: engine.Engine, tmp_path: Path) -> None:
    queue = LocalQueue(kinds(tmp_path))
    await queue.start()
    job = await until(await submit(queue, "unlucky"), lambda one: one.error is not None)
    assert (job.state, job.attempt, job.error) == ("queued", 1, "UnreachableError")
    await queue.stop()


async def test_a_stale_attempt_holds_nothing(database: engine.Engine) -> None:
    job_id = await submit(None, "slow")
    first = await jobs.take_job(job_id, "first", _now())
    assert first is not None
    stale = Leased(first)
    await stale.hold()
    monday = _now() + timedelta(seconds=jobs.SILENT_SECONDS + 1)
    assert await jobs.take_job(job_id, "second", monday) is not None
    with pytest.raises(LeaseLost):
        await stale.hold()
    with pytest.raises(LeaseLost):
        await stale.report({"done": 1})


def _now() -> datetime:
    return datetime.now(tz=UTC)


def test_the_wait_after_each_attempt_is_twice_as_long_and_never_beyond_an_hour() -> None:
    waits = [wait_before(attempt, 60.0).total_seconds() for attempt in range(1, 9)]
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
