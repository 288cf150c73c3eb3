"""Facts of every layer entered on pages: stored as typed, shown in their list, refused in words."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts, FactSet
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.living_territory import day
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HOME = "/t/petite"
SOON = day(20)


async def facts() -> Facts:
    return await facts_of((await territory_by_code("petite")).id)


def plain(page: str) -> str:
    return page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.fixture
async def desk(database: object, tmp_path: Path):
    """A coordinator signed in: sends a form and gives the status with the page."""
    await make_territory()
    async with browser(make_app(tmp_path)) as client:
        await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
        await sign_in(client, "c@petite.fr")

        async def enter(form: str, **typed: object):
            return await send(client, f"{HOME}/fiche/{form}/nouveau", **typed)

        async def shown(place: str) -> str:
            return plain((await client.get(f"{HOME}/{place}")).text)

        enter.read = shown  # type: ignore[attr-defined]
        yield enter


async def test_a_journey_is_noted_corrected_and_forgotten(desk):
    ends = {"from_site": "bureau", "to_site": "gagny"}
    assert (await desk("trajets", **ends, minutes="50")).status_code == 303
    await desk("trajets", **ends, minutes="40")
    assert [one.minutes for one in (await facts()).travel] == [40]
    assert "Bureau – Gagny : 40 min" in await desk.read("lieux")
    await desk("trajets", **ends, minutes="")
    assert (await facts()).travel == ()
    assert (await desk("trajets", from_site="gagny", to_site="gagny", minutes="5")).status_code == 422


async def test_a_day_off_is_added_and_follows_the_calendar_again(desk):
    on = SOON.isoformat()
    await desk("jours-feries", held_on=on, what="off", name="Pont")
    assert [(one.held_on, one.is_holiday) for one in (await facts()).holidays] == [(SOON, True)]
    assert "Pont" in await desk.read("lieux")
    await desk("jours-feries", held_on=on, what="usual")
    assert (await facts()).holidays == ()


async def test_a_workshop_has_seats_a_room_and_a_duration(desk):
    kept = {
        "name": "Musée",
        "site": "bureau",
        "sort": "outing",
        "asked": "1",
        "length": "pm",
        "duration": "180",
    }
    assert (await desk("ateliers", **kept, seats="6", room="oui", compulsory="oui")).status_code == 303
    one = next(one for one in (await facts()).cadences if one.kind == "session")
    assert (one.sort, one.seats, one.duration_minutes, one.needs_room, one.compulsory) == (
        "outing",
        6,
        180,
        True,
        True,
    )
    assert f"fiche/ateliers/{one.code}" in await desk.read("lieux")


async def test_a_meeting_takes_named_people_and_must_end_after_it_begins(desk):
    kept = {"title": "Rencontre", "kind": "meeting", "on": SOON.isoformat(), "attendees": ["AR", "NK"]}
    assert (await desk("rencontres", **kept, from_hour="11:00", until_hour="09:30")).status_code == 422
    assert (await desk("rencontres", **kept, from_hour="09:30", until_hour="11:00")).status_code == 303
    (one,) = (await facts()).meetings
    assert set(one.attendees) == {"AR", "NK"}
    assert "Rencontre" in await desk.read("equipe")


async def test_a_wish_of_two_people_is_two_wishes_and_a_second_takes_its_place(desk):
    await desk("souhaits", staff=["AR", "NK"], wish="prefer", half="am", weekday="2")
    await desk("souhaits", staff=["AR"], wish="avoid", half="am", weekday="2")
    assert {one.staff: one.wish for one in (await facts()).wishes} == {"AR": "avoid", "NK": "prefer"}
    assert "évite le mardi matin" in await desk.read("equipe")


async def test_an_urgent_interview_is_asked_for_between_two_dates(desk):
    window = {"from_on": SOON.isoformat(), "until_on": (SOON + timedelta(days=6)).isoformat()}
    sent = {"participant": "KM4821", "kind": "bilan", "priority": "urgent", "sites": "gagny"}
    assert (await desk("entretiens", **sent, **window)).status_code == 303
    one = next(one for one in (await facts()).needs if one.kind == "bilan")
    assert (one.priority, one.sites, one.referent, one.path) == ("urgent", ("gagny",), "AR", "KM4821-o2r")
    assert "KM4821, bilan" in await desk.read("personnes")


async def test_a_rhythm_in_two_stages_begins_at_the_entry_and_keeps_to_the_hours(desk):
    kept = {"programme": "o2r", "referent": "AR", "every": "1", "during": "8", "then": "2", "minor": "oui"}
    wrong = await desk("personnes", **kept, hours="mardi l’après-midi")
    assert wrong.status_code == 422
    assert "mardi l’après-midi" in plain(wrong.text)
    await desk("personnes", **kept, entry_on="2026-12-07", hours="mardi 14:00-17:00")
    path = max((await facts()).paths, key=lambda one: one.entry_on or date.min)
    assert [(one.every_weeks, one.for_weeks) for one in path.rhythm or ()] == [(1, 8), (2, None)]
    person = next(one for one in (await facts()).participants if one.code == path.participant)
    assert (person.minor, person.any_hour, len(person.hours)) == (True, False, 1)
    assert "chaque semaine pendant 8 semaines, puis toutes les 2 semaines" in await desk.read("personnes")


async def test_a_session_of_a_promotion_gets_its_window_its_speaker_and_its_day(desk):
    territory = await territory_by_code("petite")
    step = Sequence(code="s1", title="Bilan", from_on=SOON, until_on=SOON)
    series = Promotion(code="p", name="P", site="gagny", seats=8, sequences=(step,))
    await store_facts(territory.id, FactSet(promotions=(series,)))
    await desk("intervenants", name="Formatrice")
    until_on = (SOON + timedelta(days=9)).isoformat()
    sent = {"step": "p/s1", "from_on": SOON.isoformat(), "until_on": until_on, "speaker": "formatrice"}
    assert (await desk("seances", **sent, dates="demain")).status_code == 422
    await desk("seances", **sent, dates=until_on, done_on=until_on)
    (changed,) = (await facts()).promotions[0].sequences
    assert (changed.speaker_name, len(changed.speaker_dates or ()), str(changed.done_on)) == (
        "Formatrice",
        1,
        until_on,
    )
    assert "tenue le" in await desk.read("promotions")


async def test_a_promotion_takes_only_known_references_and_no_more_than_seats(desk):
    kept = {"name": "P", "site": "gagny", "start_on": SOON.isoformat(), "seats": "1", "steps": "Bilan"}
    for people in ("Jean", "KM4821 ZT1002", "KM4821 KM4821"):
        assert (await desk("promotions", **kept, participants=people)).status_code == 422
    assert (await desk("promotions", **kept, participants="km4821")).status_code == 303
    assert (await facts()).promotions[0].participants == ("KM4821",)
