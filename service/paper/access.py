"""The words of a site's access list: one page, changed lines marked, never a participant."""

from datetime import date

import msgspec

from service.catalogue import counted, text
from service.french_text import capital, clock_text, day_date, month_title
from service.sites.access import MarkedLine
from service.sites.access_csv import MARK_WORDS


class AccessRow(msgspec.Struct, frozen=True, kw_only=True):
    cells: tuple[str, ...]
    mark: str
    gone: bool


class AccessSheet(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    organisation: str
    month: str
    version: str
    heads: tuple[str, ...]
    rows: tuple[AccessRow, ...]
    summary: str
    foot: tuple[str, ...]


def access_sheet(
    site: str, organisation: str, month_on: date, number: int, lines: tuple[MarkedLine, ...], contact: str
) -> AccessSheet:
    changed = sum(one.mark != "same" for one in lines)
    people = {one.line.name for one in lines if one.mark != "gone"}
    return AccessSheet(
        title=text("Liste d’accès : {site}", site=site),
        organisation=organisation,
        month=capital(month_title(month_on)),
        version=str(number),
        heads=tuple(map(text, ("Date", "Heures", "Nom", "Fonction", "Matériel", "Objet", "Changement"))),
        rows=tuple(map(_row, lines)),
        summary=", ".join(
            (
                counted("{n} personne", "{n} personnes", len(people)),
                counted("{n} ligne changée", "{n} lignes changées", changed)
                if changed
                else text("rien de changé depuis la version précédente")
                if number > 1
                else text("première version"),
            )
        ),
        foot=tuple(
            line
            for line in (
                text("Si une version plus récente arrive, elle remplace celle-ci."),
                text("Un empêchement ? {contact}", contact=contact) if contact else "",
            )
            if line
        ),
    )


def _row(one: MarkedLine) -> AccessRow:
    line = one.line
    hours = f"{clock_text(line.start)} – {clock_text(line.end)}"
    return AccessRow(
        cells=(capital(day_date(line.on)), hours, line.name, line.function, line.material, line.purpose),
        mark=MARK_WORDS[one.mark],
        gone=one.mark == "gone",
    )
