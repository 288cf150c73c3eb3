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
from contextlib import contextmanager
from pathlib import Path

_POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=120"


class ServerMissingError(RuntimeError):
    """A server that a test needs is not installed here."""


def free_port() -> int:
    """A TCP port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(answers: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Ask until it answers. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not answers():
        if time.monotonic() > end:
            raise TimeoutError("the server did not answer in time")
        time.sleep(0.05)


def _listens(port: int) -> bool:
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


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server, with a trailing slash: add a database's name."""
    given = os.environ.get("ESCALE_TEST_POSTGRES_URL")
    if given:
        yield given.rstrip("/") + "/"
        return
    folder = Path(tempfile.mkdtemp(prefix="escale-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    who = _as_postgres()
    data, port = folder / "data", free_port()
    subprocess.run(
        [
            _binary("initdb"),
            "-D",
            data,
            "-U",
            "escale",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **who,  # type: ignore[call-overload]
    )
    options = f"{_FAST} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c port={port}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [_binary("postgres"), "-D", data, *options.split()],
            stdout=log,
            stderr=log,
            cwd=folder,
            **who,  # type: ignore[call-overload]
        )
    ready = [_binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "escale"]
    try:
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
        yield f"postgresql://escale@127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _redis_binary() -> str:
    found = shutil.which("redis-server")
    if found is None:
        raise ServerMissingError("redis-server is not installed: apt-get install redis-server")
    return found


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis server without persistence."""
    given = os.environ.get("ESCALE_TEST_REDIS_URL")
    if given:
        yield given
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="escale-redis-") as folder:
        command = [_redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: _listens(port))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(timeout=20)


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
    """`run_sql` for callers outside an event loop."""
    asyncio.run(run_sql(url, *statements))
