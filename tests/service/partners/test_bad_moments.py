"""Garbled, pressed twice at once, changed underneath: what an officer is told, on the page and to a program; nothing changes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.orientations import Oriented, orientations_of
from db.records.partner import Partner, PartnerSite
from db.tables.partner import TakenPlace
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import join_waiting_list
from service.actions.orient import orient
from service.actions.read_places import read_places, weeks_ahead
from tests.pages.html_forms import read_page
from tests.service.partners.desk import PERSON, Desk, desk, said_in
from tests.service.partners.sample import FORM, NOW, again, monday, officer

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
Tried = tuple[list[httpx.Response], set[int], str]


async def change_partner(at: Desk, **changes: object) -> None:
    known = await fact(at.territory.id, Partner, "spip-93")
    await change_fact(at.territory.id, msgspec.structs.replace(known, **changes), version=known.version)


async def seats_of(at: Desk) -> UUID:
    shelf = await read_places(await again(at.territory), officer(), weeks_ahead(at.territory, NOW), NOW)
    return shelf.seats[0].host_id


async def fill_seats(at: Desk) -> UUID:
    """Both seats of the promotion go to another partner."""
    promotion, who = await seats_of(at), officer("spip-94")
    for label in ("94-1", "94-2"):
        held = await hold_place(at.territory, who, promotion, 0)
        await orient(at.territory, who, held.id, msgspec.structs.replace(FORM, label=label))
    return promotion


async def an_hour_that_is_none(at: Desk) -> Tried:
    answers = [
        await at.form("places", place=place)
        for place in ("", "x:y", f"{at.hosts[0]}:", f"{at.hosts[0]}:0:0:x", f"{uuid4()}")
    ]
    return answers, {422}, "Choisissez une place de la liste."


async def an_hour_beyond_the_half_day(at: Desk) -> Tried:
    answers = [
        await at.form("places", place=f"{at.hosts[0]}:99"),
        await at.form("places", place=f"{uuid4()}:0"),
        await at.program("holds", host_id=str(at.hosts[0]), slot=99),
        await at.program("holds", host_id=str(uuid4()), slot=0),
    ]
    return answers, {404, 409}, "Rien n’a été enregistré|Choisissez une place de la liste"


async def a_site_taken_from_the_partner_meanwhile(at: Desk) -> Tried:
    hold = await at.held()
    await change_partner(at, sites=(PartnerSite(site="bureau"),))
    return await at.both_ways(hold, PERSON), {409}, "plus retenue"


async def a_partner_put_away_meanwhile(at: Desk) -> Tried:
    hold = await at.held()
    await change_partner(at, archived_at=NOW)
    return await at.both_ways(hold, PERSON), {403, 404}, "Appelez la coordination"


async def a_place_within_the_lead_time(at: Desk) -> Tried:
    await change_partner(at, lead_hours=24 * 60)
    answers = [
        await at.form("places", place=f"{at.hosts[0]}:0"),
        await at.program("holds", host_id=str(at.hosts[0]), slot=0),
    ]
    return answers, {409}, "ne peut plus être retenue"


async def a_change_after_the_cut_off(at: Desk) -> Tried:
    made = await at.oriented()
    await change_partner(at, cut_off_hours=24 * 60)
    answers = [
        await at.form(f"orientations/{made}/annuler", raison="erreur"),
        await at.form(f"orientations/{made}/deplacer", place=f"{at.hosts[1]}:0"),
        await at.program(f"orientations/{made}/cancel", reason="erreur"),
        await at.program(f"orientations/{made}/move", host_id=str(at.hosts[1]), slot=0),
    ]
    shown = (await at.client.get(f"/t/essai/orientations/{made}")).text
    assert "trop tard pour déplacer ou annuler ici" in shown
    assert f"orientations/{made}/deplacer" not in shown
    listed = (await at.client.get("/t/essai/orientations")).text
    assert "Trop tard pour changer ici" in listed
    assert f"orientations/{made}/deplacer" not in listed
    assert f"orientations/{made}/annuler" not in listed
    answers += [
        await at.client.get(f"/t/essai/orientations/{made}/{question}", headers={"accept": "text/html"})
        for question in ("annuler", "deplacer")
    ]
    return answers, {409}, "Pour le changer, appelez\N{NO-BREAK SPACE}: La coordination 01 48 00 00 00"


async def a_leave_asked_for_after_the_appointment(at: Desk) -> Tried:
    hold, late = await at.held(), monday() + timedelta(days=40)
    answers = [
        await at.form(f"orienter/{hold}", **PERSON, leave="oui", leave_by=f"{late:%d/%m/%Y}"),
        await at.program(
            "orientations", **PERSON, hold_id=hold, asks_leave=True, leave_by_on=late.isoformat()
        ),
    ]
    return answers, {400, 422}, "Donnez une date d’ici au rendez-vous."


async def a_list_of_a_promotion_with_seats(at: Desk) -> Tried:
    promotion = await seats_of(at)
    answers = [
        await at.form(f"attente/{promotion}", **PERSON),
        await at.program("waiting-list", **PERSON, promotion_id=str(promotion)),
    ]
    assert answers[1].json()["alternatives"][0]["host_id"] == str(promotion)
    return answers, {409}, "Il reste des places"


async def a_list_of_no_promotion(at: Desk) -> Tried:
    answers = [
        await at.form(f"attente/{at.hosts[0]}", **PERSON),
        await at.program("waiting-list", **PERSON, promotion_id=str(at.hosts[0])),
    ]
    return answers, {404}, "Cette promotion n’existe pas ou a commencé."


async def a_turn_of_another_partner(at: Desk) -> Tried:
    promotion = await fill_seats(at)
    turn = await join_waiting_list(at.territory, officer("spip-94"), promotion, FORM)
    answers = [
        await at.form(f"orientations/{turn.id}/annuler", raison="erreur"),
        await at.program(f"orientations/{turn.id}/cancel", reason="erreur"),
    ]
    return answers, {404}, "Cette orientation n’existe pas."


async def a_seat_that_was_taken(at: Desk) -> Tried:
    promotion = await fill_seats(at)
    answers = [
        await at.form("places", place=f"{promotion}:0"),
        await at.program("holds", host_id=str(promotion), slot=0),
    ]
    assert f"/attente/{promotion}" in answers[0].text
    assert answers[1].json()["waiting_list"] == str(promotion)
    return answers, {409}, "vient d’être prise"


async def a_seat_whose_hold_went_by(at: Desk) -> Tried:
    promotion = await seats_of(at)
    hold = str((await at.program("holds", host_id=str(promotion), slot=0)).json()["id"])
    await TakenPlace.update({TakenPlace.expires_at: NOW - timedelta(minutes=1)}, force=True).where(
        TakenPlace.id == UUID(hold)
    )
    await fill_seats(at)
    answers = await at.both_ways(hold, PERSON)
    assert f"/attente/{promotion}" in answers[0].text
    assert answers[1].json()["waiting_list"] == str(promotion)
    return answers, {409}, "plus retenue"


async def a_booked_place_given_back(at: Desk) -> Tried:
    hold = await at.held()
    await at.program("orientations", **PERSON, hold_id=hold)
    headers = {"x-csrftoken": at.token, "accept": "application/json"}
    answers = [
        await at.form(f"orienter/{hold}/rendre"),
        await at.client.delete(f"/api/territories/essai/holds/{hold}", headers=headers),
    ]
    return answers, {409}, "Pour la rendre, annulez l’orientation."


async def a_form_of_another_visit(at: Desk) -> Tried:
    answers = [
        await at.client.post("/t/essai/places", data={"place": f"{at.hosts[0]}:0"}),
        await at.client.post("/t/essai/places", data={"_csrf_token": "0", "place": f"{at.hosts[0]}:0"}),
    ]
    return answers, {403}, "rechargez la page et recommencez"


CASES: tuple[Callable[[Desk], Awaitable[Tried]], ...] = (
    an_hour_that_is_none,
    an_hour_beyond_the_half_day,
    a_site_taken_from_the_partner_meanwhile,
    a_partner_put_away_meanwhile,
    a_place_within_the_lead_time,
    a_change_after_the_cut_off,
    a_leave_asked_for_after_the_appointment,
    a_list_of_a_promotion_with_seats,
    a_list_of_no_promotion,
    a_turn_of_another_partner,
    a_seat_that_was_taken,
    a_seat_whose_hold_went_by,
    a_booked_place_given_back,
    a_form_of_another_visit,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_each_is_told_in_french_and_changes_nothing(
    case: Callable[[Desk], Awaitable[Tried]], tmp_path: Path
) -> None:
    async with desk(tmp_path) as at:
        kept: list[tuple[object, object]] = []

        async def remember(*_: object) -> None:
            kept.append(await at.state())

        at.client.event_hooks = {"request": [remember]}
        answers, statuses, words = await case(at)
        at.client.event_hooks = {}
        after = await at.state()
    assert {one.status_code for one in answers} <= statuses
    told = [said_in(one) for one in answers]
    assert all(any(word in one for word in words.split("|")) for one in told), told
    assert all(state == after for state in kept[-len(answers) :])


async def test_a_double_click_on_any_button_is_one_act_and_leads_to_one_page(tmp_path: Path) -> None:
    """Both presses are under way at the same instant."""
    async with desk(tmp_path) as at:

        async def twice(path: str, **fields: str) -> str:
            answers = await asyncio.gather(*(at.form(path, **fields) for _ in range(2)))
            assert [one.status_code for one in answers] == [303, 303]
            (there,) = {one.headers["location"] for one in answers}
            return there.removeprefix("/t/essai/").partition("?")[0]

        form = await twice("places", place=f"{at.hosts[0]}:0")
        assert await twice(f"{form}/rendre") == "places"
        form = await twice("places", place=f"{at.hosts[0]}:0")
        made = await twice(form, **PERSON)
        assert await twice(f"{made}/deplacer", place=f"{at.hosts[1]}:1") == made
        assert await twice(f"{made}/annuler", raison="erreur") == made
        (one,) = await orientations_of(at.territory.id, Oriented())
        assert (one.state, one.cancel_reason) == ("cancelled", "erreur")
        assert (await at.state())[0] == []


async def test_what_was_typed_for_a_list_stands_in_the_form_of_a_seat_that_is_left(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        promotion = await seats_of(at)
        asked = await at.client.get(f"/t/essai/attente/{promotion}", headers={"accept": "text/html"})
        assert asked.status_code == 409
        refused = read_page("/t/essai/", (await at.form(f"attente/{promotion}", **PERSON)).text)
        (kept,) = [form for form in refused.forms if form.action.endswith("/autre")]
        (button,) = kept.buttons
        fields = {name: values[0] for name, values in kept.sends().items()} | {button.name: button.value}
        held = await at.client.post(kept.action, data=fields)
        assert held.status_code == 200
        assert "Cette place est à vous jusqu’à" in held.text
        assert f'value="{PERSON["label"]}"' in held.text
