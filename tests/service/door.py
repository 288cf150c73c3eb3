"""Somebody at the door of the service: accounts made directly, forms filled as a browser does."""

import asyncio
import html
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import copy
from functools import cache
from pathlib import Path

import httpx
from litestar import Litestar
from litestar.testing import TestClient

from db.engine import connected
from db.queries.accounts import add_account, set_grants
from db.records.account import Account, Grant
from service.app import create_app, fresh_state
from service.catalogue import NBSP
from service.edge.logs import configure_logs
from service.settings import Settings, read_settings
from tests.cheap_passwords import kept
from tests.databases import wipe_postgres
from tests.scaled_out import FarApp, FarClient, ThroughTheBalancer, running

PASSWORD = "quatre chaises bleues"
RAISED = re.compile("</?(?:raised-text|sup)>")
FORM_TOKEN = re.compile(r'name="_csrf_token" value="([0-9a-f]+)"')


@cache
def _hashed() -> str:
    return kept(PASSWORD)


async def account(email: str, *grants: Grant, **fields: object) -> Account:
    """An active account with `PASSWORD`."""
    made = await add_account(email, email.split("@")[0], state="active", password_hash=_hashed(), **fields)
    await set_grants(made.id, grants)
    return made


App = Litestar | FarApp
Client = TestClient[Litestar] | FarClient


def make_app(folder: Path, **settings: str) -> App:
    """The service without its demonstration; settings by their names in lower case."""
    far = running()
    if far is not None:
        return far.app(**settings)
    environment = {"ESCALE_VAR": str(folder / "var"), "ESCALE_DEMO": "false", "ESCALE_PUBLIC_ADDRESS": ROOT}
    return app_for(read_settings(environment | {f"ESCALE_{k.upper()}": v for k, v in settings.items()}))


def app_for(settings: Settings) -> Litestar:
    """The application in this process, as if it had just been made."""
    configure_logs(settings)
    app = copy(_wired(settings.max_body_bytes))
    app.state = fresh_state(settings)
    return app


@cache
def _wired(max_body_bytes: int) -> Litestar:
    """To build some hundreds of routes takes longer than most tests; they keep nothing between requests."""
    return create_app(read_settings({"ESCALE_MAX_BODY_BYTES": str(max_body_bytes)}))


ROOT = "https://escale.test"


@asynccontextmanager
async def browser(app: App) -> AsyncIterator[httpx.AsyncClient]:
    """Keeps cookies, follows nothing by itself."""
    headers = {"accept": "text/html"}
    async with httpx.AsyncClient(
        transport=transport_to(app), base_url=ROOT, headers=headers, timeout=60
    ) as client:
        yield client


def transport_to(app: App) -> httpx.AsyncBaseTransport:
    if isinstance(app, FarApp):
        return ThroughTheBalancer(app)
    return httpx.ASGITransport(app=app, raise_app_exceptions=False)


@contextmanager
def service(
    folder: Path, template: Path, prepare: Callable[[], Awaitable[object]], **settings: str
) -> Iterator[Client]:
    """The service with its queue, whoever comes from this machine coordinating, on a database that `prepare` filled.

    `template` is a migrated SQLite file.
    """
    far = running()
    if far is not None:
        wipe_postgres(far.database_url, alone=False)
        asyncio.run(_fill(far.database_url, prepare))
        with FarClient(far.app(demo="true", solve_workers="1", **settings)) as client:
            yield client
        return
    shutil.copy(template, folder / "escale.sqlite3")
    own = {f"ESCALE_{name.upper()}": value for name, value in settings.items()}
    made = read_settings({"ESCALE_VAR": str(folder), "ESCALE_SOLVE_WORKERS": "1"} | own)
    asyncio.run(_fill(made.database_address, prepare))
    with TestClient(create_app(made)) as client:
        yield client


async def _fill(address: str, prepare: Callable[[], Awaitable[object]]) -> None:
    async with connected(address):
        await prepare()


def plain(answer: httpx.Response) -> str:
    """What a page says, its characters as they are typed: no letters are raised."""
    return RAISED.sub("", html.unescape(answer.text)).replace(NBSP, " ")


async def form_token(client: httpx.AsyncClient, page: str = "/connexion") -> str:
    """The token that a form of a page carries; empty when it has none."""
    found = FORM_TOKEN.search((await client.get(page)).text)
    return found[1] if found else ""


async def send(
    client: httpx.AsyncClient, path: str, page: str | None = None, **fields: str
) -> httpx.Response:
    """A form of a page, filled and sent."""
    token = await form_token(client, page or path)
    return await client.post(path, data={"_csrf_token": token, **fields})


async def sign_in(client: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    return await send(client, "/connexion", email=email, password=password)
