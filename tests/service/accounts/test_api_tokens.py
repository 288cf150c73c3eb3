"""Personal tokens: what they were given, until they end; never pages, never participants unless told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from structlog.testing import capture_logs

from db.queries.accounts import set_account
from db.queries.api_tokens import revoke_tokens_of
from db.queries.trail import Sought, trail
from db.records.account import Account, Grant
from db.records.territory import Territory
from db.tables.account import ApiToken
from service.actions.make_api_token import make_api_token
from service.errors import BadInput
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app
from tests.service.noted import noted

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PLANS, PEOPLE = "/api/territories/somme/plans", "/api/territories/somme/participants"


@pytest.fixture
async def territory() -> Territory:
    await territory_with_facts("var")
    return await territory_with_facts("somme")


@pytest.fixture
async def owner(territory: Territory) -> Account:
    return await account("coord@exemple.fr", Grant(role="coordinator", territory="somme"))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app: Litestar = make_app(tmp_path)
    async with browser(app) as client:
        client.headers["accept"] = "application/json"
        yield client


async def status(client: httpx.AsyncClient, token: str, path: str = PLANS, method: str = "GET") -> int:
    return (await client.request(method, path, headers={"authorization": f"Bearer {token}"})).status_code


async def test_a_token_reads_what_its_owner_may_and_not_more(
    client: httpx.AsyncClient, owner: Account
) -> None:
    token = await make_api_token(owner.id, "export", ("read",), 30)
    assert await status(client, token) == 200
    assert await status(client, token, method="POST") == 403
    assert await status(client, token, PEOPLE) == 403
    assert await status(client, token, PLANS.replace("somme", "var")) == 404
    for page in ("/t/somme/lieux", "/reglages", "/t/somme/personnes/KM4821"):
        assert await status(client, token, page) == 403
    assert not [row for row in await ApiToken.select() if token in str(row)]


async def test_the_scope_of_participants_opens_them_and_each_reading_is_noted(
    client: httpx.AsyncClient, owner: Account
) -> None:
    token = await make_api_token(owner.id, "suivi", ("read", "participants"), 30)
    assert await status(client, token, PEOPLE) == 200
    (entry,) = await noted(Sought(actions=("read",), naming="KM4821"), least=1)
    assert entry.actor_id == owner.id


async def test_an_answer_that_shows_a_participant_is_refused_to_who_lacks_the_scope(
    client: httpx.AsyncClient, owner: Account
) -> None:
    token = await make_api_token(owner.id, "faits", ("read",), 30)
    answer = await client.get(
        "/api/territories/somme/promotions", headers={"authorization": f"Bearer {token}"}
    )
    assert (answer.status_code, "KM4821" in answer.text) == (403, False)
    assert await trail(Sought(actions=("read",))) == ()


@pytest.mark.in_process
async def test_stale_stolen_and_foreign_tokens_are_nobody_and_logged_without_their_secret(
    client: httpx.AsyncClient, owner: Account
) -> None:
    expired, revoked = [await make_api_token(owner.id, name, ("read",), 30) for name in ("one", "two")]
    before = datetime.now(UTC) - timedelta(seconds=1)
    await ApiToken.update({ApiToken.expires_at: before}).where(ApiToken.name == "one")
    await revoke_tokens_of(owner.id, at=datetime.now(UTC))
    await ApiToken.update({ApiToken.revoked_at: None}).where(ApiToken.name == "one")
    wrong = [expired, revoked, "escale_" + "x" * 43, "escale_", "other", ""]
    with capture_logs() as told:
        for token in wrong:
            assert await status(client, token) == 401
    assert {one.get("reason") for one in told} >= {"expired", "revoked", "unknown"}
    assert not [token for token in (expired, revoked) if token in str(told)]


async def test_a_token_beside_a_session_is_the_token(client: httpx.AsyncClient, owner: Account) -> None:
    token = await make_api_token(owner.id, "export", ("read",), 30)
    await set_account(owner.id, state="closed")
    assert await status(client, token) == 401


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ("read",), 30),
        ("x", (), 30),
        ("x", ("everything",), 30),
        ("x", ("read",), 0),
        ("x", ("read",), 367),
    ],
)
async def test_a_token_without_name_right_or_end_is_not_made(
    owner: Account, name: str, scopes: tuple[str, ...], days: int
) -> None:
    with pytest.raises(BadInput):
        await make_api_token(owner.id, name, scopes, days)
    assert await ApiToken.count() == 0
