"""A territory beside another one, and its administrator signed in."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from db.records.account import Grant
from db.records.territory import Territory
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app, sign_in

ADMIN = Grant(role="administrator", territory="somme")


@pytest.fixture
async def territory() -> Territory:
    await territory_with_facts("var")
    return await territory_with_facts("somme")


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, sign_ins_per_minute="1000")


@pytest.fixture
async def admin(app: Litestar, territory: Territory) -> AsyncIterator[httpx.AsyncClient]:
    await account("admin@exemple.fr", ADMIN)
    async with browser(app) as client:
        await sign_in(client, "admin@exemple.fr")
        yield client
