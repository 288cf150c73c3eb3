"""Somebody at the door of the service: accounts made directly, forms filled as a browser does."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import httpx
from argon2 import PasswordHasher
from litestar import Litestar

from db.queries.accounts import add_account, set_grants
from db.records.account import Account, Grant
from service.app import create_app
from service.settings import read_settings

PASSWORD = "quatre chaises bleues"
FORM_TOKEN = re.compile(r'name="_csrf_token" value="([0-9a-f]+)"')


@cache
def _hashed() -> str:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


async def account(email: str, *grants: Grant, **fields: object) -> Account:
    """An active account with `PASSWORD`."""
    made = await add_account(email, email.split("@")[0], state="active", password_hash=_hashed(), **fields)
    await set_grants(made.id, grants)
    return made


def make_app(folder: Path, **settings: str) -> Litestar:
    """The service without its demonstration; settings by their names in lower case."""
    environment = {"ESCALE_VAR": str(folder / "var"), "ESCALE_DEMO": "false", "ESCALE_PUBLIC_ADDRESS": ROOT}
    return create_app(read_settings(environment | {f"ESCALE_{k.upper()}": v for k, v in settings.items()}))


ROOT = "https://escale.test"


@asynccontextmanager
async def browser(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Keeps cookies, follows nothing by itself."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"accept": "text/html"}
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=headers) as client:
        yield client


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
