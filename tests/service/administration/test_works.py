"""Mail that did not leave and addresses of feeds: seen and mended here, not from elsewhere."""

import re

import httpx
import pytest
from litestar import Litestar

from db.queries.facts import facts_of
from db.queries.feed_tokens import feed_tokens
from db.queries.outbox import add_mail, mails
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.territory import Territory
from service.actions.make_feed_address import make_feed_address
from service.feed_options import FeedOptions, options_of
from tests.service.door import account, browser, plain, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/administration"


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


async def test_an_address_of_a_feed_is_renewed_here_and_shown_once(
    app: Litestar, admin: httpx.AsyncClient, territory: Territory
) -> None:
    (person, *_) = (await facts_of(territory.id)).staff
    assert person.id
    options = FeedOptions(references=True, protected=True, office=True)
    old, row = await make_feed_address(territory.id, "staff", person.id, "téléphone", options)
    there = await territory_by_code("var")
    _, foreign = await make_feed_address(there.id, "territory", there.id, "téléphone")
    page = f"{HERE}/agendas"
    assert "L’ancienne adresse s’arrête aussitôt" in (await admin.get(page)).text
    assert (await send(admin, f"{page}/{foreign.id}/renouveler", page)).status_code == 404
    renewed = await send(admin, f"{page}/{row.id}/renouveler", page)
    (new, *_) = re.findall(r"/feeds/([\w-]+)\.ics", renewed.text)
    assert new != old
    assert new not in (await admin.get(page)).text
    assert (await admin.get(f"/feeds/{old}.ics")).status_code == 410
    assert (await admin.get(f"/feeds/{new}.ics")).status_code == 200
    _, made = await feed_tokens(territory.id)
    assert (made.kind, made.subject_id, made.device) == ("staff", person.id, "téléphone")
    assert options_of(made.options) == FeedOptions(office=True)
    assert (await send(admin, f"{page}/{row.id}/renouveler", page)).status_code == 409
    assert "a renouvelé une adresse d’agenda" in plain(await admin.get(f"{HERE}/journal"))


async def test_nobody_but_who_administers_renews_an_address(app: Litestar, territory: Territory) -> None:
    _, row = await make_feed_address(territory.id, "territory", territory.id, "téléphone")
    own = {"coordinator": "lieux", "staff": "ma-semaine"}
    for role, page in own.items():
        await account(f"{role}@exemple.fr", Grant(role=role, territory="somme", staff="AR"))
        async with browser(app) as client:
            await sign_in(client, f"{role}@exemple.fr")
            refused = await send(client, f"{HERE}/agendas/{row.id}/renouveler", f"/t/somme/{page}")
            assert (refused.status_code, "/feeds/" in refused.text) == (403, False), role
    assert await feed_tokens(territory.id) == (row,)


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
