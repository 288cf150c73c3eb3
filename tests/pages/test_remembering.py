"""The board comes back as it was looked at last: what tells no filter takes none away."""

from pathlib import Path

import pytest

from db.records.account import Grant
from tests.service.door import account, browser, make_app, sign_in
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
BOARD = "/t/petite/planning"
MONTH = f"{BOARD}/2026-12"


async def test_filters_stay_until_somebody_chooses_others(tmp_path: Path) -> None:
    await make_territory()
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")

        async def come_back() -> str:
            return (await client.get(BOARD)).headers["location"].partition("?")[2]

        kept = await client.get(f"{MONTH}?par=lieu&vue=mois&qui=AR&samedi=1")
        assert all("Secure" in cookie for cookie in kept.headers.get_list("set-cookie"))
        assert await come_back() == "qui=AR&samedi=1"
        for bare in (MONTH, f"{MONTH}?fait=publication", f"{MONTH}?vue=semaine"):
            assert (await client.get(bare)).status_code == 200
            assert await come_back() == "qui=AR&samedi=1"
        await client.get(f"{MONTH}?par=lieu&vue=mois&quoi=workshop")
        assert await come_back() == "quoi=workshop"
        await client.get(f"{MONTH}?par=lieu&vue=mois")
        assert await come_back() == ""


async def test_pages_of_facts_lead_back_to_the_month_on_the_board_last(tmp_path: Path) -> None:
    await make_territory()
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")

        async def leads_back(place: str) -> bool:
            return (
                f'<a href="{MONTH}">Planning de décembre 2026</a>'
                in (await client.get(f"/t/petite/{place}")).text
            )

        assert not await leads_back("equipe")
        await client.get(f"{MONTH}?par=lieu&vue=mois")
        for place in (
            "fiche/autorisations/nouveau?staff=AR&site=gagny",
            "fiche/lieux/gagny",
            "equipe",
            "equipe?quoi=autorisations:&nombre=1&fait=ajout",
            "lieux",
            "promotions",
            "personnes",
            "lieux/gagny/mois/2026-12",
        ):
            assert await leads_back(place), place
        client.cookies.set("escale-mois", "2026-13", path="/t/petite")
        assert not await leads_back("equipe")
