"""An answer kept for who sends a write twice: behind the guards, for the same rights, unreadable where it lies."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from db.queries.accounts import set_grants
from db.queries.trail import Sought, trail
from db.records.account import Account, Grant
from db.tables.account import IdempotencyKey
from service.accounts.api_tokens import SCOPES
from service.actions.lock_account import lock_account
from service.actions.make_api_token import make_api_token
from service.privacy.erasing import erase_person
from tests.service.door import account, browser, make_app
from tests.service.living_territory import host, make_living, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PEOPLE = "/api/territories/vivante/participants"
BODY = {"code": "QZ7351", "practical_note": "apporter le classeur ocre"}
COORDINATOR = Grant(role="coordinator", territory="vivante")
KEY = "a key of the sender"


@pytest.fixture
async def territory_id() -> UUID:
    territory = await make_living()
    await publish(territory, host(3))
    return territory.id


@pytest.fixture
async def owner(territory_id: UUID) -> Account:
    return await account("coord@exemple.fr", COORDINATOR)


@pytest.fixture
async def client(tmp_path: Path, territory_id: UUID) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(make_app(tmp_path)) as client:
        client.headers["accept"] = "application/json"
        yield client


async def sent(client: httpx.AsyncClient, token: str, key: str = KEY) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    return await client.post(PEOPLE, json=BODY, headers=headers)


async def token_of(owner: Account, *scopes: str) -> str:
    return await make_api_token(owner.id, "essai", scopes or tuple(SCOPES), 30)


async def test_it_is_given_again_to_the_same_rights_and_lies_unreadable(
    client: httpx.AsyncClient, owner: Account
) -> None:
    token = await token_of(owner)
    first, again = await sent(client, token), await sent(client, token)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["content-type"] == first.headers["content-type"]
    (row,) = await IdempotencyKey.select()
    kept = f"{row} {bytes(row['body'])!r}"
    assert not [word for word in ("QZ7351", "ocre", KEY, str(owner.id), "participants") if word in kept]
    made = await trail(Sought(about=("participant", "QZ7351")))
    assert [one.action for one in made].count("added") == 1


async def test_who_lost_the_role_the_scope_or_the_account_gets_nothing_again(
    client: httpx.AsyncClient, owner: Account
) -> None:
    token = await token_of(owner)
    assert (await sent(client, token)).status_code == 201
    await set_grants(owner.id, (Grant(role="staff", territory="vivante", staff="AR"),))
    lost = await sent(client, token)
    narrower = await token_of(owner, "read", "write")
    blind = await sent(client, narrower)
    await lock_account(owner.id)
    closed = await sent(client, token)
    assert (lost.status_code, blind.status_code, closed.status_code) == (403, 403, 401)
    assert not [one for one in (lost, blind, closed) if "QZ7351" in one.text or "ocre" in one.text]


async def test_with_other_rights_it_is_said_to_be_done_and_nothing_more(
    client: httpx.AsyncClient, owner: Account
) -> None:
    token = await token_of(owner)
    assert (await sent(client, token)).status_code == 201
    await set_grants(owner.id, (COORDINATOR, Grant(role="staff", territory="vivante", staff="AR")))
    again = await sent(client, token)
    assert again.status_code == 409
    assert "QZ7351" not in again.text
    assert len(await IdempotencyKey.select()) == 1


async def test_another_account_with_the_same_key_is_not_answered_in_its_place(
    client: httpx.AsyncClient, owner: Account
) -> None:
    other = await account("autre@exemple.fr", COORDINATOR)
    assert (await sent(client, await token_of(owner))).status_code == 201
    theirs = await sent(client, await token_of(other))
    assert (theirs.status_code, "idempotency-replayed" in theirs.headers) == (409, False)


async def test_an_erasure_forgets_what_was_answered_in_its_territory(
    client: httpx.AsyncClient, owner: Account, territory_id: UUID, tmp_path: Path
) -> None:
    token = await token_of(owner)
    assert (await sent(client, token)).status_code == 201
    await erase_person(territory_id, "QZ7351", tmp_path / "keys" / "erasures.jsonl")
    assert await IdempotencyKey.count() == 0
