"""A kind of fact with its form: how it is asked, shown again, and turned into a record."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from db.records.base import Fact
from db.records.facts import Facts, FactSet
from service.french_text import initials
from service.pages.forms import Answers, Field, Typed

Values = dict[str, Any]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a change means beyond its form, asked before it is kept: one button an answer, under `name`."""

    name: str
    words: str
    options: tuple[tuple[str, str], ...]


Noted = Mapping[tuple[str, ...], dict[str, tuple[str, ...]]]
"""What is noted of each part, as the form would show it, by the answers that name it."""


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is its part of addresses, `place` the page it belongs to and goes back to.

    `make` turns values into one or several new records, `change` into what a record becomes.
    """

    path: str
    place: str
    kind: str
    """The field of `Facts` that holds such records."""
    new_title: str
    lead: str
    fields: Callable[[Facts], tuple[Field, ...]]
    typed: Callable[[Any, Facts], dict[str, tuple[str, ...]]] = lambda _record, _facts: {}
    make: Callable[[Values, Facts], tuple[Fact, ...]] = lambda _values, _facts: ()
    change: Callable[[Any, Values, Facts], Fact] = lambda record, _values, _facts: record
    check: Callable[[Answers, Facts], Answers] = lambda answers, _: answers
    beside: Callable[[Any, Values, Facts], tuple[Fact, ...]] = lambda _record, _values, _facts: ()
    """What else changes with a record, in the same transaction."""
    asks: Callable[[Any, Values, Facts], Question | None] = lambda _record, _values, _facts: None
    """A question that a change raises; its answer stands in the values under the question's name."""
    whole: Callable[[Values, Facts], FactSet] | None = None
    """For what is kept as one list of the territory: that list with the answers, in the place of `make`."""
    names: tuple[str, ...] = ()
    """For a part that has no form of its own: the fields that name it."""
    present: Callable[[Typed, Facts], dict[str, tuple[str, ...]]] | None = None
    """What is noted now of the part that answers name, as the form would show it."""
    noted: Callable[[Facts], Noted] | None = None
    """All such parts, where the form is also opened before anything is named."""
    one_of_a_name: bool = False
    """Two of one name could not be told apart on the board, in a list."""
    over_after: tuple[str, ...] = ()
    """The fields that tell when such a fact is over, the first that is answered."""
    noted_days_after: int = 0
    """How long after its end a new one may still be noted."""
    preview: Callable[[Values, Facts], str] | None = None
    """What answers without a problem mean, told below the form while it is filled in."""
    take_away: str = ""
    """The words of the button that removes such a fact, or puts it away; empty: it stays."""
    ends: str = ""
    """What else that means, said before it is done; empty where the button says it all."""
    shows: Callable[[Any], bool] = lambda _record: True
    """Whether a record is of this kind where two kinds share one list."""

    def find(self, facts: Facts, code: str) -> Fact | None:
        found: tuple[Fact, ...] = getattr(facts, self.kind)
        return next((one for one in found if one.code == code), None) if self.whole is None else None

    def codes(self, facts: Facts) -> frozenset[str]:
        found: tuple[Fact, ...] = getattr(facts, self.kind)
        return frozenset(one.code for one in found)


def chosen(value: object) -> tuple[str, ...]:
    """A value as a form shows it: a word, or nothing."""
    return () if value in (None, "", False) else (str(value),)


def site_options(facts: Facts) -> tuple[tuple[str, str], ...]:
    ordered = sorted(facts.sites, key=lambda site: site.position)
    return tuple((site.code, site.short_name or site.name) for site in ordered if site.archived_at is None)


def staff_options(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(
        (person.code, initials(person.code) if len(person.code) <= 3 else person.name)
        for person in facts.staff
        if person.archived_at is None
    )


def programme_options(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.name) for one in facts.programmes if one.archived_at is None)
