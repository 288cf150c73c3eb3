"""When each address of a feed was last read, to the hour, and whom it showed: gathered in memory, written in the background."""

import asyncio
import re
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
AGENDA = "agenda"
_FOLD = re.compile(rb"\r\n[ \t]")

log = structlog.get_logger()


class Shown(NamedTuple):
    """The calendar that an address gave."""

    etag: str
    body: bytes


class FeedUses:
    """Notes each address once an hour and calendar; what is noted within a few seconds is written together."""

    def __init__(self) -> None:
        self._seen: dict[UUID, tuple[datetime, str]] = {}
        self._waiting: set[UUID] = set()
        self._shown: dict[UUID, set[str]] = {}
        self._readings: list[TrailEntry] = []
        self._task: asyncio.Task[None] | None = None

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
            self._waiting.add(token.id)
        if (self._waiting or self._readings) and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._write(now))

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

    async def _write(self, now: datetime) -> None:
        await asyncio.sleep(WRITE_SECONDS)
        # This task began within a request of somebody; what it writes is of many.
        act_as(None)
        noted, self._waiting = self._waiting, set()
        readings, self._readings = self._readings, []
        try:
            if readings:
                await note(*readings)
            await note_feed_uses(noted, at=now)
        except DatabaseError as error:
            # The next hour notes the uses again. Whom they showed is told by the log's count alone.
            log.warning(
                "feed_uses_not_written", count=len(noted), readings=len(readings), error=type(error).__name__
            )
