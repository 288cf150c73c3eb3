"""Where a fact that a repair supposes is written down: the form, filled in as far as the repair tells."""

import re
from typing import NamedTuple
from urllib.parse import urlencode

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

PAGES: dict[str, str] = {
    "fiche/autorisations/nouveau": "Noter cette autorisation",
    "fiche/lieux": "Changer ce lieu",
    "fiche/cadences": "Changer cette cadence",
    "equipe": "Changer cette absence",
    "promotions": "Changer cette promotion",
    "personnes": "Changer cet entretien",
}
"""Pages, by how their addresses in the territory begin, with the words of the link that leads there."""
ADDRESS = re.compile(r"(fiche/[a-z]+|[a-z]+)(/[\w.-]+)?(\?[\w.=&%+-]*)?")


class ToNote(NamedTuple):
    address: str
    label: str


def where_noted(change: FactChange | None) -> str:
    """The page's address inside the territory; empty when nothing is supposed."""
    match change:
        case StaffAuthorised(staff=staff, site=site):
            return "fiche/autorisations/nouveau?" + urlencode({"staff": staff, "site": site})
        case SiteOpens(site=str(site)) | MorePlaces(site=str(site)):
            return f"fiche/lieux/{site}"
        case MorePlaces(cadence=str(cadence)) | CloserDates(cadence=str(cadence)):
            return f"fiche/cadences/{cadence}"
        case StaffBack():
            return "equipe"
        case LongerWindow(promotion=str()) | CloserDates(promotion=str()):
            return "promotions"
        case LongerWindow() | CloserDates() | OtherStaff():
            return "personnes"
        case _:
            return ""


def to_note(asked: str) -> ToNote | None:
    """The link, from the end of an address that somebody may have typed; None for what is no such page."""
    if not ADDRESS.fullmatch(asked):
        return None
    for begins, label in PAGES.items():
        if asked == begins or asked.startswith((f"{begins}/", f"{begins}?")):
            return ToNote(asked, text(label))
    return None
