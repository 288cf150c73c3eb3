"""Nobody is let in silently: whoever gives a role, to themselves too, those who answer for the territory hear of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from db.queries.accounts import account_with, set_account
from db.queries.facts import all_facts
from db.queries.outbox import mails
from db.queries.trail import Sought, trail
from db.records.account import Account, Grant
from db.records.partner import Partner
from db.records.territory import Territory
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/administration"
COORDINATOR = Grant(role="coordinator", territory="somme")


@pytest.fixture
async def territory() -> Territory:
    await territory_with_facts("var")
    territory = await territory_with_facts("somme")
    await account("coord@exemple.fr", COORDINATOR)
    await account("ailleurs@exemple.fr", Grant(role="coordinator", territory="var"))
    closed = await account("ferme@exemple.fr", COORDINATOR)
    await set_account(closed.id, state="closed")
    return territory


@pytest.fixture
async def me(territory: Territory) -> Account:
    return await account("admin@exemple.fr", Grant(role="administrator", territory="somme"))


@pytest.fixture
async def admin(tmp_path: Path, me: Account) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "admin@exemple.fr")
        yield client


async def given(admin: httpx.AsyncClient, to: Account, **fields: str) -> int:
    page = f"{HERE}/comptes/{to.id}"
    answer = await send(admin, f"{page}/roles", page, **fields)
    return answer.status_code


async def test_who_makes_themselves_coordinator_is_told_to_the_coordination_and_in_the_trail(
    admin: httpx.AsyncClient, me: Account
) -> None:
    assert await given(admin, me, role="coordinator") == 303
    (mail,) = await mails()
    assert (mail.to_address, mail.kind) == ("coord@exemple.fr", "role")
    assert "admin@exemple.fr" in mail.body_text
    assert "Coordination" in mail.body_text
    (entry,) = await trail(Sought(actions=("add_role",)))
    assert (entry.actor_id, entry.about_ref) == (me.id, str(me.id))
    assert (await admin.get("/t/somme/personnes")).status_code == 200


async def test_an_invitation_to_see_participants_is_told_too(admin: httpx.AsyncClient) -> None:
    fields = {"email": "deux@exemple.fr", "name": "A. D.", "role": "coordinator"}
    assert (await send(admin, f"{HERE}/comptes", **fields)).status_code == 303
    told = {one.to_address: one.kind for one in await mails()}
    assert told == {"deux@exemple.fr": "link", "coord@exemple.fr": "role", "admin@exemple.fr": "role"}
    assert await account_with(email="deux@exemple.fr") is not None


async def test_a_partner_s_role_is_told_to_nobody(
    admin: httpx.AsyncClient, me: Account, territory: Territory
) -> None:
    partner = (await all_facts(territory.id, Partner))[0]
    assert await given(admin, me, role=f"partner:{partner.code}") == 303
    assert await mails() == ()
