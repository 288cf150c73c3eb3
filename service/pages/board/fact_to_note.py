"""Where a fact that a repair supposes is written down: the form of the thing, filled in as far as the repair tells."""

import re
from typing import NamedTuple
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from db.records.facts import Facts
from planner.fact_changes import (
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteOpens,
    StaffAuthorised,
    StaffBack,
)
from service.catalogue import text
from service.pages.facts.step_form import step_question

PAGES: dict[str, str] = {
    "fiche/autorisations/nouveau": "Noter cette autorisation",
    "fiche/lieux": "Changer ce lieu",
    "fiche/cadences": "Changer cette cadence",
    "fiche/absences": "Changer cette absence",
    "fiche/seances/nouveau": "Changer cette séance",
    "fiche/promotions": "Changer cette promotion",
    "fiche/entretiens": "Changer cet entretien",
    "fiche/personnes": "Changer ce parcours",
    "fiche/volumes": "Changer ce volume",
    "equipe": "Changer cette absence",
    "promotions": "Changer cette promotion",
    "personnes": "Changer cet entretien",
}
"""Pages, by how their addresses in the territory begin, with the words of the link that leads there."""
ADDRESS = re.compile(r"(fiche/[a-z]+|[a-z]+)(/[\w.%-]+)?(\?[\w.=&%+-]*)?")


class ToNote(NamedTuple):
    address: str
    label: str


def where_noted(change: FactChange | None, facts: Facts) -> str:
    """The page's address inside the territory, a list where no form is known; empty when nothing is supposed."""
    match change:
        case StaffAuthorised(staff=staff, site=site):
            return authorisation_form(staff, site)
        case SiteOpens(site=str(site)) | MorePlaces(site=str(site)):
            return f"fiche/lieux/{site}"
        case MorePlaces(cadence=str(cadence)) | CloserDates(cadence=str(cadence)):
            return f"fiche/cadences/{cadence}"
        case StaffBack():
            return _absence(change, facts)
        case LongerWindow(promotion=str(promotion)) | CloserDates(promotion=str(promotion)):
            return _promotion(promotion, change.sequence or "", facts)
        case LongerWindow(need=str(need)) | CloserDates(need=str(need)) | OtherStaff(need=need):
            return _need(need, facts)
        case _:
            return ""


def authorisation_form(staff: str, site: str) -> str:
    """The page's address inside the territory: who may enter and where are filled in."""
    return "fiche/autorisations/nouveau?" + urlencode({"staff": staff, "site": site})


def _absence(back: StaffBack, facts: Facts) -> str:
    zone = ZoneInfo(facts.territory.zone)
    for one in facts.absences:
        starts_on, ends_on = (at.astimezone(zone).date() for at in (one.starts_at, one.ends_at))
        if one.staff == back.staff and starts_on <= back.on <= ends_on:
            return f"fiche/absences/{quote(one.code, safe='')}"
    return "equipe"


def _promotion(code: str, sequence: str, facts: Facts) -> str:
    """Dates are those of the session; without one they are the promotion's."""
    for one in facts.promotions:
        if one.code == code:
            step = next((step for step in one.sequences if step.code == sequence), None)
            return step_question(one, step) if step else f"fiche/promotions/{quote(code, safe='')}"
    return "promotions"


def _need(need: str, facts: Facts) -> str:
    """What was typed has a form of its own; what follows from a rhythm is changed with the path or the volume."""
    if any(one.code == need and one.origin == "typed" for one in facts.needs):
        return f"fiche/entretiens/{quote(need, safe='')}"
    source, _, kind = need.rpartition("/")[0].partition("/")
    for path in facts.paths:
        if (path.participant, path.kind) == (source, kind) and path.rhythm is not None:
            return f"fiche/personnes/{quote(path.code, safe='')}"
    if any(one.code == source for one in facts.volumes):
        return f"fiche/volumes/{quote(source, safe='')}"
    return "personnes"


def to_note(asked: str) -> ToNote | None:
    """The link, from the end of an address that somebody may have typed; None for what is no such page."""
    if not ADDRESS.fullmatch(asked):
        return None
    for begins, label in PAGES.items():
        if asked == begins or asked.startswith((f"{begins}/", f"{begins}?")):
            return ToNote(asked, text(label))
    return None
