"""What people call things: words that the planner does not need and the board does."""

from datetime import date

import msgspec

from planner.problem import Cadence, Problem
from service.catalogue import gettext

KIND_WORDS: dict[str, str] = {
    "semi_liberte": "Semi-liberté",
    "sas": "SAS",
    "maison_arret": "Maison d’arrêt",
    "centre_penitentiaire": "Centre pénitentiaire",
    "spip": "SPIP",
    "france_travail": "France Travail",
    "france_services": "France Services",
    "bureau": "Bureau",
    "partenaire": "Partenaire",
}


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """Words by code; every map may be incomplete, the code itself is then shown in a readable way."""

    site_codes: dict[str, str] = {}
    """Two or three letters of a site, unique in the territory."""
    site_kinds: dict[str, str] = {}
    site_titles: dict[str, str] = {}
    """The whole name of a site, as its door says it."""
    rooms: dict[tuple[str, str], str] = {}
    """By site and code."""
    roles: dict[str, str] = {}
    cadences: dict[str, str] = {}
    cadence_codes: dict[str, str] = {}
    promotions: dict[str, str] = {}
    meetings: dict[str, str] = {}
    absences: dict[str, str] = {}
    """The kind of an absence: shown to coordinators only."""
    holidays: dict[date, str] = {}
    order: dict[str, int] = {}
    """The place of a site among the rows; those without come after, by code."""

    @property
    def names(self) -> dict[str, str]:
        """Of cadences and promotions, by code."""
        return {**self.cadences, **self.promotions}

    def site_code(self, site: str, name: str) -> str:
        return self.site_codes.get(site) or short_code(name)

    def room(self, site: str | None, code: str) -> str:
        return self.rooms.get((site or "", code)) or readable(code)

    def site_kind(self, kind: str) -> str:
        return self.site_kinds.get(kind) or gettext(KIND_WORDS.get(kind, readable(kind)))

    def cadence(self, cadence: Cadence) -> str:
        return self.cadences.get(cadence.id) or readable(cadence.id)

    def cadence_code(self, cadence: Cadence) -> str:
        last = self.cadence(cadence).replace("’", " ").replace("'", " ").split(" ")[-1]
        return self.cadence_codes.get(cadence.id) or short_code(last)

    def promotion(self, code: str) -> str:
        return self.promotions.get(code) or readable(code)


def readable(code: str) -> str:
    """`atelier-emploi` is Atelier emploi."""
    words = code.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def short_code(name: str) -> str:
    """Gagny is Ga; La Santé is LS; SAS stays."""
    words = [word for word in name.replace("—", " ").replace("’", " ").split() if word]
    if len(words) == 1:
        return words[0] if words[0].isupper() and len(words[0]) <= 3 else words[0][:2].capitalize()
    return "".join(word[0] for word in words[:2]).upper()


def site_names(problem: Problem) -> dict[str, str]:
    return {site.id: site.name for site in problem.sites}
