"""Reads people's own agendas again: what changed becomes busy time, what fails keeps its last good state."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from calendars.busy import NotACalendar, busy_time
from db.queries.busy_sources import busy_sources, note_busy_failure, note_busy_unchanged, store_busy
from db.queries.territories import territory_by_id
from db.records.busy import BusyReading, BusySource
from service.accounts.master_key import NotOpened
from service.busy.fetch import Fetched, FetchFailed

EVERY = timedelta(minutes=55)
BACK, AHEAD = timedelta(days=31), timedelta(days=400)


class FetchesAgendas(Protocol):
    """What fetches an agenda by its address."""

    async def fetch(
        self, address: str, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched: ...


OpenAddress = Callable[[BusySource], str]
"""The address behind its seal."""


async def read_busy_sources(fetcher: FetchesAgendas, open_address: OpenAddress, now: datetime) -> int:
    """Every agenda with an address that was not tried within the hour; how many were read."""
    due = [
        one
        for one in await busy_sources(tried_before=now - EVERY)
        if one.kind == "url" and one.address_sealed
    ]
    for source in due:
        try:
            address = open_address(source)
        except NotOpened:
            await note_busy_failure(source.id, "not-opened", at=now)
            continue
        await read_busy_source(source, fetcher, address, now)
    return len(due)


async def read_busy_source(source: BusySource, fetcher: FetchesAgendas, address: str, now: datetime) -> None:
    """One agenda: stored, unchanged, or failed with its code shown."""
    validators = (source.etag, source.last_modified) if _read_this_month(source, now) else (None, None)
    try:
        fetched = await fetcher.fetch(address, *validators)
        await _keep(source, fetched, now)
    except FetchFailed as failure:
        await note_busy_failure(source.id, str(failure), at=now)
    except NotACalendar:
        await note_busy_failure(source.id, "not-a-calendar", at=now)


def _read_this_month(source: BusySource, now: datetime) -> bool:
    """Once a month an agenda is read whole though it did not change: its repeated times reach further then."""
    read_at = source.last_success_at
    return read_at is not None and (read_at.year, read_at.month) == (now.year, now.month)


async def _keep(source: BusySource, fetched: Fetched, now: datetime) -> None:
    if fetched.body is None:
        await note_busy_unchanged(source.id, at=now)
        return
    reading = await busy_reading(source.territory_id, fetched.body, now)
    reading = BusyReading(
        intervals=reading.intervals,
        warnings=reading.warnings,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
    )
    await store_busy(source.territory_id, source.id, reading, at=now)


async def busy_reading(territory_id: UUID, body: bytes, now: datetime) -> BusyReading:
    """What the bytes say of a month back and thirteen ahead; in a thread. Raises `NotACalendar`."""
    territory = await territory_by_id(territory_id)
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    window = (start - BACK, start + AHEAD)
    found = await asyncio.to_thread(busy_time, body, window, ZoneInfo(territory.zone))
    return BusyReading(intervals=found.busy, warnings=tuple(doubt.sentence() for doubt in found.doubts))
