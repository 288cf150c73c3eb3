"""A week, month or day of an address that is none, or that nobody plans, is answered with a page that says so."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from db.records.account import Grant
from service.pages.asked_days import day_asked, instant_asked, month_asked
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.living_territory import host, make_living, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/vivante"
BOARD = f"{HERE}/planning/2026-12"
FAR = ("0001-01-01", "0001-01", "9999-12-31", "9999-12-27", "9999-12", "0000-00", "2026-13", "2026-W60")
QUERIES = (
    "ma-semaine?personne=AR&semaine=",
    "je-suis-pris?personne=AR&semaine=",
    "ma-part?personne=AR&mois=",
    "suivi?mois=",
    "suivi?avec=",
    "suivi?mois=2026-12&avec=",
    "planning/2026-12?vue=semaine&jour=",
    "planning/2026-12?vue=jour&jour=",
    "planning/2026-12/ajouter?rangee=gagny&demi=am&jour=",
)
MONTHS = (
    "",
    "/generer",
    "/pourquoi",
    "/ou",
    "/et-si",
    "/publier",
    "/comparer",
    "/aide",
    "/ajouter",
    "/tableau.xlsx",
    "/feuilles.pdf",
)


@pytest.fixture
async def coordinator(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    await make_living()
    await account("c@vivante.fr", Grant(role="coordinator", territory="vivante"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@vivante.fr")
        client.headers["accept"] = "text/html"
        yield client


@pytest.mark.parametrize("query", QUERIES)
async def test_a_far_day_in_a_query_is_said(coordinator: httpx.AsyncClient, query: str) -> None:
    for word in FAR:
        answer = await coordinator.get(f"{HERE}/{query}{word}")
        assert answer.status_code == 400, word
        assert "<h1" in answer.text


@pytest.mark.parametrize("query", ["places?partenaire=spip&du=", "historique?nature=site&code=gagny&jour="])
async def test_a_far_day_elsewhere_is_no_fault_of_ours(coordinator: httpx.AsyncClient, query: str) -> None:
    for word in FAR:
        assert (await coordinator.get(f"{HERE}/{query}{word}")).status_code < 500, word


async def test_a_far_month_or_day_of_a_path_is_not_there(coordinator: httpx.AsyncClient) -> None:
    for month in ("0001-01", "9999-12", "2026-13", "0000-00", "1-1", "+2026-1", "2101-01"):
        for page in MONTHS:
            answer = await coordinator.get(f"{HERE}/planning/{month}{page}")
            assert answer.status_code == 404, (month, page)
        assert (await coordinator.get(f"{HERE}/lieux/gagny/mois/{month}")).status_code == 404
    for on in ("0001-01-01", "9999-12-31"):
        assert (await coordinator.get(f"{BOARD}/permanences/{on}")).status_code == 400


async def test_a_far_instant_of_the_journal_or_of_a_next_date_is_no_fault_of_ours(tmp_path: Path) -> None:
    territory = await make_living()
    (event,) = await publish(territory, host(0, "am"))
    await account("a@vivante.fr", Grant(role="administrator", territory="vivante"))
    await account("ar@vivante.fr", Grant(role="staff", territory="vivante", staff="AR"))
    app = make_app(tmp_path)
    async with browser(app) as admin, browser(app) as staff:
        await sign_in(admin, "a@vivante.fr")
        await sign_in(staff, "ar@vivante.fr")
        for instant in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-12-01", "hier"):
            query = {"avant": instant}
            assert (await admin.get(f"{HERE}/administration/journal", params=query)).status_code == 400
            said = {"fait": str(event), "suite": instant}
            assert (await staff.get(f"{HERE}/a-renseigner", params=said)).status_code == 200
        for on in ("0001-01-01", "9999-12-31"):
            assert (await staff.get(f"{HERE}/ma-journee/{on}")).status_code == 400


async def test_a_far_week_that_is_sent_is_refused(coordinator: httpx.AsyncClient) -> None:
    page = f"{HERE}/je-suis-pris?personne=AR"
    for monday in ("0001-01-01", "9999-12-27"):
        assert (await send(coordinator, page, page, lundi=monday, repeter="non")).status_code == 400


def test_what_is_near_is_read() -> None:
    assert f"{day_asked('2026-12-14')} {month_asked('2026-12')}" == "2026-12-14 2026-12-01"
    assert instant_asked("2026-12-14T09:00:00+01:00") == datetime(2026, 12, 14, 8, tzinfo=UTC)
    assert instant_asked("2026-12-14T09:00:00+01:00").utcoffset() == timedelta(hours=1)
