"""The month as an XLSX workbook in the shape of the spreadsheet that coordinators come from.

One row a site (then a person), two columns a day, initials in the cells; a third sheet lists every
activity, one a row, with columns whose order never changes: new ones only come at the end.
"""

from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter

from planner.plan import Plan
from service.catalogue import text
from service.french_text import capital, clock, half_day, month_title
from service.pages.board.activities import Activity, activities
from service.pages.board.cells import Cell
from service.pages.board.chips import Words
from service.pages.month_board_view import Board, Facts, Options, month_board

FILLS = {
    "perm": "#cfe5ec",
    "promo": "#e5dbf2",
    "atelier": "#f8e5c2",
    "office": "#ffffff",
    "team": "#e6e8ed",
    "hole": "#fbe9e4",
}
GROUNDS = {"open": "#ffffff", "closed": "#f2f1ec", "shut": "#dddad2", "away": "#dddad2", "holiday": "#dddad2"}
LIST_HEADS = (
    "Date",
    "Demi-journée",
    "Début",
    "Fin",
    "Nature",
    "Quoi",
    "Lieu",
    "Qui",
    "Entretiens pris",
    "Places",
    "Épinglé",
)
KIND_WORDS = {
    "permanence": "Permanence",
    "promotion": "Promotion",
    "workshop": "Atelier",
    "interview": "Entretien",
    "meeting": "Réunion",
}


def workbook(facts: Facts) -> bytes:
    """The three sheets. References of participants are never in it: interviews are counted in the grid."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = _Formats(book)
    for by, name in (("lieu", text("Par lieu")), ("personne", text("Par personne"))):
        board = month_board(facts, msgspec.convert({"by": by}, Options))
        _grid(book.add_worksheet(name), formats, board)
    _list(book.add_worksheet(text("Liste")), formats, facts)
    book.close()
    return target.getvalue()


class _Formats:
    """Cell formats by ground, made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format(
            {"bold": True, "align": "center", "bg_color": "#faf9f6", "border": 1, "border_color": "#c6c7c4"}
        )
        self.name = book.add_format({"bold": True, "border": 1, "border_color": "#c6c7c4"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.date = book.add_format({"num_format": "dd/mm/yyyy"})
        self.cells: dict[str, Any] = {}

    def cell(self, colour: str) -> Any:
        if colour not in self.cells:
            look = {
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "bg_color": colour,
                "border": 1,
            }
            self.cells[colour] = self.book.add_format({**look, "border_color": "#e0dfd8", "font_size": 9})
        return self.cells[colour]


def _grid(sheet: Any, formats: _Formats, board: Board) -> None:
    sheet.write_string(0, 0, capital(month_title(board.first_on)), formats.title)
    sheet.write_string(1, 0, board.verdict)
    column = 1
    for day in (day for week in board.weeks for day in week.days):
        sheet.merge_range(2, column, 2, column + 1, f"{day.letters} {day.on.day}", formats.head)
        for offset, half in enumerate(("am", "pm")):
            sheet.write_string(3, column + offset, half_day(half), formats.head)
        column += 2
    for index, row in enumerate(board.rows):
        sheet.write_string(4 + index, 0, row.name, formats.name)
    _cells(sheet, formats, board)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, column, 6.5)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cells(sheet: Any, formats: _Formats, board: Board) -> None:
    """Writes joined cells as merged ranges; a holiday's band keeps its rows."""
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(board.rows):
        column = 1
        for cell in row.cells:
            while (index, column) in taken:
                column += 1
            colour = FILLS[cell.chips[0].kind] if cell.chips else GROUNDS[cell.ground]
            last = (4 + index + cell.rows - 1, column + cell.columns - 1)
            if cell.rows * cell.columns > 1:
                sheet.merge_range(4 + index, column, *last, _words(cell), formats.cell(colour))
            else:
                sheet.write_string(4 + index, column, _words(cell), formats.cell(colour))
            taken |= {
                (index + down, column + right) for down in range(cell.rows) for right in range(cell.columns)
            }
            column += cell.columns


def _words(cell: Cell) -> str:
    return "\n".join([*(f"{' '.join(chip.lines)} {chip.fact}".strip() for chip in cell.chips)] or [cell.band])


def _list(sheet: Any, formats: _Formats, facts: Facts) -> None:
    words, zone = Words(facts.problem, facts.labels), ZoneInfo(facts.problem.zone)
    sheet.write_row(0, 0, [text(head) for head in LIST_HEADS], formats.head)
    for index, one in enumerate(activities(facts.problem, facts.plan or Plan()), 1):
        sheet.write_datetime(index, 0, one.on, formats.date)
        for column, value in enumerate(_line(words, zone, one), 1):
            sheet.write(index, column, value)
    sheet.set_column(0, len(LIST_HEADS), 14)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, len(LIST_HEADS) - 1)


def _line(words: Words, zone: ZoneInfo, one: Activity) -> list[str | int]:
    edges = [
        clock(at.astimezone(zone).time(), padded=True) if at else "" for at in (one.starts_at, one.ends_at)
    ]
    half = text("journée") if len(one.halves) == 2 else half_day(one.halves[0])
    what = text("Entretien") if one.kind == "interview" else words.title(one)
    counts: list[str | int] = [one.booked, one.places] if one.kind == "permanence" else ["", ""]
    pinned = text("oui") if one.pinned else ""
    return [
        half,
        *edges,
        text(KIND_WORDS[one.kind]),
        what,
        words.site(one.site),
        words.people(one),
        *counts,
        pinned,
    ]
