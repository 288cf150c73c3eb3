"""One transaction for one action, and the locks that put writers in a row.

Inside a transaction start no task (`gather`, `create_task`, `wait_for`): it belongs to one task.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from db.acting import collecting, noting_again_if_it_fails
from db.engine import current
from db.errors import LockedError
from db.trail_keeping import keep_mentions
from db.unit import active, must_be_active

ATTEMPTS = 4

Result = TypeVar("Result")
_afterwards: ContextVar[list[Callable[[], Awaitable[None]]] | None] = ContextVar("afterwards", default=None)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All or nothing; inside another transaction it is a part of that one.

    The outermost one keeps in the trail what was touched, and so commits both or neither.
    """
    if active(current()) is not None:
        async with current().transaction(mode="write"):
            yield
        return
    afterwards: list[Callable[[], Awaitable[None]]] = []
    token = _afterwards.set(afterwards)
    try:
        with noting_again_if_it_fails():
            async with current().transaction(mode="write"):
                with collecting() as touched:
                    yield
                await keep_mentions(touched)
    finally:
        _afterwards.reset(token)
    for work in afterwards:
        await work()


async def when_committed(work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` once the outermost transaction has committed, at once when there is none."""
    afterwards = _afterwards.get()
    if active(current()) is None or afterwards is None:
        await work()
    else:
        afterwards.append(work)


@asynccontextmanager
async def snapshot() -> AsyncIterator[None]:
    """Every read inside sees the same instant; nothing can be written."""
    async with current().transaction(mode="read"):
        yield


def inside_one() -> bool:
    """Whether this task has a transaction or a snapshot open."""
    return active(current()) is not None


async def lock(*names: str) -> None:
    """Hold these names until the transaction ends; whoever asks for one of them waits.

    On SQLite a write transaction already excludes every other one.
    """
    engine = current()
    must_be_active(engine)
    if engine.engine_type == "postgres":
        for name in sorted(set(names)):
            await engine.run_sql("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name])


async def lock_territory(territory_id: UUID) -> None:
    """Hold a territory: one publication, booking or move at a time."""
    await lock(f"territory {territory_id}")


async def in_transaction(
    work: Callable[[], Awaitable[Result]], *, territory_id: UUID | None = None
) -> Result:
    """Do `work` in a transaction of its own, again when another one made it lose a lock.

    Raises `LockedError` when it lost every time; inside a transaction it is tried once.
    """
    attempts = 1 if active(current()) is not None else ATTEMPTS
    for attempt in range(1, attempts + 1):
        try:
            async with transaction():
                if territory_id is not None:
                    await lock_territory(territory_id)
                return await work()
        except LockedError:
            if attempt == attempts:
                raise
            await asyncio.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311
    raise AssertionError("unreachable")
