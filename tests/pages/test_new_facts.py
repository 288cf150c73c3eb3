"""Facts of every layer entered on pages: stored as typed, shown in their list, refused in words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.fact_storing import change_fact, store_facts
from db.queries.facts import facts_of
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts, FactSet
from db.records.staff import Accreditation
from service.pages.facts.site_form import site_typed
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

        async def change(form: str, **typed: object):
            return await send(client, f"{HOME}/fiche/{form}", **typed)

        async def shown(place: str) -> str:
            return plain((await client.get(f"{HOME}/{place}")).text)

        enter.read, enter.change = shown, change  # type: ignore[attr-defined]
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


async def test_an_absence_given_to_others_and_to_more_mornings_is_all_of_them(desk):
    first, second = (one.code for one in (await facts()).staff[:2])
    on = SOON.isoformat()
    await desk("absences", staff=first, from_on=on, until_on="", part="am", kind="leave")
    (noted,) = (await facts()).absences
    until_on = (SOON + timedelta(days=2)).isoformat()
    typed = {"staff": [first, second], "from_on": on, "until_on": until_on, "part": "am", "kind": "training"}
    changed = await desk.change(f"absences/{noted.code}", version=str(noted.version), **typed)
    assert changed.status_code == 303
    away = (await facts()).absences
    assert sorted(one.staff for one in away) == sorted([first] * 3 + [second] * 3)
    assert {one.ends_at - one.starts_at for one in away} == {timedelta(hours=13)}
    assert {one.kind for one in away} == {"training"}
    one = next(one for one in away if one.staff == first)
    given = await desk.change(
        f"absences/{one.code}", version=str(one.version), **{**typed, "until_on": "", "staff": "NK"}
    )
    assert given.status_code == 303
    assert {one.staff for one in (await facts()).absences} >= {"NK"}


async def test_half_days_over_months_are_refused_at_their_end_rather_than_cut(desk):
    typed = {"staff": "AR", "from_on": "2027-01-01", "until_on": "2027-06-30", "part": "pm", "kind": "leave"}
    refused = await desk("absences", **typed)
    assert refused.status_code == 422
    assert "61 jours au plus pour des demi-journées" in plain(refused.text)
    assert (await facts()).absences == ()


async def test_a_wish_given_to_two_people_is_a_wish_of_each(desk):
    first, second = (one.code for one in (await facts()).staff[:2])
    wish = {"wish": "prefer", "half": "am", "weekday": "2", "wished_on": ""}
    await desk("souhaits", staff=first, **wish)
    (noted,) = (await facts()).wishes
    sent = {**wish, "staff": [first, second], "wish": "avoid"}
    assert (
        await desk.change(f"souhaits/{noted.code}", version=str(noted.version), **sent)
    ).status_code == 303
    assert sorted((one.staff, one.wish) for one in (await facts()).wishes) == sorted(
        [(first, "avoid"), (second, "avoid")]
    )


async def test_what_is_renewed_in_advance_holds_until_then_and_what_was_noted_wrongly_goes(desk):
    territory = (await facts()).territory
    person = (await facts()).staff[0]
    until_on = SOON + timedelta(days=10)
    held = Accreditation(site="gagny", from_on=date(2026, 1, 1), until_on=until_on)
    await change_fact(
        territory.id, msgspec.structs.replace(person, accreditations=(held,)), version=person.version
    )

    async def noted() -> list[tuple[date | None, date | None]]:
        found = next(one for one in (await facts()).staff if one.code == person.code)
        return [(one.from_on, one.until_on) for one in found.accreditations]

    renewed = {"staff": person.code, "site": "gagny", "what": "held"}
    next_on, end_on = until_on + timedelta(days=1), until_on + timedelta(days=300)
    await desk("autorisations", **renewed, from_on=next_on.isoformat(), until_on=end_on.isoformat())
    assert await noted() == [(date(2026, 1, 1), end_on)]
    later_on = end_on + timedelta(days=30)
    await desk("autorisations", **renewed, from_on=later_on.isoformat(), until_on="")
    assert await noted() == [(date(2026, 1, 1), end_on), (later_on, None)]
    await desk("autorisations", **{**renewed, "what": "gone"})
    assert await noted() == []


async def test_a_cadence_is_monthly_weekly_on_demand_or_of_a_promotion_and_ends_when_it_should(desk):
    usual = {"site": "gagny", "length": "half", "asked": "2", "min_days": "1"}
    until_on = SOON + timedelta(days=90)
    sent = {**usual, "name": "Mardis", "often": "week", "weekdays": ["2"], "until_on": until_on.isoformat()}
    assert (await desk("cadences", **sent)).status_code == 303
    weekly = (await facts()).cadences[-1]
    assert (weekly.asked, weekly.weekdays, weekly.until_on) == (0, (2,), until_on)
    shown = await desk.read("fiche/cadences/mardis")
    assert 'value="week" checked' in shown
    assert "Prochaines dates : mardi" in shown
    assert "Prochaines dates : mardi" in await desk.read(
        "fiche/cadences/nouveau/apercu?site=gagny&often=week&weekdays=2&length=half&asked=&min_days="
    )
    on_demand = {**sent, "often": "demand", "until_on": "", "version": str(weekly.version)}
    assert (await desk.change("cadences/mardis", **on_demand)).status_code == 303
    changed = (await facts()).cadences[-1]
    assert (changed.asked, changed.weekdays, changed.until_on) == (0, (), None)
    for way, told in (("week", "Cochez au moins un jour"), ("month", "Une fois au moins")):
        refused = await desk("cadences", **{**usual, "often": way, "asked": "0"})
        assert refused.status_code == 422
        assert told in plain(refused.text)
    assert (
        await desk(
            "promotions", name="Une série", site="gagny", start_on=SOON.isoformat(), seats="8", steps="Une"
        )
    ).status_code == 303
    follower = {
        **usual,
        "name": "Le matin des séances",
        "often": "series",
        "follows": "une-serie",
        "length": "am",
    }
    assert (await desk("cadences", **{**follower, "follows": ""})).status_code == 422
    assert (await desk("cadences", **follower)).status_code == 303
    made = next(one for one in (await facts()).cadences if one.name == follower["name"])
    assert (made.follows, made.asked, made.weekdays) == ("une-serie", 0, ())


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("lieux", {"name": "GAGNY", "kind": "spip"}),
        ("equipe", {"name": "a r", "etp": "100"}),
        ("partenaires", {"name": "Spip 93", "kind": "spip"}),
    ],
)
async def test_a_name_that_would_be_read_twice_is_refused_at_its_field(desk, form, typed):
    existing = {"partenaires": "SPIP-93"}
    if form in existing:
        assert (await desk(form, **{**typed, "name": existing[form]})).status_code == 303
    refused = await desk(form, **typed)
    assert refused.status_code == 422
    assert "Ce nom est déjà pris" in plain(refused.text)
    assert f'value="{typed["name"]}"' in refused.text


async def test_a_new_fact_of_last_year_is_refused_and_one_of_last_week_kept(desk):
    long_ago, lately = day(-300).isoformat(), day(-7).isoformat()
    away = {"staff": "AR", "until_on": "", "part": "day", "kind": "leave"}
    shut = {"site": "gagny", "until_on": ""}
    for form, typed in (("absences", away), ("fermetures", shut)):
        refused = await desk(form, **typed, from_on=long_ago)
        assert refused.status_code == 422
        assert "vérifiez l’année" in plain(refused.text)
        assert (await desk(form, **typed, from_on=lately)).status_code == 303
