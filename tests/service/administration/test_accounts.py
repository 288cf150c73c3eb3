"""Who is let in, with which roles, and how far an administrator's hand reaches."""

import re
from html import unescape

import httpx
import pytest
from litestar import Litestar

from db.queries.accounts import account_by_id, account_with, grants_of
from db.queries.api_tokens import tokens_of
from db.queries.outbox import mails
from db.records.account import Account, Grant
from service.accounts.master_key import ensure_master_keys
from service.actions.make_api_token import make_api_token
from service.actions.use_totp import begin_totp
from tests.service.door import PASSWORD, account, browser, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/administration"
ADMIN = Grant(role="administrator", territory="somme")


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


async def test_who_is_invited_is_one_of_the_team_of_the_partners_or_has_a_role_of_the_house(
    admin: httpx.AsyncClient,
) -> None:
    shown = unescape((await admin.get(f"{HERE}/comptes")).text)
    invitation = shown.partition("<h2>Inviter</h2>")[2]
    options = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', invitation)
    kinds = [value.partition(":")[0] for value, _ in options if value]
    assert list(dict.fromkeys(kinds)) == ["staff", "partner", "coordinator", "administrator"]
    words = dict(options)
    assert words["staff:LD"] == "Équipe\N{NO-BREAK SPACE}: L.D."
    assert words["partner:spip-93"].startswith("Partenaire\N{NO-BREAK SPACE}: ")
    assert (words["coordinator"], words["administrator"]) == ("Coordination", "Administration")
