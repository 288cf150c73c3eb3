"""Facts of every layer entered on pages: stored as typed, shown in their list, refused in words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.fact_storing import change_fact, store_facts
from db.queries.territories import territory_by_code
from db.records.cadence import Promotion, Sequence
from db.records.facts import FactSet
from db.records.staff import Accreditation
from service.pages.facts.site_form import site_typed
from tests.pages.fact_desk import HOME, SOON, fact_desk, facts, plain

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


@pytest.fixture
async def desk(database: object, tmp_path: Path):
    async with fact_desk(tmp_path) as enter:
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
    assert "prévue le" in await desk.read("promotions")


async def test_a_promotion_takes_only_known_references_and_no_more_than_seats(desk):
    kept = {"name": "P", "site": "gagny", "start_on": SOON.isoformat(), "seats": "1", "steps": "Bilan"}
    for people in ("Jean", "KM4821 ZT1002", "KM4821 KM4821"):
        assert (await desk("promotions", **kept, participants=people)).status_code == 422
    assert (await desk("promotions", **kept, participants="km4821")).status_code == 303
    assert (await facts()).promotions[0].participants == ("KM4821",)


async def test_a_skill_is_written_once_and_ticked_afterwards(desk):
    assert (
        await desk("equipe", name="Z.Z.", etp="100", more_skills="Sport,  prise de parole")
    ).status_code == 303
    person = next(one for one in (await facts()).staff if one.code == "ZZ")
    assert set(person.skills) == {"sport", "prise de parole"}
    assert "Compétences : prise de parole et sport" in await desk.read("equipe")
    kept = {"name": "Foot", "site": "bureau", "length": "pm"}
    assert (await desk("ateliers", **kept, skills="sport")).status_code == 303
    assert [one.skills for one in (await facts()).cadences if one.name == "Foot"] == [("sport",)]
    wrong = await desk("ateliers", **kept, more_skills="x" * 60)
    assert wrong.status_code == 422
    assert "40 caractères au plus par compétence" in plain(wrong.text)


async def a_series() -> Promotion:
    """Two sessions to come after one that is held."""
    territory = await territory_by_code("petite")
    first_on = SOON - timedelta(days=60)
    weeks = [first_on + timedelta(weeks=rank) for rank in range(3)]
    steps = tuple(
        Sequence(code=f"s{rank}", title=f"Séance {rank}", from_on=on, until_on=on + timedelta(days=13))
        for rank, on in enumerate(weeks)
    )
    held = msgspec.structs.replace(steps[0], done_on=first_on)
    series = Promotion(code="p", name="P", site="gagny", seats=8, sequences=(held, *steps[1:]))
    await store_facts(territory.id, FactSet(promotions=(series,)))
    return (await facts()).promotions[0]


async def test_another_first_date_asks_whether_the_sessions_to_come_move_too(desk):
    before = await a_series()
    typed = {"name": "P", "site": "gagny", "seats": "8", "steps": "Séance 0\nSéance 1\nSéance 2"}
    later = (before.sequences[0].from_on + timedelta(days=7)).isoformat()
    asked = await desk.change("promotions/p", **typed, start_on=later, version=before.version)
    assert asked.status_code == 200
    assert "Décaler les 2 séances à venir de 7 jours plus tard" in plain(asked.text)
    assert later in asked.text
    assert (await facts()).promotions[0] == before
    kept = await desk.change("promotions/p", **typed, start_on=later, version=before.version, shift="all")
    assert kept.status_code == 303
    after = (await facts()).promotions[0].sequences
    moved = [(new.from_on - old.from_on).days for new, old in zip(after, before.sequences, strict=True)]
    assert moved == [0, 7, 7]


async def test_a_promotion_whose_first_date_stays_is_asked_nothing(desk):
    before = await a_series()
    typed = {"name": "Autre", "site": "gagny", "seats": "8", "steps": "Séance 0\nSéance 1\nSéance 2"}
    start_on = before.sequences[0].from_on.isoformat()
    kept = await desk.change("promotions/p", **typed, start_on=start_on, version=before.version)
    assert kept.status_code == 303
    assert (await facts()).promotions[0].sequences == before.sequences


async def test_the_first_person_of_a_territory_brings_its_first_programme_and_a_reference_to_write_down(desk):
    territory = await territory_by_code("petite")
    before = tuple(
        msgspec.structs.replace(one, archived_at=datetime.now(UTC)) for one in (await facts()).programmes
    )
    await store_facts(territory.id, FactSet(programmes=before))
    kept = await desk(
        "personnes", programme="Sortie accompagnée", hours="mardi 9h30-12h\njeudi matin", every="2"
    )
    assert kept.status_code == 303
    programme = next(one for one in (await facts()).programmes if one.archived_at is None)
    path = next(one for one in (await facts()).paths if one.programme == programme.code)
    assert programme.name == "Sortie accompagnée"
    told = await desk.read(kept.headers["location"].removeprefix(f"{HOME}/"))
    assert f"Ajouté : {path.participant}. Notez cette référence" in told
    person = next(one for one in (await facts()).participants if one.code == path.participant)
    hours = [(one.weekday, one.from_hour, one.to_hour) for one in person.hours]
    assert hours == [(2, "09:30", "12:00"), (4, "08:00", "13:00")]


async def test_a_promotion_without_a_room_for_it_is_said_when_it_is_entered(desk):
    typed = {
        "name": "Promotion 9",
        "site": "gagny",
        "seats": "30",
        "start_on": SOON.isoformat(),
        "steps": "Parler",
    }
    kept = await desk("promotions", **typed)
    told = await desk.read(kept.headers["location"].removeprefix(f"{HOME}/"))
    assert "Ajouté : Promotion 9. Aucune salle de 30 places n’est notée à Gagny" in told


async def test_an_authorisation_is_noted_for_several_people_and_an_absence_of_one_day_needs_no_end(desk):
    people = [one.code for one in (await facts()).staff][:2]
    assert (
        await desk("autorisations", staff=people, site="gagny", from_on=SOON.isoformat())
    ).status_code == 303
    granted = {one.code: one.accreditations for one in (await facts()).staff if one.code in people}
    assert [[one.from_on for one in own if one.site == "gagny"] for own in granted.values()] == [
        [SOON],
        [SOON],
    ]
    typed = {"staff": people[0], "from_on": SOON.isoformat(), "until_on": "", "part": "day", "kind": "leave"}
    assert (await desk("absences", **typed)).status_code == 303
    away = (await facts()).absences[-1]
    assert away.ends_at - away.starts_at == timedelta(days=1)


async def test_a_renewal_keeps_what_the_form_does_not_ask_and_the_material_that_was_announced(desk):
    person = (await facts()).staff[0]
    asked = Accreditation(site="gagny", unannounced=False, material="ordinateur portable")
    territory = (await facts()).territory
    told = msgspec.structs.replace(person, accreditations=(asked,))
    await change_fact(territory.id, told, version=person.version)
    until_on = SOON + timedelta(days=300)
    typed = {"staff": person.code, "site": "gagny", "until_on": until_on.isoformat()}

    async def noted() -> Accreditation:
        (one,) = next(one for one in (await facts()).staff if one.code == person.code).accreditations
        return one

    assert (await desk("autorisations", **typed)).status_code == 303
    assert await noted() == msgspec.structs.replace(asked, until_on=until_on)
    assert (await desk("autorisations", **typed, material="tablette")).status_code == 303
    assert (await noted()).material == "tablette"


async def test_how_to_come_to_a_site_is_typed_and_shown_again(desk):
    site = next(one for one in (await facts()).sites if one.code == "gagny")
    typed = {**site_typed(site, await facts()), "directions": "RER E, arrêt Gagny\r\nsortie 2"}
    changed = await desk.change("lieux/gagny", version=str(site.version), **typed)
    assert changed.status_code == 303
    again = next(one for one in (await facts()).sites if one.code == "gagny")
    assert again.directions.splitlines() == ["RER E, arrêt Gagny", "sortie 2"]
    assert "sortie 2</textarea>" in await desk.read("fiche/lieux/gagny")
    assert (again.openings, again.address) == (site.openings, site.address)
