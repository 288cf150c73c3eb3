"""The texts of the interface can be taken out for translation: calls, constants, plurals; and a catalogue is used."""

import re
from pathlib import Path

import pytest

from service import catalogue as texts
from service.extract_messages import ROOT, catalogue, sentences

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found():
    return catalogue()


@pytest.mark.parametrize(
    "message",
    [
        "Annuler aujourd’hui",
        "{n} règle serait enfreinte",
        "Pris. Flèches pour choisir, N pour la meilleure place, Entrée pour déposer, Échap pour remettre.",
        "Absence non excusée",
        "Encore disponibles",
    ],
)
def test_a_text_is_in_the_template_of_translators(found, message):
    assert found.get(message) is not None


def test_a_plural_is_one_message_with_two_forms(found):
    message = found.get("{n} règle serait enfreinte")
    assert message.id == ("{n} règle serait enfreinte", "{n} règles seraient enfreintes")


def test_every_call_of_a_template_is_extracted(found):
    """Whatever stands between _(" and its end is known."""
    called = re.compile(r'\b_\("((?:[^"\\]|\\.)*)"')
    missing = [
        (path.name, words)
        for path in sorted(ROOT.rglob("*.html"))
        for words in called.findall(path.read_text())
        if found.get(words) is None
    ]
    assert missing == []


A_NUMBER_OF = re.compile(
    r"\{\w+\} (?!mois|fois|rendez-vous|parcours|vous|dans|vers|depuis|les|sans|après)[a-zà-ÿ-]+s\b"
)
NEVER_ONE = {
    "{site} : {n} dates impossibles",  # one is named instead
    "{n} dates",
    "{n} personnes",  # more than are named one by one
    "{n} besoins : {things}",
    "Donnez votre référence de la personne ({n} signes, jamais un nom), un besoin, vos initiales et votre téléphone. Rien d’autre ne s’écrit sur la personne : pour le reste, l’association vous rappelle.",
    "{n} jours de la semaine",
    "toute l’équipe ({n} personnes)",
    "{who} et {n} autres",
    "{hour} ({n} places)",
    "{n} places",
    "Retenir une place ({n} libres)",
    "à {n} jours d’écart au moins",
    "toutes les {n} semaines",
    "toutes les {w} semaines",
    "{n} réponses contiennent ces mots : précisez",
    "{n} jours au plus pour des demi-journées",  # settings of ours, larger than one
    "On suppose au plus {n} faits à la fois : retirez-en un.",
    "{lines} lignes au plus, {signs} caractères chacune",
    "{most} caractères au plus",
    "{most} caractères au plus par compétence",
    "Les {n} semaines qui viennent",
    "Aucune demande dans les {n} dernières semaines.",
    "Rendez-vous des {n} dernières semaines et des {m} qui viennent.",
    "- {site} : {free} en {weeks} semaines, demande habituelle {usual}, {placed}",
    "Connexion perdue. Vos {n} derniers changements attendent ici.",  # the script has a sentence for one
}


def test_what_is_counted_has_a_form_for_one(found):
    """« 1 minutes » cannot be said: a plural after a number is the second form of a message, or never told of one."""
    constants = {words for path in ROOT.rglob("*.py") for _, words in sentences(path.read_text())}
    alone = {one.id for one in found if isinstance(one.id, str) and A_NUMBER_OF.search(one.id)} - constants
    assert alone == NEVER_ONE


def test_codes_and_patterns_in_constants_are_no_messages():
    source = 'KINDS = {"leave": "Congé", "a_b": "x"}\nPATTERN = "^[a-z]+$"\nlower = "Pas une constante"'
    assert [words for _, words in sentences(source)] == ["Congé"]


def test_a_catalogue_of_another_language_is_read_as_it_is(tmp_path: Path, monkeypatch):
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid "Matin"\nmsgstr "Mañana"\n', encoding="utf-8")
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    texts.translations.cache_clear()
    assert texts.translations("es").gettext("Matin") == "Mañana"
    texts.translations.cache_clear()
