"""A form that somebody else was faster with: what is kept stands beside what was typed, only where the two differ."""

from service.pages.forms import Field
from service.pages.stale import differing

FIELDS = (
    Field(name="name", label="Nom"),
    Field(name="kind", label="Nature", kind="select", options=(("sas", "SAS"), ("spip", "SPIP"))),
    Field(name="skills", label="Compétences", kind="checks", options=(("sport", "sport"), ("art", "art"))),
    Field(
        name="pattern",
        label="Semaine",
        kind="pattern",
        options=(("", "—"), ("field", "Terrain"), ("office", "Bureau")),
    ),
    Field(name="note", label="Note", kind="textarea"),
)
KEPT = {
    "name": ("Gagny",),
    "kind": ("sas",),
    "skills": ("sport", "art"),
    "pattern": ("1-am-field", "1-pm-office", "3-am-field"),
    "note": ("une\ndeux",),
}


def test_what_is_the_same_is_not_told_whatever_its_order_and_breaks():
    same = {**KEPT, "skills": ("art", "sport"), "note": ("une\r\ndeux",), "pattern": ("", *KEPT["pattern"])}
    assert differing(FIELDS, same, KEPT) == {}


def test_each_kind_of_answer_is_told_in_the_words_of_the_form():
    typed = {
        "name": ("Gagny Nord",),
        "kind": ("spip",),
        "skills": ("sport",),
        "pattern": ("1-am-office", "1-pm-office", "2-am-field"),
        "note": ("x",),
    }
    assert differing(FIELDS, typed, KEPT) == {
        "name": "Gagny",
        "kind": "SAS",
        "skills": "sport et art",
        "pattern": "lundi matin (terrain), mardi matin (rien) et mercredi matin (terrain)",
        "note": "une\ndeux",
    }


def test_nothing_is_said_and_a_long_text_is_cut():
    kept = {"name": (), "note": ("x" * 500,)}
    told = differing(FIELDS, {"name": ("Gagny",), "note": ("y",)}, kept)
    assert told["name"] == "rien"
    assert told["note"].endswith("x…")
