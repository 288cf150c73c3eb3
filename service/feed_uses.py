"""When each address of a feed was last read, to the hour: gathered in memory, written in the background."""

import asyncio
from datetime import datetime
from uuid import UUID

import structlog

from db.errors import DatabaseError
from db.queries.feed_tokens import note_feed_uses
from db.records.feed import FeedToken

WRITE_SECONDS = 3.0

log = structlog.get_logger()


class FeedUses:
    """Notes each address once an hour; what is noted within a few seconds is written together."""

    def __init__(self) -> None:
        self._hours: dict[UUID, datetime] = {}
        self._waiting: set[UUID] = set()
        self._task: asyncio.Task[None] | None = None

    def note(self, token: FeedToken, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._hours.get(token.id) == hour or (token.last_used_at and token.last_used_at >= hour):
            return
        self._hours[token.id] = hour
        self._waiting.add(token.id)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write(now))

    async def _write(self, now: datetime) -> None:
        await asyncio.sleep(WRITE_SECONDS)
        noted, self._waiting = self._waiting, set()
        try:
            await note_feed_uses(noted, at=now)
        except DatabaseError:
            # The next hour notes them again: the last use is a convenience, never worth an error.
            log.warning("feed_uses_not_written", count=len(noted))
