"""The door over HTTP: who gets in, who does not, how long, and what is left behind."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar

from db.queries.accounts import account_by_id, set_account
from db.queries.trail import Sought, trail
from db.records.account import Grant
from db.records.territory import Territory
from db.tables.account import AccountSession
from service.accounts.passwords import is_outdated, is_password
from tests.db.facts import make_territory
from tests.service.door import PASSWORD, account, browser, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
COORDINATOR = Grant(role="coordinator")
EMAIL = "coord@exemple.fr"


@pytest.fixture
async def territory() -> Territory:
    return await make_territory()


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


def page_of(territory: Territory) -> str:
    return f"/t/{territory.code}/lieux"


async def test_a_right_password_opens_the_pages_and_a_wrong_one_does_not(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    closed = await client.get(page_of(territory))
    assert (closed.status_code, closed.headers["location"]) == (303, "/connexion")
    wrong = await sign_in(client, EMAIL, "quatre chaises vertes")
    unknown = await sign_in(client, "nobody@exemple.fr")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert (
        wrong.text.replace(EMAIL, "").split("_csrf")[0]
        == unknown.text.replace("nobody@exemple.fr", "").split("_csrf")[0]
    )
    assert (await sign_in(client, EMAIL.upper())).status_code == 303
    assert (await client.get(page_of(territory))).status_code == 200


async def test_the_cookie_is_secure_unreadable_and_new_at_each_sign_in(
    app: Litestar, client: httpx.AsyncClient
) -> None:
    await account(EMAIL, COORDINATOR)
    first = (await sign_in(client, EMAIL)).headers["set-cookie"]
    assert first.startswith("__Host-escale=")
    assert all(word in first for word in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"))
    async with browser(app) as other:
        assert (await sign_in(other, EMAIL)).headers["set-cookie"] != first
    rows = await AccountSession.select()
    assert len(rows) == 2
    assert not any(first.split(";")[0].split("=")[1] in str(row) for row in rows)


async def test_a_password_kept_at_other_costs_is_kept_at_those_of_today_once_it_is_typed(
    client: httpx.AsyncClient,
) -> None:
    owner = await account(EMAIL, COORDINATOR)
    earlier = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    await set_account(owner.id, password_hash=earlier)
    assert (await sign_in(client, EMAIL, PASSWORD + "!")).status_code == 401
    assert (await account_by_id(owner.id)).password_hash == earlier
    assert (await sign_in(client, EMAIL)).status_code == 303
    now = (await account_by_id(owner.id)).password_hash
    assert now
    assert not is_outdated(now)
    assert await is_password(now, PASSWORD)


async def test_pages_seen_afterwards_set_no_cookie_again(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    await sign_in(client, EMAIL)
    answer = await client.get(page_of(territory))
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


async def test_five_wrong_passwords_lock_the_account_for_a_while_and_each_more_for_longer(
    client: httpx.AsyncClient,
) -> None:
    made = await account(EMAIL, COORDINATOR)
    for _ in range(5):
        assert (await sign_in(client, EMAIL, "not the password")).status_code == 401
    locked = await sign_in(client, EMAIL)
    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= 60
    await set_account(made.id, locked_until_at=datetime.now(UTC) - timedelta(seconds=1))
    await sign_in(client, EMAIL, "not the password")
    until = (await account_by_id(made.id)).locked_until_at
    assert until is not None
    assert until > datetime.now(UTC) + timedelta(seconds=90)
    await set_account(made.id, locked_until_at=None)
    assert (await sign_in(client, EMAIL)).status_code == 303


@pytest.mark.parametrize(
    "aged", [{"last_seen_at": timedelta(minutes=61)}, {"expires_at": timedelta(seconds=1)}]
)
async def test_a_session_ends_when_idle_and_when_old(
    client: httpx.AsyncClient, territory: Territory, aged: dict[str, timedelta]
) -> None:
    await account(EMAIL, COORDINATOR)
    await sign_in(client, EMAIL)
    ((name, age),) = aged.items()
    await AccountSession.update({name: datetime.now(UTC) - age}, force=True)
    assert (await client.get(page_of(territory))).headers["location"] == "/connexion"


async def test_log_out_everywhere_ends_the_session_of_another_place(
    app: Litestar, client: httpx.AsyncClient, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    async with browser(app) as other:
        await sign_in(client, EMAIL)
        await sign_in(other, EMAIL)
        assert (await other.get(page_of(territory))).status_code == 200
        assert (await send(client, "/reglages/sessions", "/reglages")).status_code == 303
        for one in (client, other):
            assert (await one.get(page_of(territory))).headers["location"] == "/connexion"


async def test_signing_out_ends_the_session_not_only_the_cookie(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    await sign_in(client, EMAIL)
    stolen = dict(client.cookies)
    await send(client, "/deconnexion", "/reglages")
    client.cookies.update(stolen)
    assert (await client.get(page_of(territory))).headers["location"] == "/connexion"


async def test_a_closed_account_is_out_at_once(client: httpx.AsyncClient, territory: Territory) -> None:
    made = await account(EMAIL, COORDINATOR)
    await sign_in(client, EMAIL)
    await set_account(made.id, state="closed")
    assert (await client.get(page_of(territory))).status_code == 303
    assert (await sign_in(client, EMAIL)).status_code == 401


async def test_a_form_that_no_page_of_ours_sent_changes_nothing(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    forged = await client.post("/connexion", data={"email": EMAIL, "password": PASSWORD})
    assert forged.status_code == 403
    await sign_in(client, EMAIL)
    fields = {"name": "Ailleurs"}
    target = f"/t/{territory.code}/fiche/partenaires/nouveau"
    assert (await client.post(target, data=fields)).status_code == 403
    assert (await client.post(target, data=fields | {"_csrf_token": "0" * 64})).status_code == 403
    headers = {"origin": "https://elsewhere.test", "sec-fetch-site": "cross-site"}
    assert (await client.post(target, data=fields, headers=headers)).status_code == 403


async def test_what_happened_at_the_door_is_in_the_trail_without_secrets(client: httpx.AsyncClient) -> None:
    made = await account(EMAIL, COORDINATOR)
    await sign_in(client, EMAIL, "a wrong password")
    await sign_in(client, EMAIL)
    entries = await trail(Sought(actor_id=made.id))
    assert [entry.action for entry in entries] == ["signed_in", "sign_in_refused"]
    assert {entry.address for entry in entries} == {"127.0.0.1"}
    assert "password" not in str(entries)


async def test_too_many_attempts_from_one_address_are_told_when_to_come_back(tmp_path: Path) -> None:
    """The minute of the count may end once in between."""
    async with browser(make_app(tmp_path, sign_ins_per_minute="3")) as client:
        answers = [(await sign_in(client, f"{n}@exemple.fr")) for n in range(8)]
    assert {answer.status_code for answer in answers[:3]} == {401}
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert all(1 <= int(answer.headers["retry-after"]) <= 60 for answer in refused)
