"""The suite once more, as the service is run on several machines: `pytest --scaled-out`.

Every test that talks HTTP to the service then talks to one address before two web processes, with two workers,
on PostgreSQL and Redis, and the database that the test fills is theirs. What patches the process it runs in is
left out, and so is what talks to nobody: that runs on both engines anyhow.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.datastructures import State
from litestar.routes import BaseRoute

from service.app import create_app
from service.settings import read_settings
from tests.deployment import Deployment, deployed

OPTION = "--scaled-out"
TALKS = {"browser", "make_app", "service"}
"""What of `tests/service/door.py` a module uses that talks HTTP."""
BASE = {
    "ESCALE_DEMO": "false",
    "ESCALE_PUBLIC_ADDRESS": "https://escale.test",
    "ESCALE_SIGN_INS_PER_MINUTE": "10000",
    "ESCALE_REQUESTS_PER_MINUTE": "10000000",
    "ESCALE_PRIVATE_AGENDAS": "true",
}
WITHOUT_COSTS = ("tests.cheap_passwords", "service.cli")
LENIENT = {"ESCALE_SIGN_INS_PER_MINUTE": 1000, "ESCALE_REQUESTS_PER_MINUTE": 100_000}
"""From here on a limit is meant to be out of the way."""


class FarApp:
    """Stands where a test has the application: what runs elsewhere, under one address (`url`)."""

    def __init__(self, deployment: Deployment) -> None:
        self.url = httpx.URL(deployment.url)
        self.state = State({"settings": read_settings(deployment.settings)})

    @cached_property
    def routes(self) -> list[BaseRoute]:
        """Those of an application like it."""
        return create_app(self.state.settings).routes


class FarClient(httpx.Client):
    """What a test client is, for a service that runs elsewhere."""

    def __init__(self, app: FarApp) -> None:
        super().__init__(base_url=app.url, follow_redirects=True, timeout=180, limits=ONE_REQUEST_EACH)
        self.app = app


ONE_REQUEST_EACH = httpx.Limits(max_keepalive_connections=0)
"""A connection a request, so that each meets the next process."""


class ThroughTheBalancer(httpx.AsyncBaseTransport):
    """Sends what is meant for the public address to where the processes are."""

    def __init__(self, app: FarApp) -> None:
        self._to = app.url
        self._inner = httpx.AsyncHTTPTransport(limits=ONE_REQUEST_EACH)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_with(scheme="http", host=self._to.host, port=self._to.port)
        there = httpx.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return await self._inner.handle_async_request(there)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _is_strict(name: str, value: str) -> bool:
    """Whether a setting is a limit that a test means to reach."""
    return name in LENIENT and int(value) < LENIENT[name]


class ScaledOut:
    """Deployments on one database, one for each set of settings, started when first asked for."""

    def __init__(self, database_url: str, redis: str, folder: Path) -> None:
        self.database_url = database_url
        self._redis = redis
        self._folder = folder
        self._running: dict[frozenset[tuple[str, str]], FarApp] = {}
        self._stack = ExitStack()

    def app(self, **settings: str) -> FarApp:
        """The service with these settings, in lower case; a lenient limit is that of all."""
        wanted = {f"ESCALE_{name.upper()}": value for name, value in settings.items()}
        own = {
            name: value
            for name, value in wanted.items()
            if BASE.get(name) != value and (name not in LENIENT or _is_strict(name, value))
        }
        key = frozenset(own.items())
        if key not in self._running:
            self._running[key] = FarApp(self._start(own))
        return self._running[key]

    def _start(self, own: dict[str, str]) -> Deployment:
        """Workers serve all: those of the first. Where a limit is tried its hits are counted apart."""
        workers = 0 if self._running else 2
        folder = self._folder / str(len(self._running))
        redis = self._redis
        if any(_is_strict(name, value) for name, value in own.items()):
            redis = f"{redis.rpartition('/')[0]}/{len(self._running) + 2}"
        var = {"ESCALE_VAR": str(self._folder / "var")}
        made = deployed(
            self.database_url, folder, redis=redis, webs=2, workers=workers, program=WITHOUT_COSTS,
            **(BASE | var | own),
        )  # fmt: skip
        return self._stack.enter_context(made)

    def end(self) -> None:
        self._stack.close()


_now: list[ScaledOut] = []


def running() -> ScaledOut | None:
    """What tests talk to in this session; None: each has the application in its own process."""
    return _now[-1] if _now else None


@contextmanager
def for_this_session(database_url: str, redis: str, folder: Path) -> Iterator[None]:
    made = ScaledOut(database_url, redis, folder)
    _now.append(made)
    try:
        made.app()
        yield
    finally:
        _now.remove(made)
        made.end()


def stays(item: pytest.Item) -> bool:
    """Whether a test belongs to this run: it talks HTTP, on PostgreSQL, and patches nothing here."""
    used: set[str] = set(getattr(item, "fixturenames", ()))
    params: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
    talks = "living" in used or not TALKS.isdisjoint(vars(getattr(item, "module", os)))
    elsewhere = "sqlite" in params.values() or not used.isdisjoint(("monkeypatch", "deployment"))
    return talks and not elsewhere and item.get_closest_marker("in_process") is None
