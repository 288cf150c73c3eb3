"""What was put away, and how it comes back; what was removed for good is offered again, filled in."""

from urllib.parse import parse_qsl, urlencode

import msgspec

from db.records.base import Fact
from db.records.facts import Facts
from service.catalogue import text
from service.coming_back import is_away
from service.pages.facts.dated import Dated
from service.pages.facts.kinds import RESOURCES
from service.pages.facts.named import named, title_of, what_was_added
from service.pages.facts.resource import Resource
from service.pages.form_parts import count_of


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What was just done. `undo` is the end of the address that takes it back, sent with `version`; `again` of a form filled in."""

    words: str = ""
    undo: str = ""
    version: int = 0
    again: str = ""


def said_of(done: str, about: str, again: str, count: int, facts: Facts) -> Said:
    """`about` is the kind of a fact and its code, `again` what an empty form would be filled with, `count` how many."""
    path, _, code = about.partition(":")
    kind = RESOURCES.get(path)
    record = kind.find(facts, code) if kind else None
    if done == "retrait" and kind is not None:
        if record is None or not is_away(record):
            return Said(words=text("Retiré."), again=f"fiche/{path}/nouveau?{again}" if again else "")
        undo = f"fiche/{path}/{code}/remettre"
        return Said(
            words=text("Retiré : {name}.", name=named(record, facts)), undo=undo, version=record.version
        )
    words = {
        "ajout": what_was_added(path, code, count, facts),
        "changement": text("Enregistré : {name}.", name=title_of(kind, record, facts))
        if kind is not None and record is not None
        else text("Enregistré."),
        "effacement": text("Effacé, pour de bon."),
        "retrait": text("Retiré."),
        "retour": text("C’est remis, tel que c’était."),
    }
    return Said(words=words.get(done, ""))


def words_of(done: str, facts: Facts) -> str:
    """What a list whose address ends with that query would say of what was done; empty when it is no such query."""
    said = dict(parse_qsl(done))
    count = count_of(said.get("nombre", "")) or 0
    return said_of(said.get("fait", ""), said.get("quoi", ""), "", count, facts).words


def filled_again(kind: Resource, record: Fact, facts: Facts) -> str:
    """The query of an empty form that shows what a record held."""
    return urlencode([(name, one) for name, values in kind.typed(record, facts).items() for one in values])


def away_from(place: str, facts: Facts) -> tuple[Dated, ...]:
    """What was put away of the kinds of one page, each with the end of the address of its form."""
    return tuple(
        Dated(code=f"fiche/{kind.path}/{record.code}", words=title_of(kind, record, facts))
        for kind in RESOURCES.values()
        if kind.place == place and kind.take_away
        for record in getattr(facts, kind.kind)
        if is_away(record) and kind.shows(record)
    )
