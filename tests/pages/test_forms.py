from datetime import date

import msgspec
import pytest

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from db.records.site import Opening, Site
from db.records.territory import Territory
from service.catalogue import NBSP
from service.errors import Conflict
from service.messages.assignment_words import Things
from service.pages.facts.absence_form import ABSENCE
from service.pages.facts.cadence_form import CADENCE
from service.pages.facts.participant_form import PARTICIPANT
from service.pages.facts.rhythms import cadence_words, next_dates
from service.pages.facts.site_form import SITE, change_site, site_typed
from service.pages.facts.team_form import PERSON
from service.pages.form_parts import count_of
from service.pages.forms import Field, read, untouched
from service.pages.supposing.kinds import KINDS
from service.privacy.wording import REFERENCE
from service.promotion_names import promotion_names
from service.references import new_reference
from service.slugs import slug
from tests.planner.build import need, problem

TERRITORY = Territory(
    id="00000000-0000-0000-0000-000000000000",
    version=1,
    code="idf",
    name="Île-de-France",
    zone="Europe/Paris",
)  # type: ignore[arg-type]


@pytest.fixture
def facts():
    openings = tuple(
        Opening(weekday=day, half_day="am", from_hour="09:15", to_hour="12:15", slot_minutes=45)
        for day in (2, 4)
    )
    site = Site(
        code="gagny",
        name="Centre de Gagny",
        short_name="Gagny",
        kind="semi_liberte",
        openings=openings,
        position=0,
    )
    return Facts(territory=TERRITORY, sites=(site,))


def sent(**answers):
    return {name: value if isinstance(value, list) else [value] for name, value in answers.items()}


def test_what_was_typed_is_kept_and_the_message_names_the_field():
    fields = (Field(name="count", label="Combien", kind="number", least=1, most=9),)
    answers = read(fields, sent(count=" douze "))
    assert answers.typed["count"] == ("douze",)
    assert [(one.field, one.message) for one in answers.problems] == [
        ("count", "un nombre entier est attendu")
    ]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("date", "31/02/2026"),
        ("date", "0001-01-01"),
        ("time", "25:00"),
        ("email", "sans arobase"),
        ("number", "99"),
    ],
)
def test_nonsense_is_refused_in_words(kind, word):
    answers = read((Field(name="x", label="X", kind=kind, most=9),), sent(x=word))
    assert answers.problems


def test_a_control_character_is_refused():
    assert read((Field(name="x", label="X"),), sent(x="a\x07b")).problems


def test_an_unknown_choice_is_refused():
    assert read((Field(name="x", label="X", kind="select", options=(("a", "A"),)),), sent(x="b")).problems


def test_a_site_needs_its_name_and_nothing_else_that_has_no_usual_value(facts):
    required = [field.name for field in SITE.fields(facts) if field.required and not field.default]
    assert required == ["name"]


def test_a_person_needs_initials_and_a_cadence_a_site(facts):
    assert [field.name for field in PERSON.fields(facts) if field.required and not field.default] == ["name"]
    assert [field.name for field in CADENCE.fields(facts) if field.required and not field.default] == ["site"]


def test_a_new_site_has_the_usual_hours(facts):
    typed = untouched(SITE.fields(facts), {"name": ("La Santé",)})
    answers = read(SITE.fields(facts), {name: list(value) for name, value in typed.items()})
    assert not answers.problems
    (site,) = SITE.make(answers.values, facts)
    assert (site.code, len(site.openings), site.openings[0].from_hour) == ("la-sante", 10, "09:00")


def test_a_form_that_is_sent_back_untouched_changes_nothing_of_a_site(facts):
    site = facts.sites[0]
    answers = read(SITE.fields(facts), {name: list(value) for name, value in site_typed(site, facts).items()})
    changed = change_site(site, answers.values, facts)
    assert changed.openings == site.openings
    assert changed.name == site.name


def test_an_absence_of_two_people_is_two_absences(facts):
    values = {
        "staff": ("AR", "FM"),
        "from_on": date(2026, 12, 7),
        "until_on": date(2026, 12, 11),
        "part": "day",
        "kind": "leave",
    }
    made = ABSENCE.make(values, facts)
    assert [(one.staff, one.starts_at.isoformat(), one.ends_at.isoformat()) for one in made] == [
        ("AR", "2026-12-07T00:00:00+01:00", "2026-12-12T00:00:00+01:00"),
        ("FM", "2026-12-07T00:00:00+01:00", "2026-12-12T00:00:00+01:00"),
    ]


def test_an_absence_that_is_noted_already_is_not_noted_twice_and_refused_by_name_where_nothing_is_left(facts):
    values = {
        "staff": ("AR",),
        "from_on": date(2026, 12, 8),
        "until_on": None,
        "part": "pm",
        "kind": "leave",
    }
    week = {**values, "staff": ("AR",), "from_on": date(2026, 12, 7), "until_on": date(2026, 12, 11)}
    known = msgspec.structs.replace(facts, absences=ABSENCE.make({**week, "part": "day"}, facts))
    with pytest.raises(Conflict, match=r"déjà notés pour A\.R\."):
        ABSENCE.make(values, known)
    both = {**values, "staff": ("AR", "FM")}
    assert [one.staff for one in ABSENCE.make(both, known)] == ["FM"]
    assert len(ABSENCE.make({**both, "from_on": date(2026, 12, 14)}, known)) == 2


def test_an_absence_whose_end_comes_before_its_start_is_refused(facts):
    answers = read(
        ABSENCE.fields(facts),
        sent(staff=[], from_on="2026-12-11", until_on="2026-12-07", part="day", kind="leave"),
    )
    assert "until_on" in [one.field for one in ABSENCE.check(answers, facts).problems]


def test_a_cadence_on_a_day_when_the_site_never_opens_is_refused(facts):
    answers = read(
        CADENCE.fields(facts), sent(site="gagny", kind="permanence", asked="0", weekdays=["5"], length="half")
    )
    words = [one.message for one in CADENCE.check(answers, facts).problems]
    assert words == ["le lieu n’ouvre jamais le vendredi"]


def test_a_weekly_cadence_is_told_with_its_next_five_dates(facts):
    values = read(CADENCE.fields(facts), sent(site="gagny", asked="0", weekdays=["2"], length="am")).values
    (cadence,) = CADENCE.make(values, facts)
    assert cadence_words(cadence) == "chaque mardi, le matin"
    dates = next_dates(cadence, facts.sites[0], (), frozenset({date(2026, 12, 8)}), date(2026, 12, 1))
    assert dates == (
        "mardi 1er décembre",
        "mardi 15 décembre",
        "mardi 22 décembre",
        "mardi 29 décembre",
        "mardi 5 janvier",
    )


def test_a_reference_is_two_letters_and_four_digits():
    assert REFERENCE.match(new_reference(frozenset()))


@pytest.mark.parametrize("note", ["voir Mme Durand", "né le 12/03/1990", "écrou 45123", "dossier 123456"])
def test_a_note_that_looks_like_a_person_is_refused(facts, note):
    answers = read(PARTICIPANT.fields(facts), sent(note=note))
    assert "note" in [one.field for one in PARTICIPANT.check(answers, facts).problems]


def test_codes_are_readable_and_never_taken_twice():
    assert slug("Noisy — SAS") == "noisy-sas"
    assert slug("Gagny", frozenset({"gagny"})) == "gagny-2"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-14", date(2026, 12, 14)),
        ("14/12/2026", date(2026, 12, 14)),
        (" 1.2.2027 ", date(2027, 2, 1)),
        ("31/02/2027", None),
        ("14/12/26", None),
        ("demain", None),
    ],
)
def test_a_date_is_read_as_a_date_field_sends_it_and_as_one_types_it_where_there_is_none(typed, meant):
    answers = read((Field(name="le", label="Le", kind="date"),), {"le": [typed]})
    assert (answers.values.get("le"), bool(answers.problems)) == (meant, meant is None)


def test_promotions_of_one_name_are_told_apart_by_their_month_then_by_their_code():
    steps = [
        Sequence(code="un", title="Un", from_on=date(2026, month, 9), until_on=date(2026, month, 30))
        for month in (11, 12, 12)
    ]
    several = [
        Promotion(code=f"sas-{index}", name="Promotion du SAS", site="sas", seats=12, sequences=(step,))
        for index, step in enumerate(steps)
    ]
    alone = Promotion(code="fleury", name="Promotion de Fleury", site="fleury", seats=8)
    assert promotion_names([*several, alone]) == {
        "sas-0": "Promotion du SAS, novembre 2026",
        "sas-1": "Promotion du SAS, décembre 2026, sas-1",
        "sas-2": "Promotion du SAS, décembre 2026, sas-2",
        "fleury": "Promotion de Fleury",
    }


KNOWN = (
    ("need/KM4821/first", "Entretien KM4821, du 7 au 18 décembre 2026 : 1 fois"),
    ("need/KM4821/then", "Entretien KM4821, du 19 au 31 décembre 2026 : 1 fois"),
    ("cadence/gagny", "Permanence : 2 par mois"),
)


@pytest.mark.parametrize(
    ("typed", "found", "told"),
    [
        ("Permanence : 2 par mois", "cadence/gagny", ""),
        ("  permanence ", "cadence/gagny", ""),
        ("KM4821, DU 19", "need/KM4821/then", ""),
        ("need/KM4821/first", "need/KM4821/first", ""),
        ("KM4821", None, "2 réponses contiennent ces mots : précisez"),
        ("ZZ9999", None, "ce choix n’existe pas"),
        ("", None, "à remplir"),
    ],
)
def test_a_searched_answer_is_what_its_words_name_alone(typed, found, told):
    fields = (Field(name="need", label="Besoin", kind="search", options=KNOWN, required=True),)
    answers = read(fields, sent(need=typed))
    assert answers.values.get("need") == found
    assert [one.message.replace(NBSP, " ") for one in answers.problems] == ([told] if told else [])


def test_needs_that_read_alike_are_told_apart_where_one_is_picked():
    months = problem(
        interviews=(
            need("a", kind="diagnostic", referent=None, sites=("bureau",)),
            need("b", kind="diagnostic", referent=None, sites=("bureau",)),
            need("c", participant="KM4821"),
        )
    )
    (field, _) = KINDS["besoin"].fields(months, Things(months, {}))
    assert [words.replace(NBSP, " ") for _, words in field.options] == [
        "Entretien KM4821, du 1er au 31 mars 2026 : 1 fois",
        "Entretien de diagnostic à bureau, du 1er au 31 mars 2026 : 1 fois",
        "Entretien de diagnostic à bureau, du 1er au 31 mars 2026 : 1 fois (2)",
    ]
    for code, words in field.options:
        assert read((field,), sent(need=words)).values == {"need": code}


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("tel", "appelez-moi", "un numéro de téléphone est attendu, par exemple 01 45 67 89 10"),
        ("tel", "<b>01 45</b>", "un numéro de téléphone est attendu, par exemple 01 45 67 89 10"),
        ("tel", "01 45 67 89 10, poste 12", ""),
        ("tel", "115", ""),
        ("number", "1_000", "un nombre entier est attendu"),
        ("number", "1e3", "un nombre entier est attendu"),
        ("number", "+2", ""),
        ("text", "…", "écrivez au moins une lettre ou un chiffre"),
        ("text", "\u0301", "écrivez au moins une lettre ou un chiffre"),
        ("text", "Zoé\nPaul", "contient un caractère qui ne s’affiche pas (U+000A)"),
        ("text", "3", ""),
        ("textarea", "Zoé\r\nPaul", ""),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(kind, typed, told):
    answers = read((Field(name="one", label="Un", kind=kind, required=True),), sent(one=typed))
    assert [one.message.replace(NBSP, " ") for one in answers.problems] == ([told] if told else [])


@pytest.mark.parametrize(
    ("word", "count"), [("7", 7), ("", None), ("-7", None), ("9" * 10, None), ("9" * 5000, None), ("²", None)]
)
def test_a_count_of_a_page_is_one_that_every_database_can_hold(word, count):
    assert count_of(word) == count
