"""Public holidays of a département: Alsace, Moselle and overseas have days of their own."""

from datetime import date
from functools import cache

import holidays

ALSACE, MOSELLE = "6AE", "57"
SUBDIVISION_OF = {
    "57": MOSELLE,
    "67": ALSACE,
    "68": ALSACE,
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
"""Départements with holidays of their own, by the name that `holidays` gives them."""


def public_holidays(departement: str, first_on: date, last_on: date) -> dict[date, str]:
    """The French names of the public holidays between two dates, both included, in order."""
    found: dict[date, str] = {}
    for year in range(first_on.year, last_on.year + 1):
        found |= _of_year(departement, year)
    return {on: name for on, name in sorted(found.items()) if first_on <= on <= last_on}


@cache
def _of_year(departement: str, year: int) -> dict[date, str]:
    subdivision = SUBDIVISION_OF.get(departement)
    found = holidays.country_holidays("FR", subdiv=subdivision, years=year, language="fr")
    return {on: name.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") for on, name in found.items()}
