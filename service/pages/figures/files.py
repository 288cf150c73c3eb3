"""What may leave the association: cells of five people at least, as CSV and XLSX; new columns only come at the end."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO

import xlsxwriter

from service.catalogue import text
from service.indicators import Cell

HEADS = (
    "Mois",
    "Dispositif",
    "Lieu",
    "Nature",
    "Prévus",
    "Honorés",
    "Manqués",
    "Excusés",
    "Annulés par nous",
    "Annulés par le lieu",
    "Annulés par la personne",
    "À renseigner",
    "Heures tenues",
    "Personnes distinctes",
)
KINDS = {"diagnostic": "Diagnostic", "suivi": "Suivi", "bilan": "Bilan", "session": "Séance collective"}
Names = dict[str, str]


def as_csv(cells: Iterable[Cell], programmes: Names, sites: Names) -> bytes:
    """Semicolons and a byte-order mark: the file opens as it is in a French spreadsheet."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([text(head) for head in HEADS])
    writer.writerows(_lines(cells, programmes, sites))
    return out.getvalue().encode("utf-8-sig")


def as_workbook(cells: Iterable[Cell], programmes: Names, sites: Names) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet, bold = book.add_worksheet(text("Indicateurs")), book.add_format({"bold": True})
    sheet.write_row(0, 0, [text(head) for head in HEADS], bold)
    for row, line in enumerate(_lines(cells, programmes, sites), 1):
        sheet.write_row(row, 0, line)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return target.getvalue()


def _lines(cells: Iterable[Cell], programmes: Names, sites: Names) -> Iterator[list[str | int | float]]:
    merged = text("regroupé")
    for one in cells:
        yield [
            f"{one.month_on:%Y-%m}" if one.month_on else merged,
            _plain(programmes.get(one.programme or "", one.programme or merged)),
            _plain(sites.get(one.site or "", one.site or merged)),
            text(KINDS.get(one.kind or "", one.kind or merged)),
            one.planned,
            one.honoured,
            one.missed,
            one.excused,
            one.cancelled_by_us,
            one.cancelled_by_site,
            one.cancelled_by_person,
            one.unrecorded,
            round(one.minutes_held / 60, 1),
            one.people,
        ]


def _plain(word: str) -> str:
    """A name that a spreadsheet would take for a formula is written as text."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@")) else word
