"""Mail that did not leave and addresses of feeds: seen and mended here, not from elsewhere."""

import httpx
import pytest
from litestar import Litestar

from db.queries.feed_tokens import feed_tokens
from db.queries.outbox import add_mail, mails
from db.queries.territories import territory_by_code
from db.records.territory import Territory
from service.actions.make_feed_address import make_feed_address
from tests.service.door import send

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
