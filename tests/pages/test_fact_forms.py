"""Facts entered on pages: what they break of the published plan is told, one date changes, things go away."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from db.queries.facts import facts_of
from db.queries.plan_items import items_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import Facts
from service.actions.move_item import pin_item
from service.actions.publish_plan import publish_plan
from tests.service.door import account, browser, make_app, plain, send, sign_in
from tests.service.living_territory import day
from tests.service.small_territory import ACTOR, FIRST_ON, make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HOME = "/t/petite"


async def facts() -> Facts:
    return await facts_of((await territory_by_code("petite")).id)


async def coordinator(client: httpx.AsyncClient) -> None:
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    await sign_in(client, "c@petite.fr")


async def published() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)


@pytest.mark.usefixtures("in_november")
async def test_an_absence_over_something_published_says_on_what_and_offers_to_replan(tmp_path: Path) -> None:
    await published()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        sent = {
            "staff": "AR",
            "from_on": "2026-12-14",
            "until_on": "2026-12-18",
            "part": "day",
            "kind": "leave",
        }
        form = await client.get(f"{HOME}/fiche/absences/nouveau?staff=NK")
        told = await send(client, f"{HOME}/fiche/absences/nouveau", **sent)
        falls, elsewhere = [
            (await client.get(f"{HOME}/planning/{month}")).text for month in ("2026-12", "2027-01")
        ]
    assert re.findall(r'value="(\w+)"[^>]* autofocus', form.text) == ["NK"]
    assert re.search(r"choses? publiées? ne tien", falls)
    assert "Replanifier en changeant le moins possible" in falls
    assert "ne tien" not in elsewhere
    assert told.status_code == 200
    assert "déjà publiée" in told.text
    assert "Replanifier en changeant le moins possible" in told.text
    assert f"{HOME}/planning/2026-12/generer" in told.text
    assert "KM4821/" not in told.text
    saved = plain(told).partition("C’est enregistré</h1>")[2].partition('<p class="lead">')[0]
    assert "<b>Absence, A.R., 14" in saved
    assert len((await facts()).absences) == 1


async def test_an_absence_entered_from_a_month_begins_in_it_and_leads_back_to_it(tmp_path: Path) -> None:
    await published()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        board = (await client.get(f"{HOME}/planning/2026-12?par=personne&vue=mois")).text
        (address,) = set(re.findall(r'"([^"]*fiche/absences/nouveau[^"]*)"', board))
        form = await client.get(unescape(address))
        sent = {"staff": "", "from_on": "2026-12-30", "until_on": "", "part": "day", "kind": "leave"}
        action = unescape(re.findall(r'action="([^"]*absences/nouveau[^"]*)"', form.text)[0])
        refused = await send(client, action, **sent | {"from_on": "31.12.226"})
        done = await send(client, action, **sent | {"staff": "AR"})
        told = await client.get(done.headers["location"])
        (kept,) = (await facts()).absences
        again = await client.get(f"{HOME}/fiche/absences/{kept.code}?mois=2026-12")
    assert f'action="{HOME}/fiche/absences/{kept.code}/retirer"' in again.text
    assert re.search(r'type="date" id="from_on" name="from_on" value="2026-12-\d\d"', form.text)
    assert 'type="text" id="from_on" name="from_on" value="31.12.226"' in refused.text
    for page in (form, refused):
        assert f'<a class="btn big" href="{HOME}/planning/2026-12">Renoncer</a>' in page.text
    assert done.headers["location"].startswith(f"{HOME}/planning/2026-12?")
    assert "Ajouté : Absence, A.R., 30 déc." in plain(told)


async def test_an_absence_beside_everything_published_goes_back_to_the_list(tmp_path: Path) -> None:
    await published()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        sent = {
            "staff": "AR",
            "from_on": "2027-02-01",
            "until_on": "2027-02-02",
            "part": "am",
            "kind": "leave",
        }
        assert (await send(client, f"{HOME}/fiche/absences/nouveau", **sent)).status_code == 303
        (one, _) = (await facts()).absences
        form = (await client.get(f"{HOME}/fiche/absences/{one.code}")).text
        assert 'value="2027-02-01"' in form
        assert '<option value="am" selected>' in form


async def test_an_absence_is_taken_back(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        on = day(200).isoformat()
        sent = {"staff": "NK", "from_on": on, "until_on": on, "part": "day", "kind": "leave"}
        await send(client, f"{HOME}/fiche/absences/nouveau", **sent)
        (one,) = (await facts()).absences
        form = f"{HOME}/fiche/absences/{one.code}"
        late = await send(client, f"{form}/retirer", page=form, version="7")
        assert late.status_code == 409
        done = await send(client, f"{form}/retirer", page=form, version=str(one.version))
        assert done.status_code == 303
        assert (await facts()).absences == ()
        listed = (await client.get(done.headers["location"])).text
        again = unescape(listed.partition('<a class="btn tiny" href="')[2].partition('"')[0])
        form = (await client.get(again)).text
        assert f'name="from_on" value="{on}"' in form
        assert 'value="NK" checked' in form


async def test_a_site_put_away_keeps_its_past_and_leaves_the_list(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        form = f"{HOME}/fiche/lieux/gagny"
        site = next(one for one in (await facts()).sites if one.code == "gagny")
        await send(client, f"{form}/retirer", page=form, version=str(site.version))
        shown = (await client.get(f"{HOME}/lieux")).text.replace("\N{NO-BREAK SPACE}", " ")
        listed, _, away = shown.partition("1 fiche retirée")
        assert "Gagny" not in listed
        assert f'{form}">Gagny' in away
        gone = next(one for one in (await facts()).sites if one.code == "gagny")
        assert gone.archived_at is not None
        assert "Cette fiche est retirée" in (await client.get(form)).text.replace("\N{NO-BREAK SPACE}", " ")
        stale = await send(client, f"{form}/remettre", page=form, version="1")
        assert stale.status_code == 409
        back = await send(client, f"{form}/remettre", page=form, version=str(gone.version))
        assert "C’est remis" in (await client.get(back.headers["location"])).text
    site = next(one for one in (await facts()).sites if one.code == "gagny")
    assert site.archived_at is None


@pytest.mark.usefixtures("in_november")
async def test_one_date_of_a_cadence_is_dropped_moved_and_given_back(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        page = f"{HOME}/fiche/dates/nouveau"
        date = {"cadence": "gagny-permanence", "from_on": FIRST_ON.isoformat(), "said_by": "greffe"}
        unsaid = await send(client, page, **date, what="moved")
        assert unsaid.status_code == 422
        other = (FIRST_ON + timedelta(days=1)).isoformat()
        await send(client, page, **date, what="moved", to_on=other)
        (moved,) = (await facts()).cadences[0].exceptions
        assert (moved.from_on, moved.to_on, moved.said_by) == (
            FIRST_ON,
            FIRST_ON + timedelta(days=1),
            "greffe",
        )
        assert "a lieu le" in (await client.get(f"{HOME}/lieux")).text
        await send(client, page, **date, what="dropped")
        (dropped,) = (await facts()).cadences[0].exceptions
        assert dropped.to_on is None
        await send(client, page, **date, what="kept")
    assert (await facts()).cadences[0].exceptions == ()


async def test_a_path_is_shown_as_it_is_and_keeps_what_was_not_touched(tmp_path: Path) -> None:
    await make_territory()
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        form = f"{HOME}/fiche/personnes/KM4821-o2r"
        assert '<option value="AR" selected>' in (await client.get(form)).text
        path = (await facts()).paths[0]
        kept = {"programme": "o2r", "referent": "NK", "every": "2", "tolerance": "1", "note": "apporter CV"}
        await send(client, form, version=str(path.version), **kept)
    known = await facts()
    (path,) = known.paths
    assert path.referent == "NK"
    assert [(one.every_weeks, one.tolerance_weeks) for one in path.rhythm or ()] == [(2, 1)]
    assert next(one for one in known.participants if one.code == "KM4821").practical_note == "apporter CV"


@pytest.mark.usefixtures("in_november")
async def test_an_absence_over_what_is_pinned_says_first_that_no_replan_takes_it_up(tmp_path: Path) -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    held = next(one for one in await items_of(plan.id) if one.kind == "permanence")
    await pin_item(territory, plan.id, held.key, pinned=True, version=plan.version)
    await publish_plan(territory, plan.id, ACTOR)
    async with browser(make_app(tmp_path)) as client:
        await coordinator(client)
        on = held.held_on.isoformat()
        sent = {"staff": held.staff_codes[0], "from_on": on, "part": "day", "kind": "leave"}
        told = await send(client, f"{HOME}/fiche/absences/nouveau", **sent)
    assert told.status_code == 200
    first = told.text.partition('<ul class="plain">')[2].partition("</li>")[0]
    assert "n’a plus personne" in first
    assert "n’y touche pas : désépinglez-la, puis replanifiez" in first.replace("\N{NO-BREAK SPACE}", " ")
    assert "Replanifier" not in told.text
    assert 'href="/t/petite/planning/2026-12">Ouvrir le planning' in told.text
