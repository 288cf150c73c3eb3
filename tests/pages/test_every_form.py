"""Every kind of fact has a form that asks little, says who sees it, and changes nothing when nothing is typed."""

from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import msgspec
import pytest

from db.records.facts import Facts
from db.records.participant import Volume
from db.records.territory import Territory
from service.facts_file.records import read_month
from service.pages.facts.kinds import RESOURCES
from service.pages.facts.removed import words_of
from service.pages.forms import read, untouched

ROOT = Path(__file__).resolve().parents[2]
MOST_REQUIRED = {
    "lieux": 1,
    "cadences": 1,
    "dates": 2,
    "fermetures": 2,
    "ateliers": 2,
    "trajets": 2,
    "jours-feries": 1,
    "equipe": 1,
    "absences": 2,
    "autorisations": 2,
    "souhaits": 1,
    "rencontres": 3,
    "promotions": 3,
    "seances": 3,
    "intervenants": 1,
    "personnes": 0,
    "entretiens": 3,
    "volumes": 1,
    "dispositifs": 1,
    "partenaires": 1,
}
"""Answers without a usual value that a form cannot do without: these may only fall."""
SEEN = ("visible", "voit", "voient", "vue d", "lisent")


@pytest.fixture(scope="module", params=["ile-de-france", "somme"])
def facts(request):
    known = read_month(ROOT / "examples" / f"{request.param}.toml", date(2026, 12, 1)).facts
    territory = Territory(
        id=UUID(int=1),
        version=1,
        code=request.param,
        name="Exemple",
        zone="Europe/Paris",
        departements=("93",),
    )
    given = {name: getattr(known, name) or () for name in known.__struct_fields__}
    return Facts(territory=territory, **given)


def test_a_form_asks_no_more_than_it_did():
    empty = Facts(territory=Territory(id=UUID(int=1), version=1, code="x", name="X", zone="Europe/Paris"))
    asked = {
        path: sum(field.required and not field.default for field in kind.fields(empty))
        for path, kind in RESOURCES.items()
    }
    assert asked == MOST_REQUIRED


@pytest.mark.parametrize("path", RESOURCES)
def test_a_form_says_in_its_first_words_who_sees_it(path):
    assert any(word in RESOURCES[path].lead.lower() for word in SEEN), RESOURCES[path].lead


@pytest.mark.parametrize("path", [path for path, kind in RESOURCES.items() if kind.whole is None])
def test_a_form_sent_back_as_it_was_shown_changes_nothing(facts, path):
    kind = RESOURCES[path]
    fields = kind.fields(facts)
    for record in getattr(facts, kind.kind):
        shown = kind.typed(record, facts)
        if (
            not shown
            or (path == "cadences" and record.kind == "session")
            or (path == "ateliers" and record.kind != "session")
        ):
            continue
        record = msgspec.structs.replace(record, version=1)
        answers = kind.check(
            read(fields, {name: list(words) for name, words in untouched(fields, shown).items()}), facts
        )
        assert answers.problems == (), record.code
        assert kind.change(record, answers.values, facts) == record
        assert kind.beside(record, answers.values, facts) == ()


def usual(path, name, facts):
    return next(one.default for one in RESOURCES[path].fields(facts) if one.name == name)


def test_a_site_is_chosen_for_an_authorisation_only_where_one_alone_asks_for_it(facts):
    first, *others = facts.sites
    for asks in (True, False):
        demanding = (
            msgspec.structs.replace(first, demands_accreditation=True),
            *(msgspec.structs.replace(one, demands_accreditation=asks) for one in others),
        )
        known = msgspec.structs.replace(facts, sites=demanding)
        assert usual("autorisations", "site", known) == (() if asks else (first.code,))


def test_a_number_that_no_page_sends_is_no_number_of_things_that_were_added(facts):
    told = words_of(urlencode({"fait": "ajout", "quoi": "absences:", "nombre": "9" * 5000}), facts)
    assert told == words_of(urlencode({"fait": "ajout", "quoi": "absences:"}), facts)


def test_a_volume_is_offered_to_the_first_person_who_has_none(facts):
    first, second, *_ = facts.staff
    given = Volume(code="v", amount=8, referent=first.code)
    assert usual("volumes", "referent", msgspec.structs.replace(facts, volumes=())) == (first.code,)
    assert usual("volumes", "referent", msgspec.structs.replace(facts, volumes=(given,))) == (second.code,)


@pytest.mark.parametrize("path", RESOURCES)
def test_an_empty_form_names_each_field_to_fill(facts, path):
    fields = RESOURCES[path].fields(facts)
    answers = RESOURCES[path].check(read(fields, {}), facts)
    assert {one.field for one in answers.problems} >= {field.name for field in fields if field.required}
