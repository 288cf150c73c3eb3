"""Real servers for tests: a given address, else a Debian binary started here, else a failure.

Each is started once for a test session, on a free port, with its data in a temporary folder.
"""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=120"


class ServerMissingError(RuntimeError):
    """A server that a test needs is not installed here."""


def free_port() -> int:
    """A TCP port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(answers: Callable[[], bool], *, seconds: float = 120.0) -> None:
    """Ask until it answers. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not answers():
        if time.monotonic() > end:
            raise TimeoutError("the server did not answer in time")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Whether somebody on loopback takes connections there."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _binary(name: str) -> str:
    for folder in _POSTGRES_FOLDERS:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        raise ServerMissingError(f"{name} is not installed: apt-get install postgresql")
    return found


def _as_postgres() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


class PostgresServer:
    """A cluster in a folder of its own on a port of its own; a test may stop it and start it again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="escale-postgres-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._who, self._port = _as_postgres(), free_port()
        self.url = f"postgresql://escale@127.0.0.1:{self._port}/"
        options = ["-U", "escale", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        subprocess.run(
            [_binary("initdb"), "-D", self._data, *options],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._who,  # type: ignore[call-overload]
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Returns when it answers."""
        options = f"{_FAST} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c port={self._port}"
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_binary("postgres"), "-D", self._data, *options.split()],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._who,  # type: ignore[call-overload]
            )
        ready = [_binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port), "-U", "escale"]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)

    def stop(self) -> None:
        """Ends every connection at once; what it wrote is printed when it must be ended the hard way."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            print((self.folder / "log").read_text()[-4000:])
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=60)

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def postgres_of_ones_own() -> Iterator[PostgresServer]:
    """Started; for tests that take it away."""
    server = PostgresServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        server.forget()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server, with a trailing slash: add a database's name."""
    given = os.environ.get("ESCALE_TEST_POSTGRES_URL")
    if given:
        yield given.rstrip("/") + "/"
        return
    with postgres_of_ones_own() as server:
        yield server.url


def _redis_binary() -> str:
    found = shutil.which("redis-server")
    if found is None:
        raise ServerMissingError("redis-server is not installed: apt-get install redis-server")
    return found


class RedisServer:
    """Without persistence, on a port of its own; a test may stop it and start it again, empty."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [_redis_binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tempfile.gettempdir()
        )
        wait_until(lambda: listens(self.port))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=60)


@contextmanager
def redis_of_ones_own() -> Iterator[RedisServer]:
    """Started; for tests that take it away."""
    server = RedisServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis server without persistence."""
    given = os.environ.get("ESCALE_TEST_REDIS_URL")
    if given:
        yield given
        return
    with redis_of_ones_own() as server:
        yield server.url


async def run_sql(url: str, *statements: str) -> None:
    """Run statements on a PostgreSQL server, each outside any transaction."""
    import asyncpg  # noqa: PLC0415 - the tests that need no server do not load it

    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def run_sql_now(url: str, *statements: str) -> None:
    """`run_sql` for callers that await nothing, even where a loop of somebody else runs in their thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, run_sql(url, *statements)).result()


class KeptConnections:
    """Connections that outlive the tests, in a thread and a loop of their own: each new one would learn all tables anew."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._loop = asyncio.new_event_loop()
        self._kept: dict[str, Any] = {}

    def run(self, url: str, *statements: str) -> None:
        """Run statements on a PostgreSQL server, each outside any transaction.

        Once more if the connection was lost, or if what another process still writes stood crosswise.
        """
        self._thread.submit(self._loop.run_until_complete, self._run(url, statements)).result()

    async def _run(self, url: str, statements: tuple[str, ...]) -> None:
        import asyncpg  # noqa: PLC0415 - the tests that need no server do not load it

        lost = (
            OSError,
            asyncpg.InterfaceError,
            asyncpg.PostgresConnectionError,
            asyncpg.AdminShutdownError,
            asyncpg.DeadlockDetectedError,
        )
        if url in self._kept:
            with suppress(*lost):
                await self._execute(url, statements)
                return
            self._kept.pop(url).terminate()
        self._kept[url] = await asyncpg.connect(url)
        await self._execute(url, statements)

    async def _execute(self, url: str, statements: tuple[str, ...]) -> None:
        for statement in statements:
            await self._kept[url].execute(statement)
