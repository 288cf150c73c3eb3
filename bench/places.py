"""Places under load: eight weeks of a territory among fifty, holds and confirmations, fifty clicks in one instant.

`python -m bench.places` prints a table and writes it to docs/places-bench.md: the real service in one
process of its own, SQLite and PostgreSQL, the load from this process on the same machine.
"""

import asyncio
import hashlib
import hmac
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID

import httpx
import msgspec

from bench.machine import described
from bench.press import press_together
from db.engine import connected
from db.records.account import Grant
from service.accounts.origin import Origin
from service.accounts.sessions import start_session
from service.settings import ROOT, read_settings
from tests.databases import make_sqlite_template, migrated_postgres_database, sqlite_database
from tests.servers import free_port, postgres_server, wait_until
from tests.service.door import account
from tests.service.partners.sample import make_territory, monday, office, permanence, publish

TERRITORIES, WEEKS, AT_ONCE, A_SECOND, SECONDS = 50, 8, 50, 20, 10
ROUNDS = 8
"""Of presses in one instant."""
PUBLISHED_DAYS_AGO = 2
"""Whoever was to be told of it was: the mail of thousands of changes is another measure."""
REPORT = ROOT / "docs" / "places-bench.md"
PERSON = {"label": "94-1211", "need": "emploi", "officer": "M.D.", "officer_phone": "01 45 67 89 10"}
Row = tuple[str, str, str, str, str]

HEAD = "| database | measure | p95 | aim | processor time of the server, a request |"


async def fill() -> list[UUID]:
    """Fifty territories, each with a permanence and an office half-day on every day of eight weeks; hosts of the first."""
    hosts: list[UUID] = []
    for number in range(TERRITORIES):
        territory = await make_territory("essai" if number == 0 else f"autre-{number}")
        days = [monday(1) + timedelta(days=7 * week + day) for week in range(WEEKS - 1) for day in range(5)]
        made = await publish(
            territory,
            *(permanence(day, half) for day in days for half in ("am", "pm")),
            *(office(day) for day in days),
            at=datetime.now(UTC) - timedelta(days=PUBLISHED_DAYS_AGO),
        )
        hosts = hosts or made[: 2 * len(days)]
    return hosts[4:]


async def sessions(folder: Path, count: int) -> list[str]:
    settings = read_settings({"ESCALE_VAR": str(folder), "ESCALE_DEMO": "false"})
    made = await account("bench@example.org", Grant(role="partner", territory="essai", partner="spip-93"))
    origin = Origin(address="127.0.0.1", agent="bench")
    return [await start_session(settings, made, origin) for _ in range(count)]


@contextmanager
def served(database_url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """The root of its interface and the process that serves it."""
    port = free_port()
    environment = {
        **os.environ,
        "ESCALE_VAR": str(folder),
        "ESCALE_DATABASE_URL": database_url,
        "ESCALE_DEMO": "false",
        "ESCALE_PORT": str(port),
        "ESCALE_REQUESTS_PER_MINUTE": "1000000",
    }
    command = [sys.executable, "-m", "service.cli", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_until(lambda: _answers(port), seconds=60)
        yield f"http://127.0.0.1:{port}/api/territories/essai", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def work_of(pid: int) -> float:
    """Milliseconds of processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Officer:
    """One session, as its browser speaks."""

    def __init__(self, client: httpx.AsyncClient, root: str, secret: str) -> None:
        self._client, self._root = client, root
        token = hmac.new(secret.encode(), b"form of escale", hashlib.sha256).hexdigest()
        self.headers = {
            "cookie": f"__Host-escale={secret}",
            "x-csrftoken": token,
            "accept": "application/json",
        }

    async def free(self) -> httpx.Response:
        return await self._client.get(f"{self._root}/free-places", headers=self.headers)

    async def hold(self, host: UUID, slot: int) -> httpx.Response:
        body = {"host_id": str(host), "slot": slot}
        return await self._client.post(f"{self._root}/holds", json=body, headers=self.headers)

    async def orient(self, hold_id: str) -> httpx.Response:
        body = {**PERSON, "hold_id": hold_id}
        return await self._client.post(f"{self._root}/orientations", json=body, headers=self.headers)


async def timed(work: Callable[[], Awaitable[httpx.Response]]) -> tuple[float, httpx.Response]:
    started = perf_counter()
    answer = await work()
    return 1000 * (perf_counter() - started), answer


def p95(times: list[float]) -> str:
    return f"{sorted(times)[max(0, round(0.95 * len(times)) - 1)]:.0f} ms"


async def measured(root: str, pid: int, secrets: list[str], hosts: list[UUID], engine: str) -> list[Row]:
    limits = httpx.Limits(max_connections=200, keepalive_expiry=2.0)
    marks: list[float] = []
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        officers = [Officer(client, root, secret) for secret in secrets]
        await asyncio.gather(*(one.free() for one in officers[:AT_ONCE]))
        marks.append(work_of(pid))
        reading = [await timed(officers[0].free) for _ in range(60)]
        assert all(answer.status_code == 200 for _, answer in reading)
        marks.append(work_of(pid))
        holds, confirms = await steady(officers, hosts)
        marks.append(work_of(pid))
        burst = await bursts(root, officers, hosts)
        marks.append(work_of(pid))
    read, steadily, at_once = (
        f"{(marks[rank + 1] - marks[rank]) / count:.0f} ms"
        for rank, count in enumerate((len(reading), len(holds) + len(confirms), len(burst)))
    )
    instant = "600 ms" if engine == "SQLite" else "150 ms"
    whole = f"free places, {WEEKS} weeks, {TERRITORIES} territories"
    return [
        (engine, whole, p95([taken for taken, _ in reading]), "100 ms", read),
        (engine, f"hold, {A_SECOND} requests a second", p95(holds), "100 ms", steadily),
        (engine, f"confirm, {A_SECOND} requests a second", p95(confirms), "100 ms", steadily),
        (engine, f"{AT_ONCE} hold one place in the same instant", p95(burst), instant, at_once),
    ]


async def steady(officers: list[Officer], hosts: list[UUID]) -> tuple[list[float], list[float]]:
    """Ten holds and ten confirmations a second, each at its own moment whatever the others take."""
    holds: list[float] = []
    confirms: list[float] = []

    async def one(rank: int) -> None:
        await asyncio.sleep(rank * 2 / A_SECOND)
        who = officers[rank % len(officers)]
        taken, held = await timed(lambda: who.hold(hosts[rank // 3], rank % 3))
        assert held.status_code == 201, held.text
        holds.append(taken)
        await asyncio.sleep(1 / A_SECOND)
        taken, made = await timed(lambda: who.orient(held.json()["id"]))
        assert made.status_code == 201, made.text
        confirms.append(taken)

    await asyncio.gather(*(one(rank) for rank in range(A_SECOND * SECONDS // 2)))
    return holds, confirms


async def bursts(root: str, officers: list[Officer], hosts: list[UUID]) -> list[float]:
    """Several times everybody at one place: one wins each time."""
    times: list[float] = []
    for round_ in range(ROUNDS):
        body = msgspec.json.encode({"host_id": hosts[-1 - round_], "slot": 1})
        answers = await press_together(f"{root}/holds", [(who.headers, body) for who in officers[:AT_ONCE]])
        assert sorted(status for _, status in answers) == [201] + [409] * (AT_ONCE - 1)
        times += [taken for taken, _ in answers]
        await asyncio.sleep(1.5)
    return times


async def of_engine(engine: str, url: str, folder: Path) -> list[Row]:
    async with connected(url):
        hosts = await fill()
        secrets = await sessions(folder, 2 * AT_ONCE)
        with served(url, folder) as (root, pid):
            return await measured(root, pid, secrets, hosts, engine)


def main() -> None:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with sqlite_database(make_sqlite_template(folder), folder) as url:
            rows += asyncio.run(of_engine("SQLite", url, folder / "var"))
        with postgres_server() as server, migrated_postgres_database(server) as url:
            rows += asyncio.run(of_engine("PostgreSQL", url, folder / "var"))
    lines = [described(), "", HEAD, "| --- | --- | --- | --- | --- |"]
    table = "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    REPORT.write_text(
        f"# Places, measured\n\n`python -m bench.places` makes this page ({when}). On a machine that "
        f"does other things at once p95 tells little: the processor time says what a request costs.\n\n{table}",
        encoding="utf-8",
    )
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
