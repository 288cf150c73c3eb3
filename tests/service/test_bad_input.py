"""What nobody sends by mistake: refused clearly on pages and over JSON, logged without the secret, nothing changed."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar
from structlog.testing import capture_logs

from db.queries.accounts import account_by_id
from db.queries.api_tokens import revoke_token, tokens_of
from db.queries.facts import all_facts
from db.queries.outbox import mails
from db.queries.territories import territory_by_code
from db.queries.trail import trail
from db.records.account import Account, Grant
from db.records.base import Fact
from db.records.participant import Participant
from db.records.partner import Partner
from db.records.site import Site
from db.records.staff import StaffMember
from db.records.territory import Territory
from db.tables.account import ApiToken
from service.accounts.api_tokens import SCOPES
from service.actions.invite_account import make_link
from service.actions.make_api_token import make_api_token
from service.actions.sign_out import sign_out_everywhere
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, form_token, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
API = "/api/territories/somme"
KINDS: tuple[type[Fact], ...] = (Participant, Site, StaffMember, Partner)
TELLING = ["Karim Benali", "BENALI", "12/04/1987", "19870412", "94512", "écrou 94512", "KM4821\n", "km4821", "KM4821 Benali"]  # fmt: skip
BREAKS = ["\n", "\r\n", "\r", "\x85", "\x00", "\u2028"]
HEAD = "Bcc: voleur@exemple.fr"


@pytest.fixture
async def territory() -> Territory:
    await territory_with_facts("var")
    return await territory_with_facts("somme")


@pytest.fixture
async def owner(territory: Territory) -> Account:
    return await account("coord@exemple.fr", Grant(role="coordinator", territory="somme"))


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, sign_ins_per_minute="1000")


@pytest.fixture
async def page(app: Litestar, owner: Account) -> AsyncIterator[httpx.AsyncClient]:
    """The coordinator's browser."""
    async with browser(app) as client:
        await sign_in(client, owner.email)
        yield client


@pytest.fixture
async def api(app: Litestar, owner: Account) -> AsyncIterator[httpx.AsyncClient]:
    """The coordinator's program."""
    token = await make_api_token(owner.id, "essai", tuple(SCOPES), 30)
    async with browser(app) as client:
        client.headers.update({"accept": "application/json", "authorization": f"Bearer {token}"})
        yield client


async def kept(territory: Territory) -> list[object]:
    """Everything that these tests could change."""
    return [await all_facts(territory.id, kind) for kind in KINDS]


def secretless(told: object, *secrets: str) -> bool:
    return not [secret for secret in secrets if secret in str(told)]


@pytest.mark.parametrize("typed", TELLING)
@pytest.mark.in_process
async def test_a_reference_that_looks_like_somebody_is_refused_and_repeated_nowhere(
    api: httpx.AsyncClient, territory: Territory, typed: str
) -> None:
    before = await kept(territory)
    with capture_logs() as told:
        answers = [
            await api.post(f"{API}/participants", json={"code": typed}),
            await api.post(
                f"{API}/paths",
                json={"code": "p1", "programme": "o2r", "participant": typed, "referent": "AR"},
            ),
            await api.post(
                f"{API}/interviews",
                json={"participant": typed, "staff": "AR", "starts_at": "2026-12-15T10:00:00+01:00"},
            ),
        ]
    for answer in answers:
        assert answer.status_code in (400, 404), answer.text
        assert secretless(answer.text, typed)
    assert secretless(told, typed)
    assert secretless(await trail(limit=100), typed)
    assert await kept(territory) == before


@pytest.mark.in_process
async def test_the_page_gives_a_reference_itself_and_takes_no_other(
    page: httpx.AsyncClient, territory: Territory
) -> None:
    before = {one.code for one in await all_facts(territory.id, Participant)}
    form = "/t/somme/fiche/personnes/nouveau"
    fields = {"programme": "o2r", "code": "Karim Benali", "reference": "Karim Benali"}
    with capture_logs() as told:
        refused = await send(page, form, **fields, note="écrou 94512")
        assert refused.status_code == 422
        assert 'id="note-faute"' in refused.text
        assert {one.code for one in await all_facts(territory.id, Participant)} == before
        answer = await send(page, form, **fields)
    assert answer.status_code == 303
    (made,) = {one.code for one in await all_facts(territory.id, Participant)} - before
    assert re.fullmatch(r"[A-Z]{2}\d{4}", made)
    assert secretless(told, "Benali", "94512")


@pytest.mark.parametrize("between", BREAKS)
async def test_a_name_or_an_address_that_carries_a_head_is_refused(
    page: httpx.AsyncClient, api: httpx.AsyncClient, territory: Territory, between: str
) -> None:
    before, name, email = await kept(territory), f"Gagny{between}{HEAD}", f"a@exemple.fr{between}{HEAD}"
    site = {"code": "autre", "name": "Autre", "kind": "bureau"}
    answers = [
        await api.post(f"{API}/sites", json=site | {"name": name}),
        await api.post(f"{API}/sites", json=site | {"contact_email": email}),
        await api.post(f"{API}/staff", json={"code": "ZZ", "name": "Z", "email": email}),
        await api.post(f"{API}/partners", json={"code": "p", "name": name}),
        await send(page, "/t/somme/fiche/partenaires/nouveau", name="P", email=email),
    ]
    for number, answer in enumerate(answers):
        assert 400 <= answer.status_code < 500, (number, answer.text[:300])
    assert await kept(territory) == before
    assert await mails() == ()


@pytest.mark.parametrize("email", ["a@exemple.fr, b@exemple.fr", "<a@exemple.fr>", "a;b@exemple.fr", "é@exemple.fr", "a@exemple.fr\n"])  # fmt: skip
async def test_an_address_that_mail_would_not_take_is_not_kept(
    api: httpx.AsyncClient, territory: Territory, email: str
) -> None:
    before = await kept(territory)
    answer = await api.post(f"{API}/staff", json={"code": "ZZ", "name": "Z", "email": email})
    assert answer.status_code == 400, answer.text
    assert await kept(territory) == before


@pytest.mark.in_process
async def test_a_session_that_was_closed_everywhere_changes_nothing_any_more(
    app: Litestar, owner: Account, territory: Territory
) -> None:
    form, fields = "/t/somme/fiche/partenaires/nouveau", {"name": "Ailleurs"}
    async with browser(app) as one, browser(app) as other:
        for client in (one, other):
            await sign_in(client, owner.email)
        token, stolen = await form_token(other, form), dict(other.cookies)
        assert token
        before = await kept(territory)
        await sign_out_everywhere(owner.id)
        with capture_logs() as told:
            for client in (one, other):
                answer = await client.post(form, data={"_csrf_token": token, **fields})
                assert answer.status_code in (303, 401, 403)
                assert answer.headers.get("location", "/connexion") == "/connexion"
                assert (await client.get(f"{API}/participants")).status_code in (303, 401)
        assert {one.get("reason") for one in told} & {"ended", "logged out everywhere"}
        assert secretless(told, token, *stolen.values())
    assert await kept(territory) == before


@pytest.mark.in_process
async def test_stolen_and_stale_tokens_change_nothing(
    app: Litestar, owner: Account, territory: Territory
) -> None:
    before = await kept(territory)
    expired, revoked = [await make_api_token(owner.id, name, tuple(SCOPES), 30) for name in ("old", "gone")]
    past = datetime.now(UTC) - timedelta(seconds=1)
    await ApiToken.update({ApiToken.expires_at: past}).where(ApiToken.name == "old")
    gone = next(one for one in await tokens_of(owner.id) if one.name == "gone")
    await revoke_token(owner.id, gone.id, at=datetime.now(UTC))
    async with browser(app) as client:
        with capture_logs() as told:
            for token in (expired, revoked, expired[:-1] + "x", f"escale_{uuid4().hex}"):
                headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
                answer = await client.post(f"{API}/participants", json={"code": "AB1234"}, headers=headers)
                assert answer.status_code == 401
                assert secretless(answer.text, token)
    assert {one.get("reason") for one in told} >= {"expired", "revoked", "unknown"}
    assert secretless(told, expired, revoked)
    assert await kept(territory) == before


@pytest.mark.in_process
async def test_a_mailed_link_pressed_again_changes_nothing(app: Litestar, owner: Account) -> None:
    link = await make_link(owner.id, "reset", "")
    async with browser(app) as client:
        chosen = {"password": "cinq tables rondes", "again": "cinq tables rondes"}
        assert (await send(client, link, **chosen)).status_code == 303
        before = await account_by_id(owner.id)
        with capture_logs() as told:
            again = await send(
                client, link, "/connexion", password="six lampes jaunes", again="six lampes jaunes"
            )
        assert again.status_code == 410
    assert await account_by_id(owner.id) == before
    assert [one["reason"] for one in told if one["event"] == "link refused"] == ["used"]
    assert secretless(told, link.rpartition("/")[2])


async def test_ids_of_another_territory_and_of_nothing_are_alike(
    api: httpx.AsyncClient, territory: Territory
) -> None:
    """What exists elsewhere is answered as what exists nowhere."""
    others = await territory_by_code("var")
    before, match = await kept(others), {"if-match": "*"}
    body = {"name": "Ailleurs", "kind": "bureau"}
    answers = {
        code: [
            await api.get(f"/api/territories/{code}/participants"),
            await api.put(f"/api/territories/{code}/sites/gagny", json=body, headers=match),
            await api.delete(f"/api/territories/{code}/sites/gagny", headers=match),
        ]
        for code in ("var", "nulle-part")
    }
    assert {one.status_code for some in answers.values() for one in some} == {404}
    assert [one.content for one in answers["var"]] == [one.content for one in answers["nulle-part"]]
    assert (await api.get(f"{API}/assignments/{uuid4()}")).status_code == 404
    assert await kept(others) == before
