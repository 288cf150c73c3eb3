"""This morning on a telephone, over plain forms: called off or late in two taps, then who is told of it."""

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from db.queries.assignments import assignment
from db.queries.told import ticked
from tests.pages.at_the_phone import HERE, now_at
from tests.service.door import form_token, plain, send
from tests.service.living_territory import publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_calling_off_takes_two_taps_and_gives_the_list_of_who_to_tell(phone):
    territory, client = phone
    (event,) = await publish(territory, now_at())
    asked = await client.get(f"{HERE}/ma-semaine/annuler")
    assert str(event) in asked.text
    done = await send(client, f"{HERE}/ma-semaine/annuler", quoi=str(event), raison="transport")
    assert done.status_code == 303
    assert (await assignment(territory.id, event)).cancel_reason == "transport"
    told = await client.get(done.headers["location"])
    assert "sms:" in told.text
    assert "est annulée" in unquote(told.text).replace("\N{NO-BREAK SPACE}", " ")


async def test_the_week_leads_back_to_who_is_to_be_told(phone):
    territory, client = phone
    (event,) = await publish(territory, now_at())
    assert "qui prévenir" not in (await client.get(f"{HERE}/ma-semaine")).text
    await send(client, f"{HERE}/ma-semaine/annuler", quoi=str(event), raison="transport")
    week = await client.get(f"{HERE}/ma-semaine")
    (back,) = re.findall(r'href="([^"]+/prevenir[^"]+)"', week.text)
    assert str(event) in back
    assert "Annulé : 1 rendez-vous." in plain(await client.get(back))
    assert "sms:" in (await client.get(back)).text


async def test_who_was_told_is_ticked_with_the_hour_and_unticked(phone):
    territory, client = phone
    (event,) = await publish(territory, now_at())
    done = await send(client, f"{HERE}/ma-semaine/annuler", quoi=str(event), raison="site")
    place = done.headers["location"]
    token = await form_token(client, place)
    fields = {"_csrf_token": token, "qui": "site/gagny", "retour": urlsplit(place).query}
    ticked = await client.post(f"{HERE}/ma-semaine/prevenir/{event}", data=fields)
    assert parse_qs(urlsplit(ticked.headers["location"]).query) == parse_qs(urlsplit(place).query)
    assert re.search(r"Prévenu à \d+.h", (await client.get(place)).text)
    await client.post(f"{HERE}/ma-semaine/prevenir/{event}", data={**fields, "prevenu": "non"})
    assert not re.search(r"Prévenu à \d", (await client.get(place)).text)


async def test_who_was_told_of_a_delay_is_still_to_be_told_that_it_is_called_off(phone):
    territory, client = phone
    (event,) = await publish(territory, now_at())

    async def told(page: str, **answers: str) -> list[bool]:
        done = await send(client, f"{HERE}/ma-semaine/{page}", quoi=str(event), **answers)
        place = done.headers["location"]
        fields = {"qui": "site/gagny", "retour": urlsplit(place).query}
        before = "Prévenu à" in (await client.get(place)).text
        for _ in range(2):
            await send(client, f"{HERE}/ma-semaine/prevenir/{event}", place, **fields)
        return [before, "Prévenu à" in (await client.get(place)).text]

    assert await told("retard", minutes="20") == [False, True]
    assert await told("retard", minutes="45") == [False, True]
    assert await told("annuler", raison="transport") == [False, True]
    assert len(await ticked(territory.id, [event])) == 1


@pytest.mark.parametrize("who", ["Jean Dupont, condamné", "participant/KM4821", "staff/ZZ", "site/", ""])
async def test_only_whom_the_list_names_is_ticked_and_no_name_typed_there_is_kept(phone, who):
    territory, client = phone
    (event,) = await publish(territory, now_at())
    done = await send(client, f"{HERE}/ma-semaine/annuler", quoi=str(event), raison="site")
    place = done.headers["location"]
    fields = {"qui": who, "retour": urlsplit(place).query}
    for more in ({}, {"prevenu": "non"}):
        refused = await send(client, f"{HERE}/ma-semaine/prevenir/{event}", place, **fields, **more)
        assert refused.status_code == 422
        assert 'id="qui-faute"' in refused.text
        assert 'value="site/gagny"' in refused.text
    assert await ticked(territory.id, [event]) == ()


async def test_nothing_ticked_is_said_and_nothing_is_called_off(phone):
    territory, client = phone
    (event,) = await publish(territory, now_at())
    refused = await send(client, f"{HERE}/ma-semaine/annuler", raison="transport")
    assert refused.status_code == 422
    assert 'id="quoi-faute"' in refused.text
    assert (await assignment(territory.id, event)).status == "planned"


async def test_being_late_moves_nothing_and_names_who_waits(phone):
    territory, client = phone
    (event,) = await publish(territory, now_at())
    done = await send(client, f"{HERE}/ma-semaine/retard", quoi=str(event), minutes="20")
    told = await client.get(done.headers["location"])
    assert "20 minutes de retard" in unquote(told.text).replace("\N{NO-BREAK SPACE}", " ")
    assert (await assignment(territory.id, event)).status == "planned"
    (back,) = re.findall(
        r'href="([^"]+retard=20)"', html.unescape((await client.get(f"{HERE}/ma-semaine")).text)
    )
    assert "Retard de 20 minutes noté." in plain(await client.get(back))
    wrong = await send(client, f"{HERE}/ma-semaine/retard", quoi=str(event), minutes="beaucoup")
    assert wrong.status_code == 422
    assert 'id="minutes-faute"' in wrong.text
