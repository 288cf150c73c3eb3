"""Facts corrected on pages: given to others, renewed, taken back, changed by two at once, refused where they cannot be meant."""

import re
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.fact_storing import change_fact
from db.records.staff import Accreditation
from service.pages.facts.step_form import step_question, step_typed
from tests.pages.fact_desk import SOON, fact_desk, facts, plain
from tests.service.living_territory import day

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


@pytest.fixture
async def desk(database: object, tmp_path: Path):
    async with fact_desk(tmp_path) as enter:
        yield enter


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


async def test_a_session_that_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(desk):
    typed = {
        "name": "Une série",
        "site": "gagny",
        "start_on": SOON.isoformat(),
        "seats": "8",
        "steps": "Une\nDeux",
    }
    assert (await desk("promotions", **typed)).status_code == 303
    promotion = (await facts()).promotions[-1]
    first, second = promotion.sequences
    shown = await desk.read(step_question(promotion, first))
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    sent = {**step_typed(promotion, first), "more_skills": ""}
    assert (await desk("seances", **sent, seen=seen)).status_code == 303
    faster = {**sent, "duration": "90"}
    assert (await desk("seances", **faster, seen=seen)).status_code == 303
    slower = await desk("seances", **{**sent, "duration": "45"}, seen=seen)
    assert slower.status_code == 412
    told = plain(slower.text)
    assert "Enregistré entre-temps : 90" in told
    assert 'name="duration" value="45"' in told
    other = {**step_typed(promotion, second), "more_skills": ""}
    assert (await desk("seances", **other, seen=seen)).status_code == 303
    again = told.partition('name="seen" value="')[2].partition('"')[0]
    assert (await desk("seances", **{**sent, "duration": "45"}, seen=again)).status_code == 303
    assert (await facts()).promotions[-1].sequences[0].duration_minutes == 45


@pytest.mark.parametrize(
    ("form", "first", "then", "told"),
    [
        ("trajets", {"from_site": "gagny", "to_site": "bureau", "minutes": "40"}, {"minutes": "55"}, "40"),
        ("jours-feries", {"held_on": "2027-05-07", "what": "off", "name": "Pont"}, {"name": "Chômé"}, "Pont"),
        ("autorisations", {"staff": "AR", "site": "gagny", "until_on": "2027-06-30"}, {"until_on": ""}, ""),
    ],
)
async def test_what_was_noted_of_the_same_thing_meanwhile_is_overwritten_only_knowingly(
    desk, form, first, then, told
):
    named = "&".join(f"{name}={first[name]}" for name in list(first)[:2])
    shown = await desk.read(f"fiche/{form}/nouveau?{named}")
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    assert (await desk(form, **first, seen=seen)).status_code == 303
    slower = await desk(form, **{**first, **then}, seen=seen)
    assert slower.status_code == 412
    assert f"Enregistré entre-temps : {told}" in plain(slower.text) or not told
    assert "rien n’est enregistré" in plain(slower.text)


@pytest.mark.parametrize("named", ["", "?cadence=gagny-permanence&from_on=2027-05-11"])
async def test_one_date_that_a_colleague_changed_meanwhile_is_overwritten_only_knowingly(desk, named):
    shown = await desk.read(f"fiche/dates/nouveau{named}")
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    date = {
        "cadence": "gagny-permanence",
        "from_on": "2027-05-11",
        "what": "dropped",
        "to_on": "",
        "said_by": "",
    }
    other = {**date, "from_on": "2027-05-18"}
    moved = {**date, "what": "moved", "to_on": "2027-05-12"}
    assert (await desk("dates", **moved, seen=seen)).status_code == 303
    assert (await desk("dates", **other, seen=seen)).status_code == 303
    slower = await desk("dates", **date, seen=seen)
    assert slower.status_code == 412
    assert "l’a changé entre-temps : rien n’est enregistré" in plain(slower.text)
    assert "Enregistré entre-temps : Est déplacée" in plain(slower.text)
    again = slower.text.partition('name="seen" value="')[2].partition('"')[0]
    assert (await desk("dates", **date, seen=again)).status_code == 303
    (cadence,) = [one for one in (await facts()).cadences if one.code == "gagny-permanence"]
    assert [one.to_on for one in cadence.exceptions] == [None, None]


NOTED = {
    "trajets": (
        {"from_site": "gagny", "to_site": "bureau", "minutes": "20"},
        {"from_site": "bureau", "to_site": "gagny", "minutes": "25"},
        {"minutes": "30"},
        {"minutes": ""},
    ),
    "jours-feries": (
        {"held_on": "2027-05-07", "what": "off", "name": "Pont", "said_by": ""},
        {"held_on": "2027-05-14", "what": "off", "name": "Pont", "said_by": ""},
        {"name": "Chômé"},
        {"what": "usual", "name": ""},
    ),
    "dates": (
        {"cadence": "gagny-permanence", "from_on": "2027-05-11", "what": "dropped", "to_on": "", "said_by": ""},
        {"cadence": "gagny-permanence", "from_on": "2027-05-18", "what": "dropped", "to_on": "", "said_by": ""},
        {"what": "moved", "to_on": "2027-05-12"},
        {"what": "kept"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", NOTED)
async def test_what_a_colleague_notes_of_something_else_meanwhile_refuses_nothing(desk, form):
    mine, theirs, changed, _ = NOTED[form]
    assert (await desk(form, **mine)).status_code == 303
    seen = (await desk.read(f"fiche/{form}/nouveau")).partition('name="seen" value="')[2].partition('"')[0]
    assert (await desk(form, **theirs, seen=seen)).status_code == 303
    assert (await desk(form, **{**mine, **changed}, seen=seen)).status_code == 303
    again = await desk(form, **{**theirs, **changed}, seen=seen)
    assert again.status_code == 412


@pytest.mark.parametrize("form", NOTED)
async def test_what_a_colleague_removed_meanwhile_does_not_come_back_unread(desk, form):
    mine, _, changed, gone = NOTED[form]
    assert (await desk(form, **mine)).status_code == 303
    seen = (await desk.read(f"fiche/{form}/nouveau")).partition('name="seen" value="')[2].partition('"')[0]
    assert (await desk(form, **{**mine, **gone}, seen=seen)).status_code == 303
    slower = await desk(form, **{**mine, **changed}, seen=seen)
    assert slower.status_code == 412
    assert "l’a retiré entre-temps : rien n’est enregistré" in plain(slower.text)
    again = slower.text.partition('name="seen" value="')[2].partition('"')[0]
    assert (await desk(form, **{**mine, **changed}, seen=again)).status_code == 303


async def test_who_changes_what_a_colleague_put_away_meanwhile_reads_that_it_was_put_away(desk):
    (site,) = [one for one in (await facts()).sites if one.code == "gagny"]
    read = str(site.version)
    form = "/t/petite/fiche/lieux/gagny"
    assert (await desk.change("lieux/gagny/retirer", page=form, version=read)).status_code in (200, 303)
    slower = await desk.change("lieux/gagny", name="Gagny Nord", kind="spip", version=read)
    assert slower.status_code == 412
    assert "l’a retiré entre-temps : rien n’est enregistré" in plain(slower.text)
    assert "Remettez d’abord cette fiche" in plain(slower.text)


async def test_a_form_says_who_entered_what_it_shows(desk):
    assert (await desk("lieux", name="Bobigny", kind="spip")).status_code == 303
    assert re.search(r"Saisi par .+ le \d{1,2}(er)? \w+ 20\d\d\.", await desk.read("fiche/lieux/bobigny"))


async def test_what_is_wrong_is_listed_in_the_order_of_the_form(desk):
    typed = {"name": "Une série", "site": "gagny", "start_on": SOON.isoformat(), "seats": "8", "steps": ""}
    refused = plain((await desk("promotions", **typed, participants="ZZ9999")).text)
    assert 0 < refused.index('href="#participants"') < refused.index('href="#steps"')
