"""Two hundred officers, each in a session of their own, who press one button in one instant at one or at several servers."""

import asyncio
import hashlib
import hmac
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import httpx

from db.records.account import Grant
from service.accounts.origin import Origin
from service.accounts.sessions import start_session
from service.settings import ROOT, Settings, read_settings
from tests.servers import free_port, wait_until
from tests.service.door import account

ATTEMPTS = 200
COOKIE = "__Host-escale"


async def sessions(settings: Settings, count: int) -> list[str]:
    """Secrets of as many signed-in officers, of two partners."""
    accounts = [
        await account(f"{partner}@example.org", Grant(role="partner", territory="essai", partner=partner))
        for partner in ("spip-93", "spip-94")
    ]
    origin = Origin(address="127.0.0.1", agent="test")
    return [await start_session(settings, accounts[rank % 2], origin) for rank in range(count)]


def form_of(secret: str, **fields: str) -> dict[str, str]:
    """A form as a page of that session carries it."""
    return {"_csrf_token": hmac.new(secret.encode(), b"form of escale", hashlib.sha256).hexdigest(), **fields}


async def press_all(clients: list[httpx.AsyncClient], secrets: list[str], place: str) -> list[httpx.Response]:
    """Everybody presses the same free place in the same instant."""

    async def press(rank: int, secret: str) -> httpx.Response:
        client = clients[rank % len(clients)]
        headers = {"cookie": f"{COOKIE}={secret}", "accept": "text/html"}
        return await client.post("/t/essai/places", data=form_of(secret, place=place), headers=headers)

    return await asyncio.gather(*(press(rank, secret) for rank, secret in enumerate(secrets)))


def winners_of(answers: list[httpx.Response]) -> int:
    """How many are sent to the form; all others get the page with other places, or with the list of who waits for a seat."""
    counts = Counter(one.status_code for one in answers)
    assert set(counts) <= {303, 409}, counts
    assert all(_offers_more(one.text) for one in answers if one.status_code == 409)
    return counts[303]


def _offers_more(page: str) -> bool:
    return page.count('name="place"') == 3 or "S’inscrire sur la liste d’attente" in page


@contextmanager
def web_processes(count: int, database_url: str, folder: Path) -> Iterator[list[int]]:
    """Ports of as many servers on one database."""
    ports = [free_port() for _ in range(count)]
    environment = {
        **os.environ,
        "ESCALE_VAR": str(folder / "var"),
        "ESCALE_DATABASE_URL": database_url,
        "ESCALE_DEMO": "false",
        "ESCALE_REQUESTS_PER_MINUTE": "100000",
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "service.cli", "serve"],
            cwd=ROOT,
            env={**environment, "ESCALE_PORT": str(port)},
            stderr=subprocess.DEVNULL,
        )
        for port in ports
    ]
    try:
        for port in ports:
            wait_until(lambda port=port: _answers(port))  # type: ignore[misc]
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


async def through_three_processes(
    database_url: str, folder: Path, place: str, meanwhile: Callable[[], Awaitable[object]] | None = None
) -> list[httpx.Response]:
    """What each is answered; `meanwhile` happens in this process at that very moment."""
    settings = read_settings({"ESCALE_VAR": str(folder / "var"), "ESCALE_DEMO": "false"})
    secrets = await sessions(settings, ATTEMPTS)
    limits = httpx.Limits(max_connections=ATTEMPTS)
    with web_processes(3, database_url, folder) as ports:
        async with AsyncExitStack() as opened:
            clients = [
                await opened.enter_async_context(
                    httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120, limits=limits)
                )
                for port in ports
            ]
            pressed = asyncio.create_task(press_all(clients, secrets, place))
            if meanwhile is not None:
                await meanwhile()
            return await pressed
