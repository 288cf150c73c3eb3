""" "Je suis pris" on a week, and people's own agendas on a page: added, failing, taken back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from db.queries.assignment_writing import Author, write_assignments
from db.queries.busy_sources import add_busy_source, busy_sources
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.staff import BusyMark
from db.records.territory import Territory
from tests.clock import set_back
from tests.db.assignments import new, permanence, territory_with_facts
from tests.service.busy.test_fetch import answer_with
from tests.service.door import account, browser, form_token, make_app, send, sign_in
from tests.service.feed_world import NOW

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/je-suis-pris"
MONDAY = date(2027, 3, 1)
AGENDA = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Dentiste\r\nDTSTART:%s\r
DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    await store_facts(territory.id, FactSet(busy_marks=()))
    await account("ar@escale.fr", Grant(role="staff", territory="somme", staff="AR"))
    await account("coord@escale.fr", Grant(role="coordinator", territory="somme"))
    return territory


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, private_agendas="true")


@pytest.fixture
async def client(app: Litestar, territory: Territory) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        await sign_in(client, "ar@escale.fr")
        yield client


@asynccontextmanager
async def serving(body: bytes) -> AsyncIterator[str]:
    """Somebody's agenda on a server; its address."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer_with("200 OK", body)((await reader.readuntil(b"\r\n\r\n")).decode(), writer)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/perso.ics"
    server.close()


async def keep_week(
    client: httpx.AsyncClient, *halves: str, monday: date = MONDAY, **more: str
) -> httpx.Response:
    token = await form_token(client, HERE)
    body = {"_csrf_token": token, "lundi": monday.isoformat(), "demi": list(halves), "repeter": "non", **more}
    return await client.post(HERE, data=body)


async def marks(territory: Territory) -> list[BusyMark]:
    return [one for one in (await facts_of(territory.id)).busy_marks if one.staff == "AR"]


async def test_half_days_are_ticked_and_unticked_one_by_one(client: httpx.AsyncClient, territory: Territory):
    answer = await keep_week(client, "2027-03-02-am", "2027-03-04-pm")
    assert answer.status_code == 303
    assert {(one.busy_on, one.half_day) for one in await marks(territory)} == {
        (date(2027, 3, 2), "am"),
        (date(2027, 3, 4), "pm"),
    }
    page = (await client.get(f"{HERE}?semaine=2027-03-01")).text
    assert 'value="2027-03-02-am" checked' in page
    assert 'value="2027-03-02-pm" checked' not in page
    await keep_week(client, "2027-03-04-pm")
    assert [(one.busy_on, one.half_day) for one in await marks(territory)] == [(date(2027, 3, 4), "pm")]


@pytest.mark.parametrize(
    ("today", "monday"),
    [((2026, 11, 26), "2026-11-23"), ((2026, 11, 28), "2026-11-30"), ((2026, 11, 29), "2026-11-30")],
)
async def test_at_a_week_end_the_coming_week_is_opened(
    app: Litestar, monkeypatch: pytest.MonkeyPatch, today: tuple[int, int, int], monday: str
):
    set_back(monkeypatch, date(*today))
    await territory_with_facts()
    await account("ar@escale.fr", Grant(role="staff", territory="somme", staff="AR"))
    async with browser(app) as client:
        await sign_in(client, "ar@escale.fr")
        assert f'name="lundi" value="{monday}"' in (await client.get(HERE)).text


async def test_a_repeated_mark_comes_back_until_its_date_and_ends_where_it_is_unticked(
    client: httpx.AsyncClient, territory: Territory
):
    await keep_week(client, "2027-03-03-am", repeter="oui", jusquau="2027-06-30")
    (mark,) = await marks(territory)
    assert (mark.weekday, mark.from_on, mark.until_on) == (3, date(2027, 3, 3), date(2027, 6, 30))
    later = (await client.get(f"{HERE}?semaine=2027-05-03")).text
    assert 'value="2027-05-05-am" checked' in later
    assert "Chaque mercredi matin" in later
    await keep_week(client, monday=date(2027, 5, 3))
    (mark,) = await marks(territory)
    assert mark.until_on == date(2027, 5, 4)
    await send(client, f"{HERE}/repetition", HERE, marque=mark.code)
    assert await marks(territory) == []


async def test_marking_what_is_published_says_so_and_keeps_it(
    client: httpx.AsyncClient, territory: Territory
):
    held_on = (datetime.now(UTC) + timedelta(days=14)).date()
    monday = held_on - timedelta(days=held_on.weekday())
    tuesday = monday + timedelta(days=1)
    starts_at = datetime(tuesday.year, tuesday.month, tuesday.day, 8, tzinfo=UTC)
    times = {"held_on": tuesday, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    await write_assignments(territory.id, [new(permanence(1, **times))], Author(at=NOW))
    answer = await keep_week(client, f"{tuesday}-am", monday=monday)
    assert answer.status_code == 200
    assert "1 chose publiée tombe" in answer.text
    assert "Permanence CSL Gagny" in answer.text
    assert len(await marks(territory)) == 1
    assert (await keep_week(client, f"{tuesday}-am", f"{tuesday}-pm", monday=monday)).status_code == 303


async def test_nonsense_is_refused_and_changes_nothing(client: httpx.AsyncClient, territory: Territory):
    for half, more, field in (
        ("2027-03-02-xx", {}, "demi"),
        ("2027-04-02-am", {}, "demi"),
        ("2027-03-02-am", {"repeter": "parfois"}, "repeter"),
    ):
        refused = await keep_week(client, half, **more)
        assert refused.status_code == 422
        assert f'id="{field}-faute"' in refused.text
    for monday in ("2027-03-02", "lundi"):
        assert (await keep_week(client, "2027-03-02-am", lundi=monday)).status_code == 400
    assert await marks(territory) == []


async def test_a_last_day_before_the_week_is_said_at_its_field_and_the_ticks_stay(
    client: httpx.AsyncClient, territory: Territory
):
    answer = await keep_week(client, "2027-03-02-am", jusquau="2026-01-01")
    assert answer.status_code == 422
    assert 'id="jusquau-faute"' in answer.text
    assert 'value="2026-01-01"' in answer.text
    assert 'value="2027-03-02-am" checked' in answer.text
    assert await marks(territory) == []


async def test_an_agenda_is_read_at_once_and_its_state_is_seen(
    client: httpx.AsyncClient, territory: Territory
):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    body = AGENDA % f"{tomorrow:%Y%m%dT090000Z}".encode()
    async with serving(body) as address:
        answer = await send(client, f"{HERE}/agenda", HERE, nom="Perso", adresse=address)
    assert answer.status_code == 303
    page = (await client.get(HERE)).text
    assert "Perso" in page
    assert "3 moments pris à venir" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Lu avec succès le" in page
    assert "Dentiste" not in page
    assert address not in page
    (source,) = await busy_sources(territory.id, staff="AR")
    gone = await send(client, f"{HERE}/{source.id}/retirer", HERE)
    assert gone.status_code == 303
    assert (await facts_of(territory.id)).busy_intervals == ()
    assert await busy_sources(territory.id, staff="AR") == ()


async def test_an_agenda_that_fails_stays_and_says_why(client: httpx.AsyncClient, territory: Territory):
    async with serving(b"<html>Connexion</html>") as address:
        await send(client, f"{HERE}/agenda", HERE, nom="Perso", adresse=address)
    page = (await client.get(HERE)).text
    assert "n’est pas un agenda" in page
    assert "Pas encore lu" in page
    refused = await send(client, f"{HERE}/agenda", HERE, adresse="ftp://agenda.example/x.ics")
    assert refused.status_code == 422
    assert "https:// ou webcal://" in refused.text
    assert len(await busy_sources(territory.id, staff="AR")) == 1


async def test_a_file_is_read_once_and_what_is_no_calendar_is_refused(
    client: httpx.AsyncClient, territory: Territory
):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    token = await form_token(client, HERE)
    body = AGENDA % f"{tomorrow:%Y%m%dT090000Z}".encode()
    good = await client.post(
        f"{HERE}/fichier",
        data={"_csrf_token": token},
        files={"fichier": ("perso.ics", body, "text/calendar")},
    )
    assert good.status_code == 303
    assert len((await facts_of(territory.id)).busy_intervals) == 3
    bad = await client.post(
        f"{HERE}/fichier",
        data={"_csrf_token": token},
        files={"fichier": ("x.pdf", b"%PDF", "application/pdf")},
    )
    assert bad.status_code == 422
    assert "Ce fichier n’est pas un agenda" in bad.text
    assert [one.kind for one in await busy_sources(territory.id, staff="AR")] == ["file"]


async def test_a_coordinator_sees_a_persons_and_staff_only_their_own(app: Litestar, territory: Territory):
    async with browser(app) as client:
        await sign_in(client, "coord@escale.fr")
        await add_busy_source(territory.id, "LD", kind="url", name="Perso", address_sealed=b"x")
        assert "Agendas de l’équipe" in (await client.get("/t/somme/agendas")).text
        assert "Mes autres agendas" in (await client.get(f"{HERE}?personne=LD")).text
        assert (await client.get(HERE)).status_code == 404
        await keep_week_of(client, "LD")
    found = (await facts_of(territory.id)).busy_marks
    assert [one.staff for one in found if one.busy_on] == ["LD"]


async def keep_week_of(client: httpx.AsyncClient, staff: str) -> None:
    page = f"{HERE}?personne={staff}"
    answer = await send(client, page, page, lundi="2027-03-01", demi="2027-03-05-am", repeter="non")
    assert answer.headers["location"].startswith(f"{HERE}?personne={staff}")
