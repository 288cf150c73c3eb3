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
