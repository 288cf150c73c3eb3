"""How pages look is chosen on « Votre compte », and it holds for every page of that device."""

from pathlib import Path

import pytest

from db.records.account import Grant
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PLACE = "/reglages/affichage"


async def test_what_is_chosen_holds_until_it_is_the_usual_again(tmp_path: Path) -> None:
    await make_territory()
    await account("c@exemple.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client, browser(make_app(tmp_path)) as elsewhere:
        await sign_in(client, "c@exemple.fr")
        await sign_in(elsewhere, "c@exemple.fr")
        chosen = {"theme": "dark", "contraste": "more", "cases": "large", "touches": "non"}
        kept = await send(client, PLACE, "/reglages", **chosen)
        assert kept.status_code == 303
        assert "Secure" in kept.headers["set-cookie"]
        shown = (await client.get("/t/petite/planning/2026-12")).text
        for mark in ('data-theme="dark"', 'data-contrast="more"', 'data-cells="large"'):
            assert mark in shown
        assert 'value="dark" checked' in (await client.get("/reglages")).text
        assert 'data-theme="dark"' not in (await elsewhere.get("/reglages")).text
        usual = dict.fromkeys(chosen, "usual")
        assert (await send(client, PLACE, "/reglages", **usual)).status_code == 303
        assert "data-theme" not in (await client.get("/reglages")).text


async def test_what_nobody_offers_is_refused_at_its_field(tmp_path: Path) -> None:
    await make_territory()
    await account("c@exemple.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@exemple.fr")
        refused = await send(client, PLACE, "/reglages", theme="rose")
        assert refused.status_code == 422
        assert "escale-apparence" not in client.cookies
        assert "Couleurs" in refused.text
