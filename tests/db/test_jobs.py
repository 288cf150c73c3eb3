"""Leases on jobs: one holder at a time, void after a silence, written only by who holds it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from db.errors import AlreadyThereError
from db.queries import jobs
from db.records.job import NewJob
from db.states import JobState

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def test_a_new_job_waits_and_is_taken_once():
    job_id = await jobs.insert_job(NewJob(kind="solve", payload='{"a": 1}'))
    assert [job.id for job in await jobs.waiting_jobs(NOW)] == [job_id]
    taken = await asyncio.gather(*(jobs.take_job(job_id, f"w{n}", NOW) for n in range(20)))
    winners = [job for job in taken if job is not None]
    assert len(winners) == 1
    assert winners[0].attempt == 1
    assert winners[0].payload == '{"a": 1}'
    assert await jobs.waiting_jobs(NOW) == []


async def test_the_same_dedupe_key_waits_only_once():
    first = await jobs.insert_job(NewJob(kind="solve", dedupe_key="idf 2026-12"))
    with pytest.raises(AlreadyThereError):
        await jobs.insert_job(NewJob(kind="solve", dedupe_key="idf 2026-12"))
    taken = await jobs.take_job(first, "w", NOW)
    assert taken is not None
    assert await jobs.end_job(taken, JobState.DONE)
    await jobs.insert_job(NewJob(kind="solve", dedupe_key="idf 2026-12"))


async def test_a_job_for_later_waits_until_its_instant():
    later = NOW + timedelta(hours=1)
    job_id = await jobs.insert_job(NewJob(kind="mail", not_before_at=later))
    assert await jobs.waiting_jobs(NOW) == []
    assert await jobs.take_job(job_id, "w", NOW) is None
    assert await jobs.take_job(job_id, "w", later) is not None


async def test_a_silent_lease_is_void_and_its_holder_can_no_longer_write():
    job_id = await jobs.insert_job(NewJob(kind="solve"))
    first = await jobs.take_job(job_id, "dead", NOW)
    assert first is not None
    assert await jobs.take_job(job_id, "eager", NOW + timedelta(seconds=29)) is None
    second = await jobs.take_job(job_id, "next", NOW + timedelta(seconds=31))
    assert second is not None
    assert second.attempt == 2
    assert await jobs.beat(first, NOW) is None
    assert await jobs.note_progress(first, "{}", NOW) is None
    assert not await jobs.end_job(first, JobState.DONE)
    assert await jobs.end_job(second, JobState.DONE)


async def test_a_heartbeat_keeps_the_lease():
    job_id = await jobs.insert_job(NewJob(kind="solve"))
    job = await jobs.take_job(job_id, "w", NOW)
    assert job is not None
    assert await jobs.beat(job, NOW + timedelta(seconds=20)) is not None
    assert await jobs.take_job(job_id, "x", NOW + timedelta(seconds=45)) is None


async def test_stopping_cancels_what_waits_and_asks_what_runs():
    waiting = await jobs.insert_job(NewJob(kind="solve"))
    assert await jobs.ask_stop(waiting, "cancel") is JobState.CANCELLED
    running = await jobs.insert_job(NewJob(kind="solve"))
    job = await jobs.take_job(running, "w", NOW)
    assert job is not None
    assert await jobs.ask_stop(running, "keep") is JobState.RUNNING
    renewed = await jobs.beat(job, NOW)
    assert renewed is not None
    assert renewed.stop_asked == "keep"


async def test_a_requeued_job_waits_for_its_next_attempt():
    job_id = await jobs.insert_job(NewJob(kind="mail"))
    job = await jobs.take_job(job_id, "w", NOW)
    assert job is not None
    later = NOW + timedelta(minutes=1)
    assert await jobs.requeue_job(job, not_before_at=later, error="smtp")
    again = await jobs.take_job(job_id, "w", later)
    assert again is not None
    assert (again.attempt, again.error) == (2, "smtp")


async def test_a_job_no_queue_heard_of_is_found_again():
    job_id = await jobs.insert_job(NewJob(kind="solve"))
    assert await jobs.forgotten_jobs(NOW) == [job_id]
    await jobs.mark_enqueued([job_id], NOW)
    assert await jobs.forgotten_jobs(NOW) == []
    assert await jobs.forgotten_jobs(NOW + timedelta(seconds=31)) == [job_id]


async def test_a_due_run_is_claimed_by_one_of_many():
    claims = await asyncio.gather(*(jobs.claim_run("retention", NOW) for _ in range(20)))
    assert claims.count(True) == 1
    assert await jobs.claim_run("retention", NOW + timedelta(days=1))
