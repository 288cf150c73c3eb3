"""Whoever reads whom partners orient leaves an entry, by the orientation's code: its label and its officer stay out."""

from pathlib import Path

import pytest

from db.queries.trail import Sought
from db.records.account import Grant
from service.accounts.api_tokens import SCOPES
from service.actions.hold_place import hold_place
from service.actions.make_api_token import make_api_token
from service.actions.orient import orient
from service.pages.trail_words import told
from tests.service.door import account, browser, make_app, sign_in
from tests.service.noted import noted
from tests.service.partners.sample import FORM, make_territory, monday, officer, permanence, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_reading_is_noted_with_who_and_without_the_partner_s_words(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    who = officer()
    made = [
        await orient(territory, who, (await hold_place(territory, who, host, slot)).id, FORM)
        for slot in (0, 1)
    ]
    partner = await account("p@exemple.fr", Grant(role="partner", territory="essai", partner=who.partner))
    token = await make_api_token(partner.id, "outil", tuple(SCOPES), 30)
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, partner.email)
        assert (await client.get("/t/essai/places")).status_code == 200
        assert (await client.get("/t/essai/orientations")).status_code == 200
        assert (await client.get(f"/t/essai/orientations/{made[0].id}")).status_code == 200
        assert (await client.get(f"/t/essai/orientations/{made[0].id}/fiche.pdf")).status_code == 200
    async with browser(make_app(tmp_path)) as client:
        client.headers.update({"authorization": f"Bearer {token}", "accept": "application/json"})
        assert (await client.get("/api/territories/essai/orientations")).status_code == 200
    found = await noted(Sought(actions=("read",), kinds=("orientation",)), least=4)
    assert {one.actor_id for one in found} == {partner.id}
    alone = [one for one in found if one.about_ref]
    assert {one.about_ref for one in alone} == {made[0].code}
    assert len(alone) == 2
    several = [one for one in found if not one.about_ref]
    assert len(several) >= 2
    assert all(one.detail["codes"] == sorted(each.code for each in made) for one in several)
    assert not [word for word in (FORM.label, FORM.officer, FORM.officer_phone) if word in str(found)]
    assert "orientation (2)" in told(several[0], "Europe/Paris").what
