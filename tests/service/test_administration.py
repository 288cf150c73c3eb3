"""The administration: who is let in, with which roles, how far an administrator's hand reaches, what the trail tells."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from db.queries.accounts import account_by_id, account_with, grants_of
from db.queries.api_tokens import tokens_of
from db.queries.facts import fact
from db.queries.feed_tokens import feed_tokens
from db.queries.outbox import add_mail, mails
from db.queries.territories import territory_by_code
from db.queries.trail import Sought, trail
from db.queries.vault import keep_vault, vault_of
from db.records.account import Account, Grant
from db.records.participant import Participant
from db.records.territory import Territory
from service.accounts.master_key import ensure_master_keys
from service.actions.make_api_token import make_api_token
from service.actions.make_feed_address import make_feed_address
from service.actions.use_totp import begin_totp
from service.privacy.vault import Contact, seal_contact
from tests.db.assignments import territory_with_facts
from tests.service.door import PASSWORD, account, browser, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/administration"
ADMIN = Grant(role="administrator", territory="somme")


@pytest.fixture
async def territory() -> Territory:
    await territory_with_facts("var")
    return await territory_with_facts("somme")


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, sign_ins_per_minute="1000")


@pytest.fixture
async def admin(app: Litestar, territory: Territory) -> AsyncIterator[httpx.AsyncClient]:
    await account("admin@exemple.fr", ADMIN)
    async with browser(app) as client:
        await sign_in(client, "admin@exemple.fr")
        yield client


async def other(email: str = "ar@exemple.fr", territory: str = "somme") -> Account:
    return await account(email, Grant(role="staff", territory=territory, staff="AR"))


async def test_an_invitation_lets_one_person_in_with_one_role(
    app: Litestar, admin: httpx.AsyncClient
) -> None:
    fields = {"email": "ld@exemple.fr", "name": "L. D.", "role": "staff:LD"}
    assert (await send(admin, f"{HERE}/comptes", **fields)).status_code == 303
    assert "a invité\N{NO-BREAK SPACE}: L. D." in unescape((await admin.get(f"{HERE}/journal")).text)
    (mail,) = [one for one in await mails() if one.kind == "link"]
    link = re.search(r"https://escale.test(/lien/\S+)", mail.body_text)
    assert link is not None
    assert f"{HERE}/comptes" in (await admin.get("/reglages")).text
    async with browser(app) as client:
        assert (await client.get(link[1])).status_code == 200
        chosen = {"password": PASSWORD, "again": PASSWORD}
        assert (await send(client, link[1], **chosen)).status_code == 303
        assert (await client.get(link[1])).status_code == 410
        await sign_in(client, "ld@exemple.fr")
        assert (await client.get("/t/somme/ma-semaine")).status_code == 200
        assert (await client.get("/t/somme/lieux")).status_code == 403
        assert (await client.get("/t/var/ma-semaine")).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ld@exemple.fr\nBcc: x@exemple.fr"},
        {"email": "ld@exemple.fr,x@exemple.fr"},
        {"name": "L. D.\r\nBcc: x@exemple.fr"},
        {"name": "L" * 81},
        {"role": "root"},
        {"role": ""},
        {"role": "staff"},
        {"role": "staff:ZZ"},
        {"role": "partner:"},
        {"email": "admin@exemple.fr"},
    ],
)
async def test_a_wrong_invitation_makes_no_account_and_sends_nothing(
    admin: httpx.AsyncClient, wrong: dict[str, str]
) -> None:
    fields = {"email": "ld@exemple.fr", "name": "L. D.", "role": "staff:LD"}
    answer = await send(admin, f"{HERE}/comptes", **(fields | wrong))
    assert 400 <= answer.status_code < 500
    assert await account_with(email="ld@exemple.fr") is None
    assert await mails() == ()


async def test_roles_come_and_go_and_the_last_administrator_stays(admin: httpx.AsyncClient) -> None:
    made = await other()
    page = f"{HERE}/comptes/{made.id}"
    await send(admin, f"{page}/roles", page, role="coordinator")
    assert Grant(role="coordinator", territory="somme") in await grants_of(made.id)
    await send(admin, f"{page}/roles/retirer", page, role="staff", staff="AR", partner="")
    assert await grants_of(made.id) == (Grant(role="coordinator", territory="somme"),)
    me = await account_with(email="admin@exemple.fr")
    assert me is not None
    mine = f"{HERE}/comptes/{me.id}"
    answer = await send(admin, f"{mine}/roles/retirer", mine, role="administrator", staff="", partner="")
    assert answer.status_code == 409
    assert await grants_of(me.id) == (ADMIN,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"partner": "inconnu"},
        {"staff": "ZZ"},
        {"staff": ""},
        {"role": "coordinator"},
        {"role": "root"},
        {"role": ""},
    ],
)
async def test_a_role_with_a_code_that_is_not_its_own_is_not_taken_away(
    admin: httpx.AsyncClient, wrong: dict[str, str]
) -> None:
    made = await other()
    before, page = await grants_of(made.id), f"{HERE}/comptes/{made.id}"
    fields = {"role": "staff", "staff": "AR", "partner": ""} | wrong
    answer = await send(admin, f"{page}/roles/retirer", page, **fields)
    assert answer.status_code == 404
    assert "Ce compte n’a pas ce rôle." in answer.text
    assert await grants_of(made.id) == before


async def test_a_closed_account_loses_its_sessions_and_tokens_and_may_come_back(
    app: Litestar, admin: httpx.AsyncClient
) -> None:
    made = await other()
    await make_api_token(made.id, "export", ("read",), 30)
    page = f"{HERE}/comptes/{made.id}"
    async with browser(app) as client:
        await sign_in(client, "ar@exemple.fr")
        assert (await send(admin, f"{page}/fermer", page)).status_code == 303
        assert (await client.get("/t/somme/ma-semaine")).headers["location"] == "/connexion"
        assert (await sign_in(client, "ar@exemple.fr")).status_code == 401
        assert await tokens_of(made.id) == ()
        assert (await send(admin, f"{page}/rouvrir", page)).status_code == 303
        assert (await sign_in(client, "ar@exemple.fr")).status_code == 303


async def test_an_administrator_logs_somebody_out_everywhere(app: Litestar, admin: httpx.AsyncClient) -> None:
    made = await other()
    async with browser(app) as one, browser(app) as two:
        for client in (one, two):
            await sign_in(client, "ar@exemple.fr")
        await send(admin, f"{HERE}/comptes/{made.id}/deconnecter", f"{HERE}/comptes/{made.id}")
        for client in (one, two):
            assert (await client.get("/t/somme/ma-semaine")).headers["location"] == "/connexion"


async def test_what_concerns_a_whole_account_is_not_for_who_administers_a_part_of_it(
    app: Litestar, admin: httpx.AsyncClient
) -> None:
    made = await account(
        "both@exemple.fr",
        Grant(role="staff", territory="somme", staff="AR"),
        Grant(role="coordinator", territory="var"),
    )
    await begin_totp(made.id, ensure_master_keys(app.state.settings.keys_path))
    page = f"{HERE}/comptes/{made.id}"
    for act in ("fermer", "rouvrir", "deconnecter", "sans-code", "lien"):
        assert (await send(admin, f"{page}/{act}", page)).status_code == 403, act
    after = await account_by_id(made.id)
    assert (after.state, after.totp_sealed is None, await mails()) == ("active", False, ())
    await send(admin, f"{page}/roles/retirer", page, role="staff", staff="AR", partner="")
    assert await grants_of(made.id) == (Grant(role="coordinator", territory="var"),)


async def test_accounts_of_another_territory_do_not_exist_here(admin: httpx.AsyncClient) -> None:
    made = await other("there@exemple.fr", "var")
    page = f"{HERE}/comptes/{made.id}"
    assert (await admin.get(page)).status_code == 404
    for act in ("fermer", "deconnecter", "lien", "roles"):
        assert (await send(admin, f"{page}/{act}", f"{HERE}/comptes")).status_code == 404, act
    assert "there@exemple.fr" not in (await admin.get(f"{HERE}/comptes")).text
    assert (await account_by_id(made.id)).state == "active"


async def test_nobody_shuts_themselves_out(admin: httpx.AsyncClient) -> None:
    me = await account_with(email="admin@exemple.fr")
    assert me is not None
    page = f"{HERE}/comptes/{me.id}"
    assert (await send(admin, f"{page}/fermer", page)).status_code == 409
    assert (await account_by_id(me.id)).state == "active"


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


async def test_each_thing_has_a_readable_history(app: Litestar, territory: Territory) -> None:
    await account("coord@exemple.fr", Grant(role="coordinator", territory="somme"))
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
    assert "coord a changé : partenaire spip-93 (nom" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "nord" not in told


async def test_lifetimes_are_set_and_the_dry_run_only_counts(admin: httpx.AsyncClient) -> None:
    page = f"{HERE}/conservation"
    shown = (await admin.get(page)).text
    assert "Personnes à effacer" in shown
    assert "KM4821" not in shown
    fields = {
        "participants_months": "12",
        "orientations_days": "30",
        "trail_months": "6",
        "problems_days": "90",
    }
    assert (await send(admin, page, **fields)).status_code == 303
    assert (await territory_by_code("somme")).settings["retention"]["trail_months"] == 6
    for wrong in (
        {"trail_months": "0"},
        {"trail_months": "-3"},
        {"trail_months": "x"},
        {"problems_days": "99999"},
    ):
        assert (await send(admin, page, **(fields | wrong))).status_code == 422
    assert (await territory_by_code("somme")).settings["retention"]["trail_months"] == 6


async def test_giving_up_contacts_destroys_them_only_when_it_was_ticked_twice(
    app: Litestar, admin: httpx.AsyncClient, territory: Territory
) -> None:
    page = f"{HERE}/conservation"
    fields = {
        "participants_months": "24",
        "orientations_days": "30",
        "trail_months": "12",
        "problems_days": "90",
    }
    await send(admin, page, **fields, contacts="oui")
    person = (await fact(territory.id, Participant, "KM4821")).id
    assert person is not None
    sealed = seal_contact(
        ensure_master_keys(app.state.settings.keys_path), person, Contact(name="Karim B."), None
    )
    await keep_vault(territory.id, "KM4821", sealed, ("name",))
    assert (await send(admin, page, **fields)).status_code == 422
    assert (await vault_of(person)).wrapped_key is not None  # type: ignore[union-attr]
    assert (await send(admin, page, **fields, destroy="oui")).status_code == 303
    assert (await vault_of(person)).wrapped_key is None  # type: ignore[union-attr]


async def test_mail_that_failed_is_seen_without_its_text_and_sent_again(admin: httpx.AsyncClient) -> None:
    here, there = await territory_by_code("somme"), await territory_by_code("var")
    for place, to in ((here, "ici@exemple.fr"), (there, "ailleurs@exemple.fr")):
        row = {"territory": place.id, "kind": "today", "to_address": to, "subject": "Aujourd’hui : Gagny", "body_text": "le texte", "state": "failed", "last_error": "SMTPRecipientsRefused 550"}  # fmt: skip
        await add_mail(row)
    page = f"{HERE}/travaux"
    shown = (await admin.get(page)).text
    assert "ici@exemple.fr" in shown
    assert "550" in shown
    assert not [word for word in ("ailleurs@exemple.fr", "le texte", "Gagny") if word in shown]
    by_address = {one.to_address: one for one in await mails()}
    mine, other_one = by_address["ici@exemple.fr"], by_address["ailleurs@exemple.fr"]
    assert (await send(admin, f"{HERE}/courriels/{mine.id}", page)).status_code == 303
    assert (await send(admin, f"{HERE}/courriels/{other_one.id}", f"{HERE}/comptes")).status_code == 404
    assert {one.to_address: one.state for one in await mails()} == {
        "ici@exemple.fr": "queued",
        "ailleurs@exemple.fr": "failed",
    }


async def test_an_address_of_a_feed_is_revoked_here_and_not_from_elsewhere(
    app: Litestar, admin: httpx.AsyncClient, territory: Territory
) -> None:
    token, row = await make_feed_address(territory.id, "territory", territory.id, "téléphone")
    there = await territory_by_code("var")
    _, foreign = await make_feed_address(there.id, "territory", there.id, "téléphone")
    page = f"{HERE}/agendas"
    assert token not in (await admin.get(page)).text
    assert (await send(admin, f"{page}/{foreign.id}", page)).status_code == 404
    assert (await send(admin, f"{page}/{row.id}", page)).status_code == 303
    assert [one.revoked_at is None for one in await feed_tokens(territory.id)] == [False]
    assert [one.revoked_at is None for one in await feed_tokens(there.id)] == [True]


async def test_what_the_administration_does_is_in_the_trail(admin: httpx.AsyncClient) -> None:
    made = await other()
    page = f"{HERE}/comptes/{made.id}"
    for act in ("deconnecter", "fermer", "rouvrir"):
        await send(admin, f"{page}/{act}", page)
    entries = await trail(Sought(about=("account", str(made.id))))
    assert [one.action for one in entries] == ["reopen_account", "close_account", "log_out_everywhere"]
    assert {one.actor_label for one in entries} == {"admin"}
    assert all(one.at > datetime.now(UTC) - timedelta(minutes=5) for one in entries)
