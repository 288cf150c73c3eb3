"""A service's shared mailbox: the link opens a page, the button a session; it is good for every colleague and nobody else."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.accounts import account_with, grants_of
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.outbox import mails
from db.queries.place_hosts import standing_places
from db.records.account import Grant
from db.records.partner import Partner
from db.records.territory import Territory
from db.tables.account import OneTimeLink
from service.actions.grant_role import grant_role
from service.actions.lock_account import lock_account, unlock_account
from service.actions.sign_out import sign_out_everywhere
from service.errors import BadInput
from tests.service.door import ROOT, account, browser, make_app, send
from tests.service.partners.sample import NOW, make_territory, monday, permanence, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def mailed_link(client, email: str) -> str:
    answer = await send(client, "/connexion/service", email=email)
    assert answer.headers["location"] == "/connexion?fait=service"
    bodies = [one.body_text for one in await mails() if one.to_address == email.lower()]
    found = re.search(rf"{ROOT}(/service/\S+)", bodies[0]) if bodies else None
    return found[1] if found else ""


async def test_two_officers_of_one_mailbox_each_hold_for_themselves(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    app = make_app(tmp_path, sign_ins_per_minute="1000")
    async with browser(app) as first, browser(app) as second:
        link = await mailed_link(first, "SPIP93@example.fr")
        for client in (first, second):
            assert (await client.get("/t/essai/places")).status_code in (303, 401)
            for _ in range(2):
                assert "SPIP de Seine-Saint-Denis" in (await client.get(link)).text
            entered = await send(client, link)
            assert entered.status_code == 303
        held = await send(first, "/t/essai/places", place=f"{host}:0")
        lost = await send(second, "/t/essai/places", place=f"{host}:0")
        assert (held.status_code, lost.status_code) == (303, 409)
        shown = (await second.get("/t/essai/places")).text
        assert "retenu par votre service" in shown
    assert len(await standing_places([host], now=NOW)) == 1


async def test_a_link_alone_never_opens_more_than_a_partner(tmp_path: Path) -> None:
    await make_territory()
    await account("spip94@example.fr", Grant(role="coordinator", territory="essai"))
    app = make_app(tmp_path, sign_ins_per_minute="1000")
    async with browser(app) as client:
        for address in ("spip94@example.fr", "personne@example.fr", "spip93@example.fr\n"):
            await mailed_link(client, address)
        assert [one.to_address for one in await mails()] == ["spip93@example.fr"]
        link = await mailed_link(client, "spip93@example.fr")
        secret = link.rsplit("/", 1)[1]
        assert (await client.get(f"/lien/{secret}")).status_code == 410
        assert (await client.get("/service/nothing")).status_code == 410


async def _address_changes(territory: Territory) -> None:
    one = await fact(territory.id, Partner, "spip-93")
    moved = msgspec.structs.replace(one, email="autre@example.fr")
    await change_fact(territory.id, moved, version=one.version)


async def _link_expires(_: Territory) -> None:
    await OneTimeLink.update({OneTimeLink.expires_at: datetime.now(UTC) - timedelta(seconds=1)}, force=True)


async def _link_is_revoked(_: Territory) -> None:
    await OneTimeLink.update({OneTimeLink.revoked_at: datetime.now(UTC)}, force=True)


async def _account_signs_out_everywhere(_: Territory) -> None:
    made = await account_with(email="spip93@example.fr")
    assert made is not None
    await sign_out_everywhere(made.id)


ENDS: list[Callable[[Territory], Awaitable[None]]] = [
    _address_changes,
    _link_expires,
    _link_is_revoked,
    _account_signs_out_everywhere,
]


@pytest.mark.parametrize("ending", ENDS)
async def test_a_session_ends_with_the_link_that_opened_it(
    tmp_path: Path, ending: Callable[[Territory], Awaitable[None]]
) -> None:
    territory = await make_territory()
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as client:
        link = await mailed_link(client, "spip93@example.fr")
        assert (await send(client, link)).status_code == 303
        assert (await client.get("/t/essai/places")).status_code == 200
        await ending(territory)
        assert (await client.get("/t/essai/places")).headers["location"] == "/connexion"
        assert (await client.get(link)).status_code == 410


async def test_a_colleague_who_asks_for_another_link_ends_nobody_s_session(tmp_path: Path) -> None:
    await make_territory()
    app = make_app(tmp_path, sign_ins_per_minute="1000")
    async with browser(app) as first, browser(app) as second:
        link = await mailed_link(first, "spip93@example.fr")
        assert (await send(first, link)).status_code == 303
        await mailed_link(second, "spip93@example.fr")
        assert (await first.get("/t/essai/places")).status_code == 200
        assert (await second.get(link)).status_code == 200


async def test_a_mailbox_that_was_closed_and_reopened_is_a_mailbox_again(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as client:
        before = await mailed_link(client, "spip93@example.fr")
        made = await account_with(email="spip93@example.fr")
        assert made is not None
        await lock_account(made.id)
        assert (await client.get(before)).status_code == 410
        await unlock_account(made.id)
        reopened = await account_with(email="spip93@example.fr")
        assert reopened is not None
        assert reopened.state == "active"
        assert (await client.get(before)).status_code == 410
        link = await mailed_link(client, "spip93@example.fr")
        assert link != before
        assert (await send(client, link)).status_code == 303
        assert (await client.get("/t/essai/places")).status_code == 200


async def test_a_link_ends_when_the_mailbox_is_no_longer_the_partner_s(tmp_path: Path) -> None:
    territory = await make_territory()
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as client:
        link = await mailed_link(client, "spip93@example.fr")
        assert (await client.get(link)).status_code == 200
        one = await fact(territory.id, Partner, "spip-93")
        moved = msgspec.structs.replace(one, email="autre@example.fr")
        await change_fact(territory.id, moved, version=one.version)
        assert (await client.get(link)).status_code == 410


async def test_a_mailbox_is_given_neither_a_password_nor_another_role(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as client:
        await mailed_link(client, "spip93@example.fr")
        answer = await send(client, "/mot-de-passe-oublie", email="spip93@example.fr")
        assert answer.headers["location"] == "/connexion?fait=lien"
    assert ["/service/" in one.body_text for one in await mails()] == [True]
    made = await account_with(email="spip93@example.fr")
    assert made is not None
    with pytest.raises(BadInput):
        await grant_role(made.id, Grant(role="coordinator", territory="essai"))
    assert {one.role for one in await grants_of(made.id)} == {"partner"}
