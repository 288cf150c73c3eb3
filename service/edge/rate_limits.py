"""How many requests somebody may send in a minute: counted here, or in Redis when there are several of us."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import structlog
from litestar.exceptions import ClientException
from litestar.handlers import BaseRouteHandler
from redis.asyncio import Redis
from redis.exceptions import RedisError

from service.accounts.origin import origin_of
from service.edge.identity import Connection
from service.edge.unsent import remember_form
from service.errors import TooManyRequests
from service.settings import Settings

WINDOW_SECONDS = 60
MOST_KEYS = 50_000
log = structlog.get_logger(__name__)


class RateCounter(Protocol):
    """Counts hits in windows of a minute."""

    async def hit(self, key: str) -> int:
        """One more; how many in this window by now."""

    async def close(self) -> None: ...


class MemoryCounter:
    """For one process: forgets each window at its end. The clock tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._window = 0
        self._counts: dict[str, int] = {}

    async def hit(self, key: str) -> int:
        window = int(self._clock()) // WINDOW_SECONDS
        if window != self._window or len(self._counts) > MOST_KEYS:
            self._window, self._counts = window, {}
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]

    async def close(self) -> None:
        self._counts.clear()


class RedisCounter:
    """For several processes. A Redis that fails stops nobody: the count of this request is lost."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url)

    async def hit(self, key: str) -> int:
        name = f"escale:rate:{int(time.time()) // WINDOW_SECONDS}:{key}"
        try:
            async with self._redis.pipeline(transaction=True) as both:
                both.incr(name)
                both.expire(name, WINDOW_SECONDS * 2)
                count, _ = await both.execute()
        except RedisError as error:
            log.warning("rate not counted", error=type(error).__name__)
            return 0
        return int(count)

    async def close(self) -> None:
        await self._redis.aclose()


def make_counter(settings: Settings) -> RateCounter:
    return RedisCounter(settings.redis) if settings.queue == "arq" else MemoryCounter()


def seconds_left() -> int:
    """Until the window ends."""
    return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS


async def limit_rate(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard, before any that reads a body: also one that cannot be read is counted.

    Raises `TooManyRequests`. A handler's `rate="sign_in"` is the strict one.
    """
    if handler.opt.get("unlimited"):
        return
    settings: Settings = connection.app.state.settings
    strict = handler.opt.get("rate") == "sign_in"
    most = settings.sign_ins_per_minute if strict else settings.requests_per_minute
    counter: RateCounter = connection.app.state.rates
    if await counter.hit(f"{'sign_in' if strict else 'all'}:{_who(connection)}") > most:
        log.warning("rate limited", route=connection.scope.get("path_template", ""))
        with suppress(ClientException):
            await remember_form(connection, handler)
        raise TooManyRequests("Réessayez dans un instant.", retry_after=seconds_left())


def _who(connection: Connection) -> str:
    """The network address, as a hash: counters hold nothing that tells of a person."""
    return hashlib.sha256(origin_of(connection).address.encode()).hexdigest()[:16]
