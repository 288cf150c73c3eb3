"""Signing in by the organisation's provider, against a real one: who gets in, and every lie that does not pass."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from litestar import Litestar

from db.queries.accounts import account_by_id, add_account, set_account, set_grants
from db.queries.one_time_links import link_with
from db.records.account import Grant
from db.records.territory import Territory
from db.tables.account import AccountSession
from service.accounts.tokens import secret_hash
from service.actions.invite_account import make_link
from service.errors import BadInput
from service.settings import ROOT, read_settings
from tests.db.facts import make_territory
from tests.servers import free_port, wait_until
from tests.service.accounts.provider import CLIENT_ID, CLIENT_SECRET
from tests.service.door import account, browser, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.server, pytest.mark.slow]
EMAIL = "coord@exemple.fr"
COORDINATOR = Grant(role="coordinator")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.service.accounts.provider", str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_until(lambda: _answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/keys", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def app_with(tmp_path: Path, issuer: str, **more: str) -> Litestar:
    return make_app(
        tmp_path,
        sign_ins_per_minute="1000",
        oidc_issuer=issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
        oidc_name="l’association",
        **more,
    )


@pytest.fixture
def app(tmp_path: Path, issuer: str) -> Litestar:
    return app_with(tmp_path, issuer)


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


@pytest.fixture
async def territory() -> Territory:
    return await make_territory()


async def away(client: httpx.AsyncClient, **told: str) -> str:
    """As a browser: out to the provider, which signs `told` in (or lies); the address it sends back to."""
    asked = (await client.get("/connexion/organisation")).headers["location"]
    extra = "".join(f"&{name}={value}" for name, value in told.items())
    async with httpx.AsyncClient() as outside:
        answer = await outside.get(asked + extra)
    return answer.headers["location"].removeprefix("https://escale.test")


async def come_back(client: httpx.AsyncClient, **told: str) -> httpx.Response:
    return await client.get(await away(client, **told))


async def test_who_was_invited_comes_in_and_is_known_by_identity_afterwards(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    made = await account(EMAIL, COORDINATOR)
    assert "l’association" in (await client.get("/connexion")).text
    entered = await come_back(client)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert (await client.get(f"/t/{territory.code}/lieux")).status_code == 200
    known = await account_by_id(made.id)
    assert known.oidc_subject is not None
    assert known.oidc_subject.endswith(" person-1")
    await set_account(made.id, email="elsewhere@exemple.fr")
    await send(client, "/deconnexion", "/reglages")
    assert (await come_back(client)).headers["location"] == "/"
    assert (await client.get(f"/t/{territory.code}/lieux")).status_code == 200


async def test_an_invitation_is_accepted_by_the_provider_and_its_link_is_void(
    client: httpx.AsyncClient,
) -> None:
    invited = await add_account(EMAIL, "C")
    await set_grants(invited.id, (COORDINATOR,))
    secret = (await make_link(invited.id, "invitation", "")).removeprefix("/lien/")
    assert (await come_back(client)).status_code == 303
    assert (await account_by_id(invited.id)).state == "active"
    link = await link_with(secret_hash(secret))
    assert link is not None
    assert link.revoked_at is not None


async def test_what_is_asked_carries_state_nonce_and_a_challenge(client: httpx.AsyncClient) -> None:
    asked = parse_qs(urlsplit((await client.get("/connexion/organisation")).headers["location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["https://escale.test/connexion/retour"]
    assert len({asked[name][0] for name in ("state", "nonce", "code_challenge")}) == 3
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))


async def test_an_identity_that_does_not_hold_lets_nobody_in(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    made = await account(EMAIL, COORDINATOR)
    for lie in ("issuer", "audience", "expired", "nonce", "unsigned", "shared+secret", "key"):
        answer = await come_back(client, lie=lie)
        assert answer.status_code == 400, lie
        assert "n’a pas abouti" in answer.text
    assert (await client.get(f"/t/{territory.code}/lieux")).headers["location"] == "/connexion"
    assert (await account_by_id(made.id)).oidc_subject is None


async def test_who_was_not_invited_or_not_verified_stays_out(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    for told in ({"lie": "unverified"}, {"email": "stranger@exemple.fr"}):
        assert (await come_back(client, **told)).status_code == 403, told
    assert (await client.get(f"/t/{territory.code}/lieux")).headers["location"] == "/connexion"


async def test_a_second_identity_with_the_same_address_does_not_take_the_account(
    client: httpx.AsyncClient,
) -> None:
    made = await account(EMAIL, COORDINATOR, oidc_subject="https://elsewhere.test person-9")
    assert (await come_back(client)).status_code == 403
    assert (await account_by_id(made.id)).oidc_subject == "https://elsewhere.test person-9"


async def test_a_closed_account_stays_closed(client: httpx.AsyncClient) -> None:
    made = await account(EMAIL, COORDINATOR)
    await set_account(made.id, state="closed")
    assert (await come_back(client)).status_code == 403
    assert (await account_by_id(made.id)).state == "closed"


async def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    app: Litestar, client: httpx.AsyncClient
) -> None:
    await account(EMAIL, COORDINATOR)
    back = await away(client)
    async with browser(app) as thief:
        assert (await thief.get(back)).status_code == 400
        await thief.get("/connexion/organisation")
        assert (await thief.get(back)).status_code == 400
    assert (await client.get(back)).status_code == 303
    stolen = dict(client.cookies)
    async with browser(app) as again:
        again.cookies.update(stolen)
        assert (await again.get(back)).status_code == 400


async def test_an_answer_that_nobody_asked_for_makes_no_session(client: httpx.AsyncClient) -> None:
    for wrong in ("?state=x&code=y", "?error=access_denied", "?code=y", ""):
        await client.get("/connexion/organisation")
        assert (await client.get(f"/connexion/retour{wrong}")).status_code == 400, wrong
    assert {row["account"] for row in await AccountSession.select()} == {None}


async def test_a_second_factor_that_a_role_requires_is_asked_for_all_the_same(
    tmp_path: Path, issuer: str, territory: Territory
) -> None:
    await account(EMAIL, COORDINATOR)
    async with browser(app_with(tmp_path, issuer, totp_required_for="coordinator")) as client:
        await come_back(client)
        assert (await client.get(f"/t/{territory.code}/lieux")).headers["location"] == "/connexion"
        assert (await client.get("/connexion")).headers["location"] == "/connexion/code"


async def test_a_provider_that_does_not_answer_is_told_and_the_password_still_opens(tmp_path: Path) -> None:
    await account(EMAIL, COORDINATOR)
    async with browser(app_with(tmp_path, f"http://127.0.0.1:{free_port()}")) as client:
        assert (await client.get("/connexion/organisation")).status_code == 400
        assert (await sign_in(client, EMAIL)).status_code == 303


async def test_without_the_setting_there_is_no_such_page(tmp_path: Path) -> None:
    async with browser(make_app(tmp_path)) as client:
        assert (await client.get("/connexion/organisation")).status_code == 404
        assert (await client.get("/connexion/retour?state=x&code=y")).status_code == 404
        assert "organisation" not in (await client.get("/connexion")).text


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"ESCALE_OIDC_ISSUER": "http://elsewhere.test", "ESCALE_OIDC_CLIENT_ID": "x"}, "OIDC_ISSUER"),
        ({"ESCALE_OIDC_ISSUER": "https://elsewhere.test"}, "OIDC_CLIENT_ID"),
        ({"ESCALE_OIDC_ISSUER": "https://e.test", "ESCALE_OIDC_CLIENT_ID": "x"}, "OIDC_CLIENT_SECRET"),
    ],
)
def test_a_provider_half_set_stops_the_start(given: dict[str, str], named: str) -> None:
    with pytest.raises(BadInput, match=named):
        read_settings(given)
