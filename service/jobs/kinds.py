"""What a job is made of: a kind with its handler, and what the handler may ask of the job it runs."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol
from uuid import UUID

import msgspec

from db.records.job import Job


class RunningJob(Protocol):
    """A job as its handler sees it. Its lease is renewed behind the handler's back."""

    job: Job
    stop_asked: asyncio.Event
    """Set when somebody wants the job to end with what it has; a cancelled job is cancelled like any task."""

    async def report(self, progress: object) -> None:
        """Stores progress (any record) for whoever watches. Raises `LeaseLost`."""

    async def hold(self) -> None:
        """Call it first in a transaction that writes what the job made: raises `LeaseLost` when another
        process has the job by now; until the commit none can take it."""


Handler = Callable[[RunningJob], Awaitable[object | None]]
"""Does the job; what it returns is stored as JSON. Idempotent: a job may be run again from its start."""


class LeaseLost(Exception):
    """Another process holds the job by now."""


class TryLater(Exception):
    """Raised by a handler whose surroundings fail for now: the job is queued again, the second time after
    twice as long, and so on. `code` names why."""

    def __init__(self, code: str, seconds: float = 60.0) -> None:
        super().__init__(code)
        self.code = code
        self.seconds = seconds


GaveUp = Callable[[UUID, str], Awaitable[None]]
"""Told of the subject of a job that will not be tried again, and why."""


class JobKind(msgspec.Struct, frozen=True, kw_only=True):
    """`solves`: takes the whole machine, so that a worker runs one such job at a time."""

    name: str
    handler: Handler
    solves: bool = False
    gave_up: GaveUp | None = None


class JobKinds:
    """The kinds a process can run, by name."""

    def __init__(self, kinds: Iterable[JobKind]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}

    def __getitem__(self, name: str) -> JobKind:
        return self._kinds[name]

    def __contains__(self, name: str) -> bool:
        return name in self._kinds

    def that_solve(self) -> tuple[str, ...]:
        return tuple(kind.name for kind in self._kinds.values() if kind.solves)
