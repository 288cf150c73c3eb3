"""When many ask for one thing in one instant: one reading for all of them, and nobody races who is taking it.

Both are about this process alone and about speed alone: what one may have is decided by the database.
Neither is for who is inside a transaction already: it would wait for others who wait for its own end.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Generic, TypeVar

Found = TypeVar("Found")


class SharedReading(Generic[Found]):
    """A reading that has not begun yet serves everybody who asks until it does: nobody is given an older one."""

    def __init__(self) -> None:
        self._to_come: dict[Hashable, asyncio.Task[Found]] = {}
        self._running: dict[Hashable, asyncio.Task[Found]] = {}

    async def ask(self, key: Hashable, read: Callable[[], Awaitable[Found]]) -> Found:
        """What `read` finds; it is called after this was asked, by one of those who ask for `key`."""
        task = self._to_come.get(key)
        if task is None or task.done():
            work = self._in_turn(key, read, self._running.get(key))
            # A context of its own: nobody's transaction, nobody's name in the trail.
            task = asyncio.create_task(work, context=Context())
            self._to_come[key] = task
        return await asyncio.shield(task)

    async def _in_turn(
        self, key: Hashable, read: Callable[[], Awaitable[Found]], before: asyncio.Task[Found] | None
    ) -> Found:
        if before is not None:
            await asyncio.wait([before])
        self._running[key] = self._to_come.pop(key)
        try:
            return await read()
        finally:
            if self._running.get(key) is asyncio.current_task():
                del self._running[key]


class Taking:
    """Who is taking what; the others wait for how it ends."""

    def __init__(self) -> None:
        self._taken_by: dict[Hashable, asyncio.Event] = {}

    async def settled(self, key: Hashable) -> None:
        """Returns once nobody takes `key`."""
        while key in self._taken_by:
            await self._taken_by[key].wait()

    def goes_on(self, key: Hashable) -> bool:
        return key in self._taken_by

    @contextmanager
    def by_me(self, key: Hashable) -> Iterator[None]:
        """Ask `goes_on` first, without waiting in between."""
        self._taken_by[key] = asyncio.Event()
        try:
            yield
        finally:
            self._taken_by.pop(key).set()
