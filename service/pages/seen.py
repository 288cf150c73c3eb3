"""Which version of which draft a page showed: an edit made on any other is refused, also where both count alike."""

from typing import NamedTuple

from db.records.plan import Plan
from service.pages.form_parts import count_of


class Seen(NamedTuple):
    """A plan by its number in the territory, and how often it had been changed."""

    number: int
    version: int


def seen_of(plan: Plan | None) -> str:
    """12-3, as pages carry it in the field `revision`; empty without a plan."""
    return f"{plan.number}-{plan.version}" if plan else ""


def read_seen(word: str) -> Seen | None:
    """None where the page named none; what is no such word is a plan that nobody has."""
    number, _, version = word.partition("-")
    return Seen(count_of(number) or 0, count_of(version) or 0) if word else None
