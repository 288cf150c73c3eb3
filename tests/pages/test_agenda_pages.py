"""Pages about feeds, as each role: addresses shown once, taken back alone, and what a feed shows."""

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from db.queries.assignment_writing import Author, write_assignments
from db.queries.feed_tokens import feed_tokens
from db.records.account import Grant
from db.records.territory import Territory
from service import feed_store
from tests.db.assignments import interview, new, permanence, session, territory_with_facts
from tests.service.door import account, browser, make_app, plain, send, sign_in
from tests.service.feed_world import NOW

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]
ADDRESS = re.compile(r"<code>(https://escale\.test/feeds/[\w-]+\.ics)</code>")
OWN = "/t/somme/mon-agenda"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    host = new(permanence(1))
    writes = [host, new(session(3)), new(interview(1, host_id=host.id))]
    await write_assignments(territory.id, writes, Author(at=NOW))
    await account("ar@escale.fr", Grant(role="staff", territory="somme", staff="AR"))
    await account("ld@escale.fr", Grant(role="staff", territory="somme", staff="LD"))
    await account("spip@escale.fr", Grant(role="partner", territory="somme", partner="spip-93"))
    await account("coord@escale.fr", Grant(role="coordinator", territory="somme"))
    return territory


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, sign_ins_per_minute="1000")


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


async def make(client: httpx.AsyncClient, page: str = OWN, **fields: str) -> tuple[str, str]:
    """The page of a new address, and the address."""
    answer = await send(client, page, **fields)
    assert answer.status_code == 200, answer.text[:300]
    found = ADDRESS.search(answer.text)
    assert found
    return html.unescape(answer.text), found[1]


async def test_an_address_is_shown_once_with_the_help_of_its_device(
    client: httpx.AsyncClient, territory: Territory
):
    await sign_in(client, "ar@escale.fr")
    text, address = await make(client, appareil="google", nom="Google du bureau")
    secret = address.rpartition("/")[2]
    assert f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fescale.test%2Ffeeds%2F{secret}" in text
    assert "De 4 à 24 heures" in text
    assert 'class="qr"' in text
    assert (await client.get(address)).status_code == 200
    again = (await client.get(OWN)).text
    assert secret not in again
    assert "Google du bureau" in again
    (kept,) = await feed_tokens(territory.id)
    assert secret.removesuffix(".ics") not in str(kept)


async def test_each_address_is_taken_back_alone_and_by_nobody_else(
    client: httpx.AsyncClient, territory: Territory, app: Litestar
):
    await sign_in(client, "ar@escale.fr")
    _, phone = await make(client, appareil="iphone", nom="mon téléphone")
    _, desk = await make(client, appareil="outlook")
    ids = {one.device: one.id for one in await feed_tokens(territory.id)}
    assert set(ids) == {"mon téléphone", "Outlook du bureau"}
    async with browser(app) as other:
        await sign_in(other, "ld@escale.fr")
        refused = await send(other, f"{OWN}/{ids['mon téléphone']}/retirer", OWN)
        assert refused.status_code == 404
    assert (await client.get(phone)).status_code == 200
    taken = await send(client, f"{OWN}/{ids['mon téléphone']}/retirer", OWN)
    assert taken.status_code == 303
    assert ((await client.get(phone)).status_code, (await client.get(desk)).status_code) == (410, 200)
    assert (
        "mon téléphone"
        not in (await client.get(OWN))
        .text.partition("Appareils abonnés")[2]
        .partition('<details class="fold">')[0]
    )


async def test_a_partner_subscribes_to_its_own_places_and_a_machine_to_free_time(
    client: httpx.AsyncClient, territory: Territory
):
    await sign_in(client, "spip@escale.fr")
    _, events = await make(client, appareil="iphone")
    _, machine = await make(client, appareil="machine")
    assert "Place libre" in (await client.get(events)).text
    free = (await client.get(machine)).text
    assert "BEGIN:VFREEBUSY" in free
    assert "BEGIN:VEVENT" not in free
    assert {one.kind for one in await feed_tokens(territory.id)} == {"partner", "free_busy"}
    shown = (await client.get("/t/somme/mon-agenda")).text
    assert ("<h1>Mon agenda</h1>" in shown, "ce partenaire" in shown) == (True, False)
    token = next(one for one in await feed_tokens(territory.id) if one.kind == "free_busy")
    periods = plain(await client.get(f"{OWN}/contenu?adresse={token.id}"))
    assert "Mardi 1er décembre 2026, de 9 h 00 à 9 h 45" in periods
    content = (await client.get(f"{OWN}/contenu")).text
    assert "Place libre" in content
    assert "Permanence" not in content
    for forbidden in (
        "/t/somme/agendas",
        "/t/somme/agendas/personne/AR",
        "/t/somme/agendas/personne/AR/contenu",
    ):
        assert (await client.get(forbidden)).status_code == 403


async def test_a_coordinator_previews_a_person_and_a_partner(client: httpx.AsyncClient, territory: Territory):
    await sign_in(client, "coord@escale.fr")
    listed = (await client.get("/t/somme/agendas")).text
    assert "A.R." in listed
    assert "SPIP 93" in listed
    person = (await client.get("/t/somme/agendas/personne/AR/contenu")).text
    assert "Permanence · CSL Gagny · 1/4" in person
    assert "KM4821" not in person
    partner = (await client.get("/t/somme/agendas/partenaire/spip-93/contenu")).text
    assert "Place libre · CSL Gagny" in partner
    assert "Permanence" not in partner
    assert (await client.get("/t/somme/agendas/personne/XX/contenu")).status_code == 404
    assert (await client.get("/t/somme/agendas/machine/AR")).status_code == 404
    home = await client.get(OWN)
    assert (home.status_code, home.headers["location"]) == (302, "/t/somme/agendas")


async def test_references_are_offered_and_shown_only_once_the_territory_permits_them(
    client: httpx.AsyncClient, territory: Territory
):
    await sign_in(client, "coord@escale.fr")
    page = "/t/somme/agendas/personne/AR"
    assert "Montrer les références" not in (await client.get(page)).text
    _, before = await make(client, page, appareil="iphone", montrer="references")
    allowed = await send(client, "/t/somme/agendas/references", "/t/somme/agendas", permises="oui")
    assert allowed.status_code == 303
    _, after = await make(client, page, appareil="iphone", montrer="references")
    assert "KM4821" not in (await client.get(before)).text
    assert "KM4821" in (await client.get(after)).text
    token = (await feed_tokens(territory.id))[-1]
    shown = (await client.get(f"{page}/contenu?adresse={token.id}")).text
    assert "KM4821" in shown
    assert "KM4821" not in (await client.get(f"{page}/contenu")).text
    await send(client, "/t/somme/agendas/references", "/t/somme/agendas", permises="non")
    assert "KM4821" not in (await client.get(after)).text
