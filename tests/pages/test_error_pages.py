"""A refusal leaves whoever is signed in their navigation, and names where its button leads."""

from pathlib import Path

import pytest

from db.records.account import Grant
from tests.service.door import account, browser, make_app, sign_in
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


@pytest.mark.parametrize(
    ("role", "address", "way_home", "place"),
    [
        ("staff", "/t/petite/planning/2026-12/generer", "Aller à ma semaine", "ma-semaine"),
        ("coordinator", "/t/ailleurs/planning", "Aller au planning", "planning"),
    ],
)
async def test_a_page_of_others_leaves_the_own_navigation(
    tmp_path: Path, role: str, address: str, way_home: str, place: str
) -> None:
    await make_territory()
    await account(
        "a@exemple.fr", Grant(role=role, territory="petite", staff="AR" if role == "staff" else None)
    )
    async with browser(make_app(tmp_path)) as visitor:
        await sign_in(visitor, "a@exemple.fr")
        shown = await visitor.get(address, headers={"accept": "text/html"})
        assert shown.status_code in (403, 404)
        assert way_home in shown.text
        assert f'href="/t/petite/{place}"' in shown.text
        assert "/t/ailleurs" not in shown.text


async def test_a_stranger_is_shown_no_place_of_a_territory(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path)) as visitor:
        shown = await visitor.get("/t/petite/inconnue", headers={"accept": "text/html"})
        assert shown.status_code == 404
        assert "/t/petite" not in shown.text
