"""The second factor: asked where a role requires it, each code once, wrong ones counted like wrong passwords."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pyotp
import pytest
from litestar import Litestar

from db.queries.accounts import account_by_id
from db.queries.trail import Sought, trail
from db.records.account import Account, Grant
from db.records.territory import Territory
from service.accounts.master_key import read_master_keys
from service.accounts.totp import STEP_SECONDS, open_totp, step_of_code
from tests.db.facts import make_territory
from tests.service.door import account, browser, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
EMAIL = "coord@exemple.fr"


@pytest.fixture
async def territory() -> Territory:
    return await make_territory()


@pytest.fixture
async def owner() -> Account:
    return await account(EMAIL, Grant(role="coordinator"))


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, sign_ins_per_minute="1000", totp_required_for="coordinator")


@pytest.fixture
async def client(app: Litestar, owner: Account) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        await sign_in(client, EMAIL)
        yield client


async def secret_of(client: httpx.AsyncClient) -> str:
    found = re.search(r"\b[A-Z2-7]{32}\b", (await client.get("/connexion/code")).text)
    assert found is not None
    return found[0]


async def test_a_role_that_requires_it_sees_no_page_before_the_code(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    page = f"/t/{territory.code}/lieux"
    for address in (page, "/reglages", "/"):
        assert (await client.get(address)).headers["location"] == "/connexion"
    assert (await client.get("/api/territories")).status_code in (401, 404)
    code = pyotp.TOTP(await secret_of(client)).now()
    half_open = dict(client.cookies)
    assert (await send(client, "/connexion/code", code=code)).status_code == 303
    assert (await client.get(page)).status_code == 200
    client.cookies.clear()
    client.cookies.update(half_open)
    assert (await client.get(page)).headers["location"] == "/connexion"


async def test_each_code_opens_once_also_in_another_browser(app: Litestar, client: httpx.AsyncClient) -> None:
    code = pyotp.TOTP(await secret_of(client)).now()
    assert (await send(client, "/connexion/code", code=code)).status_code == 303
    async with browser(app) as other:
        await sign_in(other, EMAIL)
        assert (await send(other, "/connexion/code", code=code)).status_code == 401
        assert (await other.get("/reglages")).headers["location"] == "/connexion"


async def test_the_secret_is_shown_until_confirmed_and_never_after(
    app: Litestar, client: httpx.AsyncClient
) -> None:
    secret = await secret_of(client)
    assert await secret_of(client) == secret
    await send(client, "/connexion/code", code=pyotp.TOTP(secret).now())
    async with browser(app) as other:
        await sign_in(other, EMAIL)
        assert secret not in (await other.get("/connexion/code")).text
    assert secret not in str(await trail(Sought()))


async def test_it_lies_sealed_bound_to_its_account(
    app: Litestar, client: httpx.AsyncClient, owner: Account
) -> None:
    secret = await secret_of(client)
    sealed = (await account_by_id(owner.id)).totp_sealed
    assert sealed is not None
    assert secret.encode() not in sealed
    assert open_totp(read_master_keys(app.state.settings.keys_path), owner.id, sealed) == secret


async def test_wrong_codes_are_counted_and_lock_the_account(client: httpx.AsyncClient) -> None:
    secret = await secret_of(client)
    for _ in range(5):
        assert (await send(client, "/connexion/code", code="000000")).status_code in (401, 429)
    locked = await send(client, "/connexion/code", code=pyotp.TOTP(secret).now())
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) > 0


def test_a_code_of_another_time_is_none() -> None:
    secret, now = "A" * 32, 1_800_000_000.0
    totp = pyotp.TOTP(secret)
    assert step_of_code(secret, totp.at(int(now)), at_seconds=now) == int(now) // STEP_SECONDS
    assert step_of_code(secret, totp.at(int(now) - STEP_SECONDS), at_seconds=now) is not None
    for away in (-3, -2, 2, 3):
        assert step_of_code(secret, totp.at(int(now) + away * STEP_SECONDS), at_seconds=now) is None
    for wrong in ("", "12345", "abcdef", "1234567", "١٢٣٤٥٦"):
        assert step_of_code(secret, wrong, at_seconds=now) is None
