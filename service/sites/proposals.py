"""The dates that a month proposes to a site: what is published there, and what a draft would add. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db.records.assignment import Assignment
from db.records.cadence import Cadence
from db.records.plan import PlanItem
from db.records.site_answer import SiteAnswer

Half = tuple[date, str | None]


class Proposal(NamedTuple):
    """One half-day at the site (None: the whole day)."""

    on: date
    half_day: str | None


def proposals(
    site: str, published: Iterable[Assignment], draft: Iterable[PlanItem], cadences: Iterable[Cadence]
) -> list[Proposal]:
    """In order, each half-day once; interviews and office half-days are nothing to agree to."""
    homes = {one.code: one.site for one in cadences}
    kinds = ("permanence", "session")
    found = {
        Proposal(one.held_on, one.half_day)
        for one in published
        if one.site == site and one.kind in kinds and one.status != "cancelled"
    }
    found |= {
        Proposal(one.held_on, one.half_day)
        for one in draft
        if one.kind in kinds and (one.site_code or homes.get(one.cadence_code or "")) == site
    }
    return sorted(found, key=lambda one: (one.on, one.half_day or ""))


def unasked(wanted: Iterable[Proposal], known: Iterable[SiteAnswer]) -> list[Proposal]:
    """Those of which the site was not asked yet."""
    asked = {(one.proposed_on, one.half_day) for one in known}
    return [one for one in wanted if (one.on, one.half_day) not in asked]
