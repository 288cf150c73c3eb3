"""Partners over HTTP: plain forms from the free place to the slip; nothing of another partner, anywhere."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import pypdf
import pytest
from litestar import Litestar

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.orientations import Oriented, orientations_of
from db.queries.place_hosts import standing_places
from db.records.account import Grant
from db.records.assignment import Write
from db.records.orientation import Orientation
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.cancel_today import cancel_today
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.edge.guards import handlers
from service.partners.errors import OrientationOver
from service.partners.ready_text import OF_JUSTICE
from tests.service.door import account, browser, form_token, make_app, plain, send, sign_in
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
SENT = {
    "label": "94-1211",
    "need": "emploi",
    "officer": "M.D.",
    "officer_phone": "01 45 67 89 10",
    "leave": "oui",
    "leave_by": "",
}


@asynccontextmanager
async def signed_in(
    app: Litestar, partner: str, territory: str = "essai"
) -> AsyncIterator[httpx.AsyncClient]:
    email = f"{partner}.{len(partner)}@example.fr"
    await account(email, Grant(role="partner", territory=territory, partner=partner))
    async with browser(app) as client:
        await sign_in(client, email)
        yield client


async def press(client: httpx.AsyncClient, place: str) -> httpx.Response:
    return await send(client, "/t/essai/places", place=place)


async def test_from_a_free_place_to_the_slip_by_plain_forms(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        page = await client.get("/t/essai/places")
        assert page.text.count('class="slot" type="submit"') == 3
        held = await press(client, f"{host}:1")
        form = held.headers["location"]
        assert (held.status_code, (await press(client, f"{host}:1")).headers["location"]) == (303, form)
        wrong = await send(client, form, **SENT | {"label": "Dupont", "officer_phone": "01"})
        assert wrong.status_code == 422
        assert 'value="M.D."' in wrong.text
        assert wrong.text.count("field-error") == 2
        done = await send(client, form, **SENT)
        again_done = await client.post(
            form, data={"_csrf_token": await form_token(client, "/reglages"), **SENT}
        )
        assert done.headers["location"] == again_done.headers["location"]
        shown = (await client.get(done.headers["location"])).text
        assert "1 rue de la Gare" in shown
        assert "01 48 00 00 00" in shown
        slip = await client.get(done.headers["location"] + "/fiche.pdf")
        (sheet,) = pypdf.PdfReader(BytesIO(slip.content)).pages
        words = sheet.extract_text()
        assert words.count("Espace Gagny") == 2
        assert not OF_JUSTICE.search(words)
        listed = (await client.get("/t/essai/orientations")).text
        assert "94-1211" in listed
        assert "Planifié" in listed


async def test_what_went_stale_is_told_with_others_and_what_was_typed_goes_along(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        stale = await form_token(client, "/t/essai/places")
        await hold_place(territory, officer("spip-94"), host, 0)
        taken = await client.post("/t/essai/places", data={"_csrf_token": stale, "place": f"{host}:0"})
        assert taken.status_code == 409
        assert taken.text.count('name="place"') == 2
        form = (await press(client, f"{host}:1")).headers["location"]
        await send(client, f"{form}/rendre", page="/t/essai/places")
        lost = await client.post(form, data={"_csrf_token": stale, **SENT})
        assert lost.status_code == 409
        assert 'name="label" value="94-1211"' in lost.text
        other = re.search(r'name="place" value="([^"]+)"', lost.text)
        assert other
        kept = await client.post(f"{form}/autre", data={"_csrf_token": stale, "place": other[1], **SENT})
        assert kept.status_code == 200
        assert 'value="94-1211"' in kept.text
        assert await orientations_of(territory.id, Oriented()) == ()
        for nonsense in ("", "x:1", f"{host}:x", f"{UUID(int=7)}:0"):
            assert (await press(client, nonsense)).status_code in (404, 422)


async def test_a_coordinator_sees_and_orients_for_a_partner_and_must_say_which(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@example.fr")
        assert (await client.get("/t/essai/places")).status_code == 404
        here = "?partenaire=spip-94"
        held = await send(client, f"/t/essai/places{here}", place=f"{host}:0")
        done = await send(client, held.headers["location"], **SENT)
        gone = await send(client, done.headers["location"].replace("?", "/annuler?"), raison="absence")
        assert gone.status_code == 303
    (made,) = await orientations_of(territory.id, Oriented(partner="spip-94"))
    assert (made.state, made.cancelled_by) == ("cancelled", "us")


async def _two_orientations(territory: Territory) -> dict[str, Orientation]:
    gagny, bureau = await publish(territory, permanence(monday()), office(monday() + timedelta(days=1)))
    made = {}
    for partner, label, host, slot in (
        ("spip-93", "MARQUE-93", bureau, 0),
        ("spip-94", "MARQUE-94", gagny, 1),
    ):
        who = officer(partner)
        held = await hold_place(territory, who, host, slot, NOW)
        form = {
            **{name: getattr(FORM, name) for name in FORM.__struct_fields__},
            "label": label[-2:] + "-7-1",
        }
        made[partner] = await orient(territory, who, held.id, type(FORM)(**form), NOW)
        await hold_place(territory, officer(partner), gagny, 2 if partner == "spip-94" else 0, NOW)
    return made


@pytest.mark.parametrize(("mine", "other"), [("spip-93", "spip-94"), ("spip-94", "spip-93")])
async def test_as_each_partner_no_address_shows_anything_of_the_other(
    mine: str, other: str, tmp_path: Path
) -> None:
    territory = await make_territory()
    made, app = await _two_orientations(territory), make_app(tmp_path, requests_per_minute="100000")
    await make_territory("ailleurs")
    theirs, own = made[other], made[mine]
    secrets = (theirs.label, str(theirs.id), str(theirs.interview_id), theirs.code, other)
    hold_of_other = next(
        one
        for one in await standing_places([theirs.host_id or own.id], now=NOW)
        if one.orientation_id == theirs.id
    )
    async with signed_in(app, mine) as client:
        seen = 0
        for path, handler in handlers(app):
            if "partner" not in handler.opt["roles"] or "GET" not in getattr(handler, "http_methods", ()):
                continue
            if any(word in path for word in ("session", "progress", "suivi")):
                continue
            for territory_code, expected in (("essai", (200, 303, 302, 400, 404)), ("ailleurs", (404,))):
                for thing in (theirs.id, hold_of_other.id, theirs.interview_id, theirs.host_id):
                    address = re.sub(r"\{territory:str\}", territory_code, path)
                    address = re.sub(r"\{[a-z_]+:uuid\}", str(thing), address)
                    address = re.sub(r"\{[^}]+\}", other, address)
                    answer = await client.get(address)
                    if "{territory" in path:
                        assert answer.status_code in expected, (address, answer.status_code)
                        if "uuid" in path and "/t/" in path:
                            assert answer.status_code == 404, address
                    body = answer.text
                    found = [one for one in secrets if one in body.replace(str(answer.url), "")]
                    assert not found, (address, found)
                    seen += 1
        assert seen > 40
        places = (await client.get("/api/territories/essai/free-places")).json()["places"]
        assert {one["state"] for one in places} <= {"free", "taken", "booked", "held", "closed"}
        for verb, address, sent in (
            ("post", f"/t/essai/orientations/{theirs.id}/annuler", {"raison": "autre"}),
            ("post", f"/t/essai/orientations/{theirs.id}/deplacer", {"place": f"{own.host_id}:2"}),
            ("post", f"/t/essai/orienter/{hold_of_other.id}", SENT),
            ("post", f"/t/essai/orienter/{hold_of_other.id}/rendre", {}),
        ):
            token = await form_token(client, "/t/essai/places")
            answer = await client.request(verb, address, data={"_csrf_token": token, **sent})
            assert answer.status_code == 404, address
    assert {one.state for one in await orientations_of(territory.id, Oriented())} == {"planned"}


async def test_the_json_interface_says_and_does_the_same(tmp_path: Path) -> None:
    territory = await make_territory()
    (host, bureau) = await publish(territory, permanence(monday()), office(monday()))
    root = "/api/territories/essai"
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        client.headers["accept"] = "application/json"
        client.headers["x-csrftoken"] = await form_token(client, "/reglages") or ""
        client.headers["x-csrftoken"] = re.search(
            r'name="csrf-token" content="([0-9a-f]+)"',
            (await client.get("/t/essai/places", headers={"accept": "text/html"})).text,
        )[1]  # type: ignore[index]
        found = (await client.get(f"{root}/free-places")).json()
        assert [one["state"] for one in found["places"]] == ["free"] * 6
        assert [one["promotion"] for one in found["seats"]] == ["sas-7"]
        held = await client.post(f"{root}/holds", json={"host_id": str(host), "slot": 0})
        assert held.status_code == 201
        person = {name: SENT[name] for name in ("label", "need", "officer", "officer_phone")}
        wrong = await client.post(
            f"{root}/orientations", json={**person, "label": "123456", "hold_id": held.json()["id"]}
        )
        assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (400, "label")
        made = await client.post(f"{root}/orientations", json={**person, "hold_id": held.json()["id"]})
        assert (made.status_code, made.json()["status_words"]) == (201, "Planifié")
        here = f"{root}/orientations/{made.json()['id']}"
        moved = await client.post(f"{here}/move", json={"host_id": str(bureau), "slot": 2})
        assert (moved.json()["site"], moved.status_code) == ("bureau", 200)
        await hold_place(await again(territory), officer("spip-94"), host, 1)
        refused = await client.post(f"{root}/holds", json={"host_id": str(host), "slot": 1})
        assert refused.status_code == 409
        assert len(refused.json()["alternatives"]) == 3
        gone = await client.post(f"{here}/cancel", json={"reason": "transfert"})
        assert gone.json()["status"] == "cancelled"
        week = str(monday())
        assert (await client.post(f"{root}/demands", json={"site": "gagny", "on": week})).status_code == 204
        assert (await client.post(f"{root}/demands", json={"site": "fresnes", "on": week})).status_code == 400
        seat = found["seats"][0]["host_id"]
        early = await client.post(f"{root}/waiting-list", json={**person, "promotion_id": seat})
        assert early.status_code == 409
        assert len((await client.get(f"{root}/orientations")).json()["items"]) == 1


async def test_the_page_says_in_words_why_the_team_called_it_off(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    held = await hold_place(territory, who := officer(), host, 1)
    made = await orient(territory, who, held.id, FORM)
    await cancel_today(await again(territory), host, HOUSE, reason="transport", by="us")
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        page = await client.get(f"/t/essai/orientations/{made.id}")
    assert "Annulé par l’association : transport." in plain(page)


async def test_an_appointment_called_off_alone_is_no_longer_to_come_nor_confirmed(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    held = await hold_place(territory, who := officer(), host, 1)
    made = await orient(territory, who, held.id, FORM)
    assert made.interview_id is not None
    content = content_of(await assignment(territory.id, made.interview_id))
    off = msgspec.structs.replace(content, status="cancelled", cancelled_by="site")
    await write_assignments(
        territory.id, [Write(id=made.interview_id, content=off, what="cancelled")], Author(at=NOW)
    )
    async with signed_in(make_app(tmp_path), "spip-93") as client:
        places, every, one = [
            plain(await client.get(f"/t/essai/{place}"))
            for place in ("places", "orientations", f"orientations/{made.id}?fait=deplacee")
        ]
        slip = await client.get(f"/t/essai/orientations/{made.id}/fiche.pdf")
    ahead = places.partition("Mes orientations à venir</h2>")[2].partition("</section>")[0]
    assert FORM.label not in ahead
    assert "Orienter à nouveau" in every.partition(FORM.label)[2]
    assert "Annulé par le lieu" in one
    for of_one_that_stands in ("C’est confirmé", "Le texte à coller", "Le rendez-vous est déplacé"):
        assert of_one_that_stands not in one
    assert slip.status_code == OrientationOver.status
