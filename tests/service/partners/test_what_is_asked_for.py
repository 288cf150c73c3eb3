"""The page of free places shows what is asked for, never hides what one holds, and can be hung up as a sheet."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import httpx
import msgspec
import pypdf
import pytest

from db.queries.fact_storing import store_facts
from db.queries.orientations import signed_last
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.territory import Territory
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import join_waiting_list
from service.actions.orient import orient
from service.actions.read_places import read_places, weeks_ahead
from service.actions.set_lifetimes import set_lifetimes
from tests.service.door import account, browser, form_token, make_app, plain, sign_in
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    facts,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)
from tests.service.partners.test_pages import SENT, press, send, signed_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PLACES = "/t/essai/places"
HOUR = 'class="slot" type="submit"'
SEAT = "Promotion 7"


async def words_of(client: httpx.AsyncClient, query: str) -> str:
    (answer := await client.get(f"{PLACES}{query}")).raise_for_status()
    return answer.text


async def test_for_an_interview_or_for_a_promotion(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish(territory, permanence(monday()), office(monday()))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        both, hours, seats, wrong = [
            await words_of(client, f"?pour={purpose}") for purpose in ("", "entretien", "promotion", "autre")
        ]
    assert (both.count(HOUR), SEAT in both) == (6, True)
    assert (hours.count(HOUR), SEAT in hours) == (6, False)
    assert (seats.count(HOUR), SEAT in seats) == (0, True)
    assert wrong.count(HOUR) == 6
    assert "pour=entretien" in hours


async def test_no_promotion_is_open_and_a_site_has_nothing_is_said(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish(territory, permanence(monday()))
    closed = tuple(msgspec.structs.replace(one, open_to_partners=False) for one in facts().promotions)
    await store_facts(territory.id, FactSet(promotions=closed))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        assert "Aucune promotion ne vous est ouverte" in await words_of(client, "?pour=promotion")
        assert "Voir tous mes lieux" in await words_of(client, "?lieu=bureau")


async def test_what_is_held_is_told_whatever_the_page_shows(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    far = (monday() + timedelta(weeks=4)).isoformat()
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        await press(client, f"{host}:1")
        shown = [
            await words_of(client, query) for query in ("", "?lieu=bureau", "?pour=promotion", f"?du={far}")
        ]
    assert [words.count("vous est réservé jusqu’à") for words in shown] == [1, 1, 1, 1]


async def test_a_place_of_the_weeks_that_follow_can_be_held(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday(11)))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        assert HOUR not in await words_of(client, "")
        assert (await words_of(client, f"?du={monday(10)}")).count(HOUR) == 3
        held = await press(client, f"{host}:1")
        assert held.status_code == 303
        assert (await client.get(held.headers["location"])).status_code == 200


async def test_the_sheet_lists_what_is_free_and_tells_of_nobody(tmp_path: Path) -> None:
    territory = await make_territory()
    (host, _) = await publish(territory, permanence(monday()), office(monday()))
    taken = await hold_place(territory, who := officer(), host, 1)
    await orient(await again(territory), who, taken.id, FORM)
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        everything = await _sheet(client, "")
        gagny = await _sheet(client, "?lieu=gagny&pour=entretien")
    assert "9 h 00, 11 h 00" in gagny
    assert "Bureau" in everything
    assert SEAT in everything
    assert "Bureau" not in gagny
    assert SEAT not in gagny
    assert FORM.label not in everything
    assert FORM.officer not in everything


async def _sheet(client: httpx.AsyncClient, query: str) -> str:
    answer = await client.get(f"/t/essai/places.pdf{query}")
    assert answer.headers["content-type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)
    return " ".join(words.split())


async def test_who_signed_once_signs_again_and_a_colleague_does_not(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    app = make_app(tmp_path)
    async with signed_in(app, "spip-93") as client:
        first = (await press(client, f"{host}:0")).headers["location"]
        assert 'value="M.D."' not in (await client.get(first)).text
        await send(client, first, **SENT)
        second = (await press(client, f"{host}:1")).headers["location"]
        form = (await client.get(second)).text
        assert 'value="M.D."' in form
        assert 'value="01 45 67 89 10"' in form
        assert 'name="label" maxlength="12" autocomplete="off" value=""' in form
        async with browser(app) as colleague:
            await sign_in(colleague, "spip-93.7@example.fr")
            third = (await press(colleague, f"{host}:2")).headers["location"]
            assert 'value="M.D."' not in (await colleague.get(third)).text


async def test_where_people_are_held_nobody_needs_leave_to_come(tmp_path: Path) -> None:
    territory = await make_territory(leave_days=60)
    gagny = next(one for one in facts().sites if one.code == "gagny")
    await store_facts(territory.id, FactSet(sites=(msgspec.structs.replace(gagny, holds_detained=True),)))
    inside, outside = await publish(territory, permanence(monday()), office(monday()))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        forms = [
            (await client.get((await press(client, f"{host}:1")).headers["location"])).text
            for host in (inside, outside)
        ]
    assert ["l’entretien a lieu sur place" in form for form in forms] == [True, False]
    assert ["Ce délai est passé" in form for form in forms] == [False, True]


async def test_the_help_tells_the_delays_of_who_reads_it(tmp_path: Path) -> None:
    territory: Territory = await make_territory(hold_minutes=20)
    await set_lifetimes(territory.code, {"orientations_days": 45}, contacts=False)
    partner = msgspec.structs.replace(facts().partners[0], lead_hours=48, cut_off_hours=6)
    await store_facts(territory.id, FactSet(partners=(partner,)))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        page, listed = [plain(await client.get(f"/t/essai/{name}")) for name in ("aide", "orientations")]
    for words in (
        "retenue pour vous pendant 20 minutes",
        "48 heures avant",
        "6 heures avant",
        "01 48 00 00 00",
    ):
        assert words in page
    assert "s’efface 45 jours après le rendez-vous" in page
    assert "s’effacent 45 jours après le rendez-vous" in listed


async def test_who_came_too_late_is_first_offered_another_hour_of_the_same_site(tmp_path: Path) -> None:
    territory = await make_territory()
    (host, _) = await publish(territory, permanence(monday()), office(monday()))
    await hold_place(territory, officer("spip-94"), host, 0)
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        refused = await press(client, f"{host}:0")
    offered = re.findall(r'name="place"[^>]*>([^,<]+),', refused.text)
    assert (refused.status_code, offered) == (409, ["CSL Gagny", "Bureau", "Bureau"])


async def test_a_coordinator_signs_no_form_with_the_initials_of_an_officer(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await account("coord@example.fr", Grant(role="coordinator", territory="essai"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "coord@example.fr")
        first = await _taken_for(client, "spip-93", f"{host}:0")
        done = await client.post(first, data={"_csrf_token": await form_token(client, first), **SENT})
        assert done.status_code == 303
        forms = [
            (await client.get(await _taken_for(client, partner, f"{host}:{slot}"))).text
            for partner, slot in (("spip-94", 1), ("spip-93", 2))
        ]
    assert ['name="officer"' in form for form in forms] == [True, True]
    assert [SENT["officer"] in form for form in forms] == [False, False]
    assert [SENT["officer_phone"] in form for form in forms] == [False, False]


async def test_what_was_signed_for_one_partner_signs_nothing_of_another(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    who = officer("spip-93")
    await orient(territory, who, (await hold_place(territory, who, host, 0)).id, FORM)
    known = [await signed_last(territory.id, who.id, partner=one) for one in ("spip-93", "spip-94")]
    assert known == [(FORM.officer, FORM.officer_phone), None]


async def _taken_for(client: httpx.AsyncClient, partner: str, place: str) -> str:
    """The form of a place that a coordinator takes in the name of a partner."""
    places = f"{PLACES}?partenaire={partner}"
    held = await client.post(places, data={"_csrf_token": await form_token(client, places), "place": place})
    assert held.status_code == 303, held.text
    return str(held.headers["location"])


async def test_a_week_in_which_a_place_is_missing_begins_on_a_monday(tmp_path: Path) -> None:
    await make_territory()
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        for day, begins in ((0, 0), (4, 0), (5, 7), (6, 7)):
            page = await words_of(client, f"?du={monday() + timedelta(days=day)}")
            assert f'name="semaine" value="{monday() + timedelta(days=begins)}"' in page


async def test_who_is_oriented_once_more_keeps_their_reference_which_no_address_carries(
    tmp_path: Path,
) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        first = await send(client, (await press(client, f"{host}:0")).headers["location"], **SENT)
        gone = first.headers["location"]
        await send(client, f"{gone}/annuler", raison="transfert")
        listed = await client.get("/t/essai/orientations")
        again_at = re.search(r'href="([^"]+)">Orienter à nouveau', listed.text)
        assert again_at
        assert f'href="{again_at[1]}">Choisir une autre place' in (await client.get(gone)).text
        assert "Nouvelle place pour votre réf. 94-1211" in plain(await client.get(again_at[1]))
        held = await send(client, again_at[1], place=f"{host}:1")
        form = await client.get(held.headers["location"])
        assert 'name="label" maxlength="12" autocomplete="off" value="94-1211"' in form.text
        assert 'value="emploi" checked' in form.text
        assert "94-1211" not in f"{again_at[1]}{held.headers['location']}"
        done = await send(client, held.headers["location"], **SENT)
        assert "?" not in done.headers["location"]
        afresh = await client.get((await press(client, f"{host}:2")).headers["location"])
        assert 'value="94-1211"' not in afresh.text


async def test_nobody_orients_once_more_whom_another_partner_oriented(tmp_path: Path) -> None:
    territory, who = await make_territory(), officer("spip-93")
    (host,) = await publish(territory, permanence(monday()))
    theirs = await orient(territory, who, (await hold_place(territory, who, host, 0)).id, FORM)
    await account("coord@example.fr", Grant(role="coordinator", territory="essai"))
    app = make_app(tmp_path)
    async with signed_in(app, "spip-94") as client, browser(app) as coordinator:
        await sign_in(coordinator, "coord@example.fr")
        form = (await press(client, f"{host}:1")).headers["location"]
        acting = await _taken_for(coordinator, "spip-94", f"{host}:2")
        places = (f"{PLACES}?", f"{PLACES}?partenaire=spip-94&", f"{form}?", f"{acting}&")
        for door, asked in zip((client, coordinator) * 2, places, strict=True):
            refused = await door.get(f"{asked}encore={theirs.id}")
            assert (refused.status_code, FORM.label in refused.text) == (404, False), asked
            assert (await door.get(f"{asked}encore=rien")).status_code == 200, asked


async def test_whoever_waits_for_a_seat_is_counted_apart_from_those_who_come(tmp_path: Path) -> None:
    territory, me = await make_territory(), officer("spip-93")
    seat = (await read_places(territory, me, weeks_ahead(territory, NOW), NOW)).seats[0].host_id
    for label in ("93-1", "93-2"):
        held = await hold_place(territory, me, seat, 0)
        await orient(territory, me, held.id, msgspec.structs.replace(FORM, label=label))
    await join_waiting_list(territory, me, seat, msgspec.structs.replace(FORM, label="93-3"))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        listed = plain(await client.get("/t/essai/orientations"))
        places = plain(await client.get(PLACES))
    assert "3 orientations : 1 sur liste d’attente, 2 à venir." in listed
    coming, _, waiting = places.partition("Mes orientations à venir")[2].partition("Sur liste d’attente")
    assert ("93-1" in coming, "93-3" in coming, "93-3" in waiting) == (True, False, True)
