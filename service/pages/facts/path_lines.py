"""Paths as the page of participants lists them."""

import msgspec

from db.records.facts import Facts
from service.catalogue import text
from service.french_text import initials
from service.pages.facts.rhythms import rhythm_words


class PathLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    reference: str
    programme: str
    referent: str
    rhythm: str
    state: str

    def answers(self, sought: str) -> bool:
        """Whether the words are found in what tells who it is."""
        told = f"{self.reference} {self.programme} {self.referent}".casefold()
        return sought.casefold() in told


def paths(facts: Facts) -> tuple[PathLine, ...]:
    programmes = {one.code: one.name for one in facts.programmes}
    gone = {one.code for one in facts.participants if one.erased_at is not None}
    states = {"running": text("en cours"), "suspended": text("suspendu"), "ended": text("terminé")}
    return tuple(
        PathLine(
            code=one.code,
            reference=one.participant,
            programme=programmes.get(one.programme, one.programme),
            referent=initials(one.referent) if one.referent else "—",
            rhythm=rhythm_words(one.rhythm),
            state=states[one.state],
        )
        for one in sorted(facts.paths, key=lambda one: (one.referent or "~", one.participant))
        if one.participant not in gone
    )
