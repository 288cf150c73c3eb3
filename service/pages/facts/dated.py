"""Dated lines of a list, and the days off of a territory."""

from datetime import date, timedelta

import msgspec

from db.records.facts import Facts
from service.public_holidays import public_holidays

AHEAD = timedelta(days=400)


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A fact in words, and the code or the end of the address of its form."""

    code: str
    words: str


def days_off(facts: Facts, today_on: date) -> frozenset[date]:
    """Public holidays of the first département with what the territory says otherwise."""
    departement = facts.territory.departements[0] if facts.territory.departements else "75"
    known = set(public_holidays(departement, today_on, today_on + AHEAD))
    added = {one.held_on for one in facts.holidays if one.is_holiday}
    return frozenset(known - {one.held_on for one in facts.holidays} | added)
