"""The service as it is run: real processes of `escale serve` and `escale worker`, embedded or scaled out.

`deployment` of `tests/conftest.py` gives a test both, one after the other. They live for the whole
session: a test makes a territory and accounts of its own in them.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import httpx

from db import engine
from tests.balancer import balancer
from tests.servers import free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent
AS_IT_IS = ("service.cli",)
"""The service as it is run; others run it through a program of the tests."""
Result = TypeVar("Result")


class Process:
    """One running subcommand of `escale`; its standard error is kept in a file."""

    def __init__(
        self, subcommand: str, port: int, settings: dict[str, str], log: Path, program: tuple[str, ...]
    ) -> None:
        name = "ESCALE_WORKER_PORT" if subcommand == "worker" else "ESCALE_PORT"
        self.url = f"http://127.0.0.1:{port}"
        self.port = port
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *program, subcommand],
                cwd=ROOT,
                env=without_settings() | settings | {name: str(port)},
                stderr=file,
            )

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return httpx.get(f"{self.url}/ready", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def end(self, signal_number: int = signal.SIGTERM, seconds: float = 90) -> int:
        """Sends a signal, waits; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal_number)
        return self.process.wait(seconds)


def without_settings() -> dict[str, str]:
    """The environment of the tests without what would change the service."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ESCALE_")}


def run_escale(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A subcommand as it is typed, to its end; `settings` by the names of their variables."""
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        cwd=ROOT,
        env=without_settings() | settings,
        capture_output=True,
        text=True,
        timeout=180,
    )


class Deployment:
    """Web processes, workers, and the one address before them all (`url`)."""

    def __init__(
        self, database_url: str, settings: dict[str, str], folder: Path, program: tuple[str, ...] = AS_IT_IS
    ) -> None:
        self.database_url = database_url
        self.settings = {
            "ESCALE_DATABASE_URL": database_url,
            "ESCALE_VAR": str(folder / "var"),
            "ESCALE_SOLVE_WORKERS": "1",
            "ESCALE_LOG_FORMAT": "json",
        } | settings
        self.webs: list[Process] = []
        self.workers: list[Process] = []
        self.url = ""
        self._folder, self._program = folder, program

    def start(self, subcommand: str) -> Process:
        """Another process, not yet ready."""
        place = self.workers if subcommand == "worker" else self.webs
        log = self._folder / f"{subcommand}-{len(place)}.log"
        process = Process(subcommand, free_port(), self.settings, log, self._program)
        place.append(process)
        return process

    def wait_until_ready(self) -> None:
        for process in (*self.webs, *self.workers):
            wait_until(process.is_ready)

    def do(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Something done directly in the database that these processes use."""

        async def connect_and_work() -> Result:
            async with engine.connected(self.database_url):
                return await work()

        return asyncio.run(connect_and_work())

    def end(self) -> None:
        for process in (*self.webs, *self.workers):
            process.end(signal.SIGKILL)


@contextmanager
def deployed(
    database_url: str,
    folder: Path,
    *,
    redis: str | None = None,
    webs: int = 1,
    workers: int = 0,
    program: tuple[str, ...] = AS_IT_IS,
    **settings: str,
) -> Iterator[Deployment]:
    """Started and ready; with `redis` jobs go through it."""
    folder.mkdir(parents=True, exist_ok=True)
    scaled = {"ESCALE_QUEUE": "arq", "ESCALE_REDIS": redis} if redis else {}
    made = Deployment(database_url, scaled | settings, folder, program)
    with ExitStack() as stack:
        stack.callback(made.end)
        for subcommand in ["serve"] * webs + ["worker"] * workers:
            made.start(subcommand)
        made.wait_until_ready()
        made.url = made.webs[0].url
        if webs > 1:
            made.url = f"http://127.0.0.1:{stack.enter_context(balancer([web.port for web in made.webs]))}"
        yield made
