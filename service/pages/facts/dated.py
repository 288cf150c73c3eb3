"""Dated lines of a list, and the days off of a territory."""

from datetime import date, timedelta

import msgspec

from db.records.facts import Facts
from service.catalogue import text
from service.public_holidays import public_holidays

AHEAD = timedelta(days=400)


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A fact in words, and the code or the end of the address of its form."""

    code: str
    words: str


def days_off(facts: Facts, today_on: date) -> frozenset[date]:
    """Public holidays of the coming months with what the territory says otherwise."""
    return frozenset(named_days_off(facts, today_on, today_on + AHEAD))


def named_days_off(facts: Facts, first_on: date, last_on: date) -> dict[date, str]:
    """Names of the public holidays of the first département, both dates included, with what the territory says otherwise."""
    departement = facts.territory.departements[0] if facts.territory.departements else "75"
    known = public_holidays(departement, first_on, last_on)
    said = {one.held_on: one for one in facts.holidays if first_on <= one.held_on <= last_on}
    kept = {on: name for on, name in known.items() if on not in said}
    return kept | {on: one.name or text("Jour férié") for on, one in said.items() if one.is_holiday}
