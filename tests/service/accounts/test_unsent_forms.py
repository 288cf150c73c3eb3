"""A form whose sign-in ended under it, without any script: what was typed waits behind the door and is sent afterwards."""

import html
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pyotp
import pytest
from litestar import post

from db.errors import UnreachableError
from db.queries.facts import facts_of
from db.queries.sessions import end_sessions_of
from db.records.account import Account, Grant
from db.records.territory import Territory
from service.accounts.totp import STEP_SECONDS
from service.app import create_app
from service.edge.guards import PUBLIC
from service.edge.identity import Connection, Identity
from service.edge.rate_limits import MemoryCounter
from service.settings import read_settings
from tests.db.facts import make_territory
from tests.service.door import (
    ROOT,
    App,
    account,
    app_for,
    browser,
    form_token,
    make_app,
    plain,
    send,
    sign_in,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
EMAIL = "coord@exemple.fr"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
ACTION = re.compile(r'<form class="(?:card|gap-top)[^"]*" method="post" action="([^"]+)"')
BROKEN = tuple(f"=%2F{sign}%2Felsewhere.test&a=b" for sign in ("%09", "%0A", "%0D", "%E2%80%8B"))
"""Addresses with a sign that browsers drop or nobody sees: what is left may be another host."""
UNKNOWN = ' data-signed-in=""'
"""What the scripts read as an account that nobody has: they send what waits under its own token alone."""
TYPED = {"name": "Bobigny & Cie", "organisation": "Café « Été »"}


@pytest.fixture
async def territory() -> Territory:
    return await make_territory()


@pytest.fixture
async def owner() -> Account:
    return await account(EMAIL, Grant(role="coordinator"))


@pytest.fixture
async def client(tmp_path: Path, owner: Account) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as client:
        await sign_in(client, EMAIL)
        yield client


def next_form(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """Where the page's own form goes, and what it carries unseen."""
    action = ACTION.search(answer.text)
    assert action is not None
    hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(answer.text)}
    return html.unescape(action[1]), hidden


def ten_in_a_minute(folder: Path) -> App:
    """The service in a minute that does not end, however long its answers take here."""
    app = make_app(folder, requests_per_minute="10")
    app.state.rates = MemoryCounter(clock=lambda: 0.0)
    return app


async def refused(client: httpx.AsyncClient, territory: Territory, owner: Account) -> httpx.Response:
    """The form of a speaker, sent after its session was ended elsewhere."""
    address = f"/t/{territory.code}/fiche/intervenants/nouveau"
    token = await form_token(client, address)
    await end_sessions_of(owner.id, at=datetime.now(UTC))
    return await client.post(address, data={"_csrf_token": token, **TYPED})


async def test_what_was_typed_waits_behind_the_door_and_is_sent_after_it(
    client: httpx.AsyncClient, territory: Territory, owner: Account
) -> None:
    door = await refused(client, territory, owner)
    assert (door.status_code, "rien n’est perdu" in plain(door)) == (401, True)
    action, carried = next_form(door)
    wrong = await client.post(action, data={**carried, "email": EMAIL, "password": "quatre chaises vertes"})
    assert wrong.status_code == 401
    action, carried = next_form(wrong)
    inside = await client.post(action, data={**carried, "email": EMAIL, "password": "quatre chaises bleues"})
    assert inside.status_code == 200
    assert "Envoyer ce que j’avais écrit" in plain(inside)
    assert (await facts_of(territory.id)).speakers == ()
    action, waiting = next_form(inside)
    done = await client.post(action, data=waiting)
    assert done.status_code == 303
    assert [one.name for one in (await facts_of(territory.id)).speakers] == [TYPED["name"]]


async def test_a_code_between_carries_it_further(
    tmp_path: Path, territory: Territory, owner: Account
) -> None:
    app = make_app(tmp_path, sign_ins_per_minute="1000", totp_required_for="coordinator")
    async with browser(app) as client:
        await sign_in(client, EMAIL)
        secret = re.search(r"\b[A-Z2-7]{32}\b", (await client.get("/connexion/code")).text)
        assert secret is not None
        made = pyotp.TOTP(secret[0])
        await send(client, "/connexion/code", code=made.now())
        action, carried = next_form(await refused(client, territory, owner))
        half = await client.post(
            action, data={**carried, "email": EMAIL, "password": "quatre chaises bleues"}
        )
        assert "Code à six chiffres" in plain(half)
        action, carried = next_form(half)
        strange = await client.post(action, data={**carried, "code": "12\u200b34"})
        assert (strange.status_code, "qui ne s’affiche pas" in plain(strange)) == (422, True)
        action, carried = next_form(strange)
        later = datetime.now(UTC) + timedelta(seconds=STEP_SECONDS)
        inside = await client.post(action, data={**carried, "code": made.at(later)})
        action, waiting = next_form(inside)
        assert (action, waiting["name"]) == (f"/t/{territory.code}/fiche/intervenants/nouveau", TYPED["name"])
        assert (await client.post(action, data=waiting)).status_code == 303


async def test_a_page_older_than_the_sign_in_is_sent_again_when_the_browser_says_it_is_ours(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    address = f"/t/{territory.code}/fiche/intervenants/nouveau"
    old = {"_csrf_token": await form_token(client, address), **TYPED}
    client.cookies.clear()
    await sign_in(client, EMAIL)
    ours = await client.post(address, data=old, headers={"sec-fetch-site": "same-origin"})
    assert (ours.status_code, "avant votre dernière connexion" in plain(ours)) == (403, True)
    for headers in ({}, {"sec-fetch-site": "cross-site"}):
        elsewhere = await client.post(address, data=old, headers=headers)
        assert elsewhere.status_code == 403
        assert TYPED["name"] not in plain(elsewhere)
    action, waiting = next_form(ours)
    assert (await client.post(action, data=waiting)).status_code == 303


async def test_nothing_from_elsewhere_and_no_password_is_carried(
    client: httpx.AsyncClient, territory: Territory, owner: Account
) -> None:
    address = f"/t/{territory.code}/fiche/intervenants/nouveau"
    await end_sessions_of(owner.id, at=datetime.now(UTC))
    foreign = await client.post(address, data=TYPED, headers={"sec-fetch-site": "cross-site"})
    secret = await client.post("/reglages/mot-de-passe", data={"old": "secret-typed", "password": "x"})
    for answer in (foreign, secret):
        assert answer.status_code in (401, 404)
        assert 'name="attend"' not in answer.text
        assert "secret-typed" not in answer.text
    for made_up in ("=//elsewhere.test&a=b", "=https%3A%2F%2Felsewhere.test", "nothing", *BROKEN):
        inside = await send(
            client, "/connexion", email=EMAIL, password="quatre chaises bleues", attend=made_up
        )
        assert (inside.status_code, inside.headers["location"]) == (303, "/")
        client.cookies.clear()


@pytest.mark.in_process
async def test_too_many_requests_keep_what_was_typed_in_the_page_that_says_so(
    tmp_path: Path, territory: Territory, owner: Account
) -> None:
    app = ten_in_a_minute(tmp_path)
    async with browser(app) as client:
        await sign_in(client, EMAIL)
        address = f"/t/{territory.code}/fiche/intervenants/nouveau"
        sent = {"_csrf_token": await form_token(client, address), **TYPED}
        for _ in range(10):
            await client.get("/connexion")
        refused = await client.post(address, data=sent)
        assert (refused.status_code, "Attendez une minute" in plain(refused)) == (429, True)
        assert UNKNOWN in refused.text
        action, waiting = next_form(refused)
        await app.state.rates.close()
        assert (await client.post(action, data=waiting)).status_code == 303
    assert [one.name for one in (await facts_of(territory.id)).speakers] == [TYPED["name"]]


@pytest.mark.in_process
async def test_what_waited_under_one_sign_in_is_not_sent_under_another(
    tmp_path: Path, territory: Territory, owner: Account
) -> None:
    await account("other@exemple.fr", Grant(role="coordinator"))
    app = ten_in_a_minute(tmp_path)
    async with browser(app) as client:
        await sign_in(client, EMAIL)
        address = f"/t/{territory.code}/fiche/intervenants/nouveau"
        sent = {"_csrf_token": await form_token(client, address), **TYPED}
        client.cookies.clear()
        await sign_in(client, "other@exemple.fr")
        for _ in range(10):
            await client.get("/connexion")
        refused = await client.post(address, data=sent)
        action, waiting = next_form(refused)
        assert (refused.status_code, waiting["_csrf_token"]) == (429, sent["_csrf_token"])
        await app.state.rates.close()
        kept = await client.post(action, data=waiting, headers={"sec-fetch-site": "same-origin"})
        assert (kept.status_code, next_form(kept)[1]["name"]) == (403, TYPED["name"])
    assert (await facts_of(territory.id)).speakers == ()


async def test_a_body_that_cannot_be_read_is_counted_like_any_other(tmp_path: Path) -> None:
    """The minute of the count may end once in between."""
    garbled = {"content-type": "multipart/form-data; boundary=a"}
    async with browser(make_app(tmp_path, sign_ins_per_minute="3")) as client:
        answers = [await client.post("/connexion", content=b"--a", headers=garbled) for _ in range(8)]
    assert {one.status_code for one in answers[:3]} == {400}
    assert 429 in {one.status_code for one in answers}


async def nobody_answers(_: Connection) -> Identity | None:
    raise UnreachableError("gone")


async def test_a_database_that_goes_away_at_the_door_leaves_open_whose_form_it_is(
    tmp_path: Path, territory: Territory, owner: Account
) -> None:
    app = app_for(read_settings({"ESCALE_VAR": str(tmp_path / "var"), "ESCALE_PUBLIC_ADDRESS": ROOT}))
    async with browser(app) as client:
        await sign_in(client, EMAIL)
        address = f"/t/{territory.code}/fiche/intervenants/nouveau"
        sent = {"_csrf_token": await form_token(client, address), **TYPED}
        app.state.identifiers = (nobody_answers,)
        away = await client.post(address, data=sent)
        client.cookies.clear()
        stranger = await client.post(address, data=TYPED)
    assert (away.status_code, UNKNOWN in away.text) == (503, True)
    assert (stranger.status_code, "data-signed-in" in stranger.text) == (503, False)


class Fault(Exception):
    """What nobody thought of."""


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault("of ours"), 500), (UnreachableError("gone"), 503)],
)
async def test_a_fault_of_ours_and_a_database_that_is_away_keep_what_was_typed(
    tmp_path: Path, owner: Account, fault: Exception, status: int
) -> None:
    @post("/for-tests", roles=PUBLIC, include_in_schema=False)
    async def fail() -> None:
        raise fault

    app = create_app(read_settings({"ESCALE_VAR": str(tmp_path / "var"), "ESCALE_PUBLIC_ADDRESS": ROOT}))
    app.register(fail)
    async with browser(app) as client:
        await sign_in(client, EMAIL)
        token = await form_token(client, "/reglages")
        answer = await client.post("/for-tests?vue=mois", data={"_csrf_token": token, **TYPED})
        secret = await client.post("/for-tests", data={"_csrf_token": token, "password": "secret-typed"})
    assert answer.status_code == status
    assert ("Vérifiez d’abord si c’est enregistré" in plain(answer)) == (status == 500)
    action, waiting = next_form(answer)
    assert (action, {name: waiting[name] for name in TYPED}) == ("/for-tests?vue=mois", TYPED)
    assert waiting["_csrf_token"] == token
    assert "secret-typed" not in secret.text
