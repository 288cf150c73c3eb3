"""What the trail tells, to whom administers and to the coordination, and what it does not."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from litestar import Litestar

from db.queries.accounts import set_account
from db.queries.trail import Sought, trail
from db.records.account import Grant
from db.records.territory import Territory
from tests.service.door import account, browser, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/administration"


async def test_the_trail_is_filtered_and_tells_what_was_done_without_values(
    app: Litestar, admin: httpx.AsyncClient
) -> None:
    await account("coord@exemple.fr", Grant(role="coordinator", territory="somme"))
    async with browser(app) as client:
        await sign_in(client, "coord@exemple.fr")
        await client.get("/t/somme/personnes")
        await send(
            client, "/t/somme/fiche/partenaires/nouveau", name="Mission locale", kind="association", lead="24"
        )
    everything = (await admin.get(f"{HERE}/journal")).text
    for words in ("a lu : personne accompagnée KM4821", "a ajouté : partenaire", "s’est connectée"):
        assert words in everything.replace("\N{NO-BREAK SPACE}", " "), words
    assert "Mission locale" not in everything
    read = (await admin.get(f"{HERE}/journal?quoi=lectures&reference=KM4821")).text
    assert "a lu" in read
    assert "a ajouté" not in read
    assert "Rien ne répond" in (await admin.get(f"{HERE}/journal?reference=ZZ0000")).text
    assert "Rien ne répond" in (await admin.get(f"{HERE}/journal?au=2020-01-01")).text
    for wrong in ("qui=personne", "du=hier", "au=30/02/2027"):
        refused = await admin.get(f"{HERE}/journal?{wrong}")
        assert (refused.status_code, f'id="{wrong[:2]}' in refused.text) == (422, True)
        assert "-faute" in refused.text
    assert (await admin.get(f"{HERE}/journal?avant=demain")).status_code == 400


@pytest.mark.parametrize(
    ("query", "is_open"),
    [("", False), ("avant=2026-12-01T08:00:00%2B00:00", False), ("nature=site", True), ("du=hier", True)],
)
async def test_the_filters_are_folded_until_one_is_set(
    admin: httpx.AsyncClient, query: str, is_open: bool
) -> None:
    shown = (await admin.get(f"{HERE}/journal?{query}")).text
    assert f'<details class="filters"{" open" if is_open else ""}>' in shown


async def test_each_thing_has_a_readable_history(app: Litestar, territory: Territory) -> None:
    nameless = await account("coord@exemple.fr", Grant(role="coordinator", territory="somme"))
    await set_account(nameless.id, name="")
    async with browser(app) as client:
        await sign_in(client, "coord@exemple.fr")
        page = "/t/somme/fiche/partenaires/spip-93"
        found = re.search(r'href="([^"]*historique[^"]*)"', (await client.get(page)).text)
        assert found is not None
        version = re.search(r'name="version" value="(\d+)"', (await client.get(page)).text)
        assert version is not None
        fields = {"name": "SPIP 93 nord", "kind": "spip", "lead": "24", "version": version[1]}
        assert (await send(client, page, **fields)).status_code == 303
        told = (await client.get(found[1].replace("&amp;", "&"))).text
    assert nameless.email not in told
    assert "coordination a changé : partenaire spip-93 (nom" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "nord" not in told


async def test_what_the_administration_does_is_in_the_trail(admin: httpx.AsyncClient) -> None:
    made = await account("ar@exemple.fr", Grant(role="staff", territory="somme", staff="AR"))
    page = f"{HERE}/comptes/{made.id}"
    for act in ("deconnecter", "fermer", "rouvrir"):
        await send(admin, f"{page}/{act}", page)
    entries = await trail(Sought(about=("account", str(made.id))))
    assert [one.action for one in entries] == ["reopen_account", "close_account", "log_out_everywhere"]
    assert {one.actor_label for one in entries} == {"admin"}
    assert all(one.at > datetime.now(UTC) - timedelta(minutes=5) for one in entries)
