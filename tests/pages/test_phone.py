"""A staff member's telephone over plain forms: this morning, who came, the next date, reminders, absences, share."""

import re
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import attendance_of
from db.queries.facts import all_facts
from db.queries.plans import add_draft, step_plan
from db.records.assignment import Content
from db.records.cadence import Promotion
from db.records.plan import NewPlan
from db.records.staff import Absence, Wish
from db.states import PlanState
from service.actions.fix_interview import fix_interview
from service.actions.keep_facts import add_facts
from tests.pages.at_the_phone import HERE, now_at
from tests.service.door import plain, send
from tests.service.living_territory import AR, ZONE, host, meeting, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


def interview(started: timedelta, participant: str | None = "KM4821") -> Content:
    began = datetime.now(ZONE) - started
    return Content(
        kind="interview", key=f"interview:one:{participant}", held_on=began.date(), starts_at=began,
        ends_at=began + timedelta(minutes=45), staff=("AR",), site="bureau", participant=participant, need=None,
        interview_kind="suivi", mode="on_site", programme="o2r",
    )  # fmt: skip


async def test_the_week_begins_with_today_when_something_is_on_whatever_the_weekday(phone):
    territory, client = phone
    await publish(territory, now_at())
    (first, *_) = re.findall(r'class="day-head"[^>]*>([^<]*)', (await client.get(f"{HERE}/ma-semaine")).text)
    assert first.startswith("Aujourd’hui")


async def test_who_came_then_the_next_date_with_three_free_times(phone):
    territory, client = phone
    await publish(territory, *(host(ahead) for ahead in (5, 6, 7, 8)))
    (event,) = await publish(territory, interview(timedelta(hours=1)))
    listed = await client.get(f"{HERE}/a-renseigner")
    assert "KM4821" in listed.text
    answered = await send(client, f"{HERE}/a-renseigner/{event}", f"{HERE}/a-renseigner", statut="honoured")
    assert answered.headers["location"].endswith("/suite")
    offered = await client.get(answered.headers["location"])
    times = re.findall(r'name="quand" value="([^"]+)"', offered.text)
    assert re.search(r"C’est noté : Suivi, KM4821, \w+ .* à .* : honoré\.", plain(offered))
    assert len(times) == 3
    assert len({one[:10] for one in times}) == 3
    assert "Déjà fixé" not in offered.text
    fixed = await send(client, answered.headers["location"], quand=times[0], lieu="bureau")
    assert fixed.status_code == 303
    coming = await assignments_of(territory.id, Wanted(participant="KM4821", statuses=("planned",)))
    assert [one.starts_at for one in coming] == [datetime.fromisoformat(times[0]).astimezone(UTC)]
    assert (await attendance_of(territory.id, [event]))[0].status == "honoured"
    again = await client.get(f"{HERE}/a-renseigner/{event}/suite")
    (known,) = re.findall(r"Déjà fixé avec cette personne : (.*)\.<", plain(again))
    assert known.endswith(f", {datetime.fromisoformat(times[0]):%-H h %M}")
    assert known == known.lower()


async def test_an_hour_taken_meanwhile_is_said_with_the_next_free_ones(phone):
    territory, client = phone
    await publish(territory, *(host(ahead) for ahead in (5, 6, 7)))
    (event,) = await publish(territory, interview(timedelta(hours=1)))
    page = f"{HERE}/a-renseigner/{event}/suite"
    times = re.findall(r'name="quand" value="([^"]+)"', (await client.get(page)).text)
    taken = datetime.fromisoformat(times[0])
    ahead = (taken.astimezone(ZONE).date() - datetime.now(ZONE).date()).days
    local = taken.astimezone(ZONE)
    await fix_interview(territory, meeting(ahead, local.hour, "ZT1002", starts_at=taken), AR)
    refused = await send(client, page, quand=times[0], lieu="bureau")
    assert refused.status_code == 409
    assert times[0] not in re.findall(r'name="quand" value="([^"]+)"', refused.text)
    assert "Rien n’a été enregistré" in refused.text


async def test_an_answer_that_does_not_exist_is_refused_in_words(phone):
    territory, client = phone
    (event,) = await publish(territory, interview(timedelta(hours=1)))
    refused = await send(client, f"{HERE}/a-renseigner/{event}", f"{HERE}/a-renseigner", statut="peut-être")
    assert refused.status_code == 422
    assert 'id="statut-faute"' in refused.text
    assert await attendance_of(territory.id, [event]) == ()


async def test_boxes_that_were_ticked_stay_ticked_when_the_answer_is_refused(phone):
    territory, client = phone
    people = ("KM4821", "ZT1002")
    promotion = Promotion(code="p", name="P", site="bureau", seats=8, participants=people)
    await add_facts(territory.id, (promotion,))
    session = msgspec.structs.replace(now_at("session"), kind="session", key="session:p:s", promotion="p")
    (event,) = await publish(territory, session)
    page = f"{HERE}/a-renseigner/{event}"
    refused = await send(client, page, page, statut="peut-être", present=["ZT1002"])
    assert refused.status_code == 422
    assert re.findall(r'value="(\w+)" checked', refused.text) == ["ZT1002"]
    unknown = await send(client, page, page, statut="un-par-un", present=["ZT1002", "BB3003"])
    assert unknown.status_code == 422
    assert 'id="present-faute"' in unknown.text
    assert (await send(client, page, page, statut="un-par-un", present=["ZT1002"])).status_code == 303
    noted = {one.participant: one.status for one in await attendance_of(territory.id, [event])}
    assert noted == {"KM4821": "missed", "ZT1002": "honoured"}


async def test_nobody_answers_for_a_colleague(phone):
    territory, client = phone
    theirs = msgspec.structs.replace(interview(timedelta(hours=1)), staff=("NK",))
    (event,) = await publish(territory, theirs)
    refused = await send(client, f"{HERE}/a-renseigner/{event}", f"{HERE}/a-renseigner", statut="honoured")
    assert refused.status_code == 403


async def test_a_reminder_opens_the_telephones_messages_and_is_ticked(phone):
    territory, client = phone
    tomorrow = interview(-timedelta(days=1))
    (event,) = await publish(territory, tomorrow)
    listed = await client.get(f"{HERE}/a-rappeler")
    assert re.search(r'href="sms:\?body=Bonjour', listed.text)
    await send(client, f"{HERE}/a-rappeler/{event}", f"{HERE}/a-rappeler")
    assert re.search(r"Envoyé à \d", (await client.get(f"{HERE}/a-rappeler")).text)
    await send(client, f"{HERE}/a-rappeler/{event}", f"{HERE}/a-rappeler", envoye="non")
    assert not re.search(r"Envoyé à \d", (await client.get(f"{HERE}/a-rappeler")).text)


async def test_an_absence_says_on_what_it_lands(phone):
    territory, client = phone
    await publish(territory, host(3, site="gagny"))
    on = str(host(3).held_on)
    fields = {"from_on": on, "until_on": on, "part": "day", "kind": "leave"}
    answer = await send(client, f"{HERE}/mes-absences", **fields)
    assert "tombe sur 1 permanence" in answer.text
    assert [one.staff for one in await all_facts(territory.id, Absence)] == ["AR"]


async def test_an_absence_without_a_last_day_is_of_one_day(phone):
    territory, client = phone
    fields = {"from_on": "2027-02-10", "until_on": "", "part": "day", "kind": "leave"}
    answer = await send(client, f"{HERE}/mes-absences", **fields)
    assert "Mercredi 10 février" in answer.text
    (kept,) = await all_facts(territory.id, Absence)
    assert kept.ends_at - kept.starts_at == timedelta(days=1)
    twice = await send(client, f"{HERE}/mes-absences", **fields | {"part": "pm"})
    assert (twice.status_code, "déjà notés" in twice.text) == (422, True)
    assert await all_facts(territory.id, Absence) == (kept,)
    asked = await client.get(f"{HERE}/mes-absences")
    assert f'value="{datetime.now(ZONE).date()}"' in asked.text


async def test_dates_the_wrong_way_round_keep_what_was_typed(phone):
    territory, client = phone
    fields = {"from_on": "2027-02-10", "until_on": "2027-02-08", "part": "am", "kind": "training"}
    answer = await send(client, f"{HERE}/mes-absences", **fields)
    assert answer.status_code == 422
    assert 'value="2027-02-10"' in answer.text
    assert "la fin précède le début" in answer.text.lower()
    assert await all_facts(territory.id, Absence) == ()


async def test_a_wish_is_one_a_half_day_and_can_be_taken_back(phone):
    territory, client = phone
    for wish in ("prefer", "avoid"):
        fields = {"wish": wish, "half": "am", "weekday": "2", "wished_on": ""}
        await send(client, f"{HERE}/mes-absences/souhait", f"{HERE}/mes-absences", **fields)
    (kept,) = await all_facts(territory.id, Wish)
    assert (kept.wish, kept.weekday, kept.half_day) == ("avoid", 2, "am")
    await send(client, f"{HERE}/mes-absences/retirer/souhait/{kept.code}", f"{HERE}/mes-absences")
    assert await all_facts(territory.id, Wish) == ()


async def test_a_wish_for_a_weekday_and_a_date_at_once_is_refused(phone):
    territory, client = phone
    fields = {"wish": "prefer", "half": "am", "weekday": "2", "wished_on": "2027-02-10"}
    answer = await send(client, f"{HERE}/mes-absences/souhait", f"{HERE}/mes-absences", **fields)
    assert answer.status_code == 422
    assert await all_facts(territory.id, Wish) == ()


async def test_a_wish_asks_for_a_weekday_or_a_date_one_of_which_is_needed(phone):
    _, client = phone
    page = plain(await client.get(f"{HERE}/mes-absences"))
    for label in ("Chaque semaine, le", "Ou une seule fois, le"):
        assert re.search(rf"{label} <span[^>]*>\(l’un ou l’autre\)", page), label


async def test_only_the_week_of_today_calls_off_what_is_today(phone):
    _, client = phone
    at = datetime.now(ZONE).replace(hour=23, minute=59)
    await publish(phone[0], now_at(held_on=at.date(), starts_at=at - timedelta(minutes=9), ends_at=at))
    week = await client.get(f"{HERE}/ma-semaine?semaine={at.date()}")
    next_week = await client.get(f"{HERE}/ma-semaine?semaine={at.date() + timedelta(days=7)}")
    assert "Annuler aujourd’hui" in week.text
    assert "Annuler aujourd’hui" not in next_week.text


async def test_an_empty_week_leads_to_the_next_day_one_is_awaited(phone):
    territory, client = phone
    at = datetime(2001, 3, 6, 9, tzinfo=ZONE)
    await publish(territory, now_at(held_on=at.date(), starts_at=at, ends_at=at + timedelta(hours=2)))
    empty = plain(await client.get(f"{HERE}/ma-semaine?semaine=2001-02-19"))
    assert f'href="{HERE}/ma-semaine?semaine=2001-03-06">Prochaine date : mardi 6 mars<' in empty
    assert "Prochaine date" not in plain(await client.get(f"{HERE}/ma-semaine?semaine=2001-03-06"))


@pytest.mark.parametrize("page", ["ma-semaine", "a-renseigner", "mes-absences", "ma-part", "a-rappeler"])
async def test_a_page_answers_before_anything_is_published(phone, page):
    _, client = phone
    answer = await client.get(f"{HERE}/{page}")
    assert answer.status_code == 200
    assert "<h1" in answer.text


async def test_a_share_of_a_month_without_publication_leads_to_the_last_that_has_one(phone):
    territory, client = phone
    assert "dernier mois publié" not in (await client.get(f"{HERE}/ma-part")).text
    for first_on in (date(2001, 3, 1), date(2001, 5, 7), date(2001, 4, 1)):
        new = NewPlan(first_on=first_on, last_on=first_on + timedelta(days=20), origin="hand")
        plan = await add_draft(territory.id, new)
        if first_on.month != 4:
            await step_plan(plan.id, PlanState.DRAFT, PlanState.PUBLISHED)
    shown = plain(await client.get(f"{HERE}/ma-part"))
    assert "Voir mai 2001, dernier mois publié" in shown
    assert f'href="{HERE}/ma-part?mois=2001-05"' in shown


async def test_a_month_that_is_none_is_said(phone):
    _, client = phone
    assert (await client.get(f"{HERE}/ma-part?mois=2026-13")).status_code == 400
