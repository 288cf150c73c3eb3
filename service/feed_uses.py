"""When each address of a feed was last read, to the hour, and whom it showed: gathered in memory, written in the background."""

import asyncio
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import structlog

from db.acting import act_as
from db.errors import DatabaseError
from db.queries.feed_tokens import note_feed_uses
from db.queries.trail import note
from db.records.feed import FeedToken
from db.records.trail import TrailEntry
from service.feed_options import options_of
from service.privacy.shown import references_in

WRITE_SECONDS = 3.0
RETRY_SECONDS = 30.0
MOST_READINGS = 10_000
"""Readings that wait for a database that takes none; those beyond are lost, and the log says how many."""
AGENDA = "agenda"
_FOLD = re.compile(rb"\r\n[ \t]")

log = structlog.get_logger()


class Shown(NamedTuple):
    """The calendar that an address gave."""

    etag: str
    body: bytes


class FeedUses:
    """Notes each address once an hour and calendar; what is noted within a few seconds is written together.

    Readings wait until the database takes them; `close` writes what waits.
    """

    def __init__(self) -> None:
        self._seen: dict[UUID, tuple[datetime, str]] = {}
        self._waiting: dict[UUID, datetime] = {}
        self._shown: dict[UUID, set[str]] = {}
        self._readings: list[TrailEntry] = []
        self._task: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def note(self, token: FeedToken, shown: Shown, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        before, seen = self._seen.get(token.id), (hour, shown.etag)
        if before == seen:
            return
        self._seen[token.id] = seen
        if options_of(token.options).references:
            if before is None or before[0].date() != hour.date():
                self._shown[token.id] = set()
            self._note_shown(token, set(references_in(_FOLD.sub(b"", shown.body))), now)
        if token.last_used_at is None or token.last_used_at < hour:
            self._waiting[token.id] = hour
        if (self._waiting or self._readings) and (self._task is None or self._task.done()):
            self._closing = asyncio.Event()
            self._task = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Write what waits at once; a database that refuses it is not asked again."""
        self._closing.set()
        if self._task is not None:
            await self._task

    def _note_shown(self, token: FeedToken, references: set[str], now: datetime) -> None:
        """One entry a day and address, another when it shows somebody more."""
        if references <= self._shown[token.id]:
            return
        self._shown[token.id] |= references
        alone = next(iter(references)) if len(references) == 1 else None
        self._readings.append(
            TrailEntry(
                at=now.astimezone(UTC),
                action="read",
                territory_id=token.territory_id,
                actor_id=token.made_by,
                actor_label=AGENDA,
                about_kind="participant",
                about_ref=alone,
                detail={"by": "read_feed", "agenda": str(token.id)}
                | ({} if alone else {"references": sorted(references)}),
            )
        )

    async def _write(self) -> None:
        # This task began within a request of somebody; what it writes is of many.
        act_as(None)
        pause = WRITE_SECONDS
        while self._waiting or self._readings:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._closing.wait()
            last = self._closing.is_set()
            pause = WRITE_SECONDS if await self._write_readings() else RETRY_SECONDS
            await self._write_uses()
            if last:
                break

    async def _write_readings(self) -> bool:
        """Whether the trail took them; what it did not take waits on, before what came meanwhile."""
        readings, self._readings = self._readings, []
        if not readings:
            return True
        try:
            await note(*readings)
        except DatabaseError as error:
            waiting = readings + self._readings
            self._readings = waiting[:MOST_READINGS]
            log.warning(
                "feed_readings_not_written",
                count=len(self._readings),
                lost=len(waiting) - len(self._readings),
                error=type(error).__name__,
            )
            return False
        return True

    async def _write_uses(self) -> None:
        noted, self._waiting = self._waiting, {}
        try:
            for hour in sorted(set(noted.values())):
                await note_feed_uses([one for one in noted if noted[one] == hour], at=hour)
        except DatabaseError as error:
            # The next hour notes them again.
            log.warning("feed_uses_not_written", count=len(noted), error=type(error).__name__)
