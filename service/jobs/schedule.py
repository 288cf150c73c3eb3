"""Jobs that come by the clock: each due instant is claimed once, whatever the number of processes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import structlog

from db.errors import AlreadyThereError, DatabaseError
from db.queries import jobs
from db.records.job import NewJob
from db.transaction import transaction
from service.jobs.queue import JobQueue

TICK_SECONDS = 20.0
ZONE = ZoneInfo("Europe/Paris")
LOG = structlog.get_logger("escale.jobs")


class Scheduled(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of job that is due every `every_minutes`, or every day at the local hour `at`."""

    kind: str
    every_minutes: int | None = None
    at: time | None = None
    needed: Callable[[datetime], Awaitable[bool]] | None = None
    """Asked first: what has nothing to do leaves no job behind."""

    def last_due_at(self, now: datetime) -> datetime:
        """The latest instant, not after `now`, at which it was due."""
        if self.at is not None:
            local = now.astimezone(ZONE)
            today = datetime.combine(local.date(), self.at, tzinfo=ZONE)
            due = (
                today
                if today <= local
                else datetime.combine(local.date() - timedelta(days=1), self.at, tzinfo=ZONE)
            )
            return due.astimezone(UTC)
        assert self.every_minutes is not None
        step = self.every_minutes * 60
        return datetime.fromtimestamp(now.timestamp() // step * step, tz=UTC)


async def queue_what_is_due(scheduled: Sequence[Scheduled], queue: JobQueue, now: datetime) -> list[str]:
    """Queues every job that is due and that no process has claimed; their kinds."""
    queued = []
    for one in scheduled:
        due_at = one.last_due_at(now)
        if (
            now - due_at < timedelta(hours=6)
            and await _wanted(one, now)
            and await _queue_once(one, due_at, queue)
        ):
            queued.append(one.kind)
    return queued


async def _wanted(one: Scheduled, now: datetime) -> bool:
    """Whatever goes wrong in asking for one kind is noted and stops no other."""
    if one.needed is None:
        return True
    try:
        return await one.needed(now)
    except DatabaseError:
        raise
    except Exception:
        LOG.exception("scheduled job not asked for", kind=one.kind)
        return False


async def _queue_once(one: Scheduled, due_at: datetime, queue: JobQueue) -> bool:
    payload = msgspec.json.encode({"due_at": due_at}).decode()
    try:
        async with transaction():
            if not await jobs.claim_run(one.kind, due_at):
                return False
            job_id = await jobs.insert_job(
                NewJob(kind=one.kind, payload=payload, dedupe_key=f"scheduled {one.kind}")
            )
    except AlreadyThereError:
        return False
    await queue.announce(job_id, solves=False)
    return True


class Clock:
    """Looks at the schedule for as long as it runs."""

    def __init__(self, scheduled: Sequence[Scheduled], queue: JobQueue) -> None:
        self._scheduled = scheduled
        self._queue = queue
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._tick_for_ever(), name="schedule")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _tick_for_ever(self) -> None:
        while True:
            try:
                await queue_what_is_due(self._scheduled, self._queue, datetime.now(tz=UTC))
            except DatabaseError as error:
                LOG.warning("schedule not looked at", error=type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)
