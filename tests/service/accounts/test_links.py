"""Mailed links: looking uses nothing up, the button once, everything else is refused and told without the secret."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from structlog.testing import capture_logs

from db.queries.accounts import account_by_id, add_account, set_account
from db.queries.outbox import mails
from db.records.account import Account, Grant
from db.tables.account import OneTimeLink
from service.actions.invite_account import make_link
from tests.service.door import PASSWORD, account, browser, make_app, plain, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
EMAIL = "coord@exemple.fr"
NEW = {"password": "cinq tables rondes", "again": "cinq tables rondes"}


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, sign_ins_per_minute="1000")


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


@pytest.fixture
async def owner() -> Account:
    return await account(EMAIL, Grant(role="coordinator"))


async def link_of(owner: Account, purpose: str = "reset") -> str:
    return await make_link(owner.id, purpose, "")  # type: ignore[arg-type]


async def test_a_filter_that_follows_links_uses_nothing_up(client: httpx.AsyncClient, owner: Account) -> None:
    link = await link_of(owner)
    for _ in range(3):
        assert (await client.get(link)).status_code == 200
        assert (await client.head(link)).status_code in (200, 405)
    assert (await client.post(link, data=NEW)).status_code == 403
    assert (await sign_in(client, EMAIL)).status_code == 303
    await send(client, "/deconnexion", "/reglages")
    assert (await send(client, link, **NEW)).status_code == 303
    assert (await sign_in(client, EMAIL)).status_code == 401
    assert (await sign_in(client, EMAIL, NEW["password"])).status_code == 303


@pytest.mark.in_process
async def test_a_link_replayed_replaced_old_or_unknown_changes_nothing(
    client: httpx.AsyncClient, owner: Account
) -> None:
    used = await link_of(owner)
    await send(client, used, **NEW)
    replaced = await link_of(owner)
    standing = await link_of(owner)
    kept = (await account_by_id(owner.id)).password_hash
    with capture_logs() as told:
        for link in (used, replaced, "/lien/unknown", "/lien/" + "x" * 3000):
            assert (await client.get(link)).status_code == 410
            fields = {"password": "six lampes jaunes", "again": "six lampes jaunes"}
            assert (await send(client, link, "/connexion", **fields)).status_code == 410
        await OneTimeLink.update(
            {OneTimeLink.expires_at: datetime.now(UTC) - timedelta(seconds=1)}, force=True
        )
        assert (await client.get(standing)).status_code == 410
    assert (await account_by_id(owner.id)).password_hash == kept
    assert {one.get("reason") for one in told} >= {"used", "revoked", "unknown", "expired"}
    assert not [link for link in (used, replaced, standing) if link.removeprefix("/lien/") in str(told)]


async def test_a_weak_or_mistyped_password_leaves_the_link_good(
    client: httpx.AsyncClient, owner: Account
) -> None:
    link = await link_of(owner)
    short = await send(client, link, password="court", again="court")
    assert "Nouveau mot de passe : il a moins de 12 caractères</a>" in plain(short)
    assert (await send(client, link, password="azertyuiop123", again="azertyuiop123")).status_code == 422
    assert (await send(client, link, password="cinq tables rondes", again="autre chose")).status_code == 422
    assert (await send(client, link, **NEW)).status_code == 303


async def test_a_new_password_ends_the_sessions_of_whoever_had_the_old_one(
    app: Litestar, client: httpx.AsyncClient, owner: Account
) -> None:
    async with browser(app) as thief:
        await sign_in(thief, EMAIL)
        assert (await thief.get("/reglages")).status_code == 200
        await send(client, await link_of(owner), **NEW)
        assert (await thief.get("/reglages")).headers["location"] == "/connexion"


async def test_a_forgotten_password_is_asked_for_without_telling_who_has_an_account(
    client: httpx.AsyncClient, owner: Account
) -> None:
    answers = [
        await send(client, "/mot-de-passe-oublie", email=email) for email in (EMAIL, "nobody@exemple.fr")
    ]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, "/connexion?fait=lien")}
    (mail,) = await mails()
    assert (mail.to_address, "Pour le choisir\N{NO-BREAK SPACE}:" in mail.body_text) == (EMAIL, True)
    told = plain(await client.get(answers[0].headers["location"]))
    assert "aucun lien ne part pour l’instant" in told
    assert "vient de lui être envoyé" not in told


async def test_a_closed_account_gets_no_link_and_its_old_one_is_void(
    client: httpx.AsyncClient, owner: Account
) -> None:
    link = await link_of(owner)
    await set_account(owner.id, state="closed")
    assert (await client.get(link)).status_code == 410
    await send(client, "/mot-de-passe-oublie", email=EMAIL)
    assert await mails() == ()


async def test_an_invited_account_has_no_password_until_its_link_is_used(client: httpx.AsyncClient) -> None:
    invited = await add_account("new@exemple.fr", "N")
    assert (await sign_in(client, "new@exemple.fr")).status_code == 401
    await send(client, await link_of(invited, "invitation"), password=PASSWORD, again=PASSWORD)
    assert (await account_by_id(invited.id)).state == "active"
