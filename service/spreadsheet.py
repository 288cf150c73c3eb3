"""The month as an XLSX workbook in the shape of the spreadsheet that coordinators come from.

One row a site (then a person), two columns a day, initials in the cells; a third sheet lists every
activity, one a row, with columns whose order never changes: new ones only come at the end.
"""

from datetime import date
from io import BytesIO
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter

from planner.plan import Plan
from service.catalogue import text
from service.french_text import capital, half_day, month_title
from service.pages.board.activities import Activity, activities
from service.pages.board.cells import Cell, Chip, Row
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
LIST_WIDTHS = (11, 14, 9, 9, 13, 42, 20, 18, 15, 8, 9)
FIRST_ROW = 4
LINE_POINTS = 13
LEGENDS = {
    "lieu": "Initiales, puis entretiens pris sur places. S3 : troisième séance d’une promotion. Chiffre seul : entretiens au "
    "bureau. Éq : réunion, et combien de personnes. ? : besoin non placé. Gris : fermé, férié.",
    "personne": "Chiffre seul : entretiens au bureau. Éq : réunion. At : atelier. Gris : férié ou absent. Lieux : {codes}.",
}
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
        title = f"{capital(month_title(board.first_on))}{_version(facts)}"
        legend = text(LEGENDS[by], codes=_codes(facts))
        _grid(book.add_worksheet(name), formats, board, title, legend)
    _list(book.add_worksheet(text("Liste")), formats, facts)
    book.close()
    return target.getvalue()


def _version(facts: Facts) -> str:
    """Said in the title while it is not what everybody sees."""
    version = facts.version
    if version is not None and version.is_draft:
        return text(", brouillon {version}", version=version.numbered)
    if version is not None and version.state == "superseded":
        return text(", version {n}, remplacée depuis", n=version.number)
    return ""


def _codes(facts: Facts) -> str:
    """CG CSL Gagny, QS QSL Santé"""
    known = sorted((facts.labels.site_code(one.id, one.name), one.name) for one in facts.problem.sites)
    return ", ".join(f"{code} {name}" for code, name in known)


class _Formats:
    """Cell formats by ground, made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format(
            {"bold": True, "align": "center", "bg_color": "#faf9f6", "border": 1, "border_color": "#c6c7c4"}
        )
        self.small = book.add_format({"font_size": 9, "font_color": "#47526a"})
        self.hour = book.add_format({"num_format": 'h" h "mm', "align": "left"})
        thin = {"border": 1, "border_color": "#c6c7c4"}
        self.half = book.add_format({"align": "center", "font_size": 7, "bg_color": "#faf9f6", **thin})
        self.name = book.add_format({"bold": True, "valign": "vcenter", **thin})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.date = book.add_format({"num_format": "dd/mm/yyyy"})
        self.cells: dict[tuple[str, bool], Any] = {}

    def cell(self, colour: str, *, first: bool) -> Any:
        """`first` begins a week: a stronger line stands before it."""
        if (colour, first) not in self.cells:
            look = {"align": "center", "valign": "vcenter", "text_wrap": True, "font_size": 9}
            edges = {"border": 1, "border_color": "#e0dfd8"}
            week = {"left": 2, "left_color": "#7d8494"} if first else {}
            self.cells[colour, first] = self.book.add_format({**look, "bg_color": colour, **edges, **week})
        return self.cells[colour, first]


def _grid(sheet: Any, formats: _Formats, board: Board, title: str, legend: str) -> None:
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, board.verdict)
    column = 1
    for day in (day for week in board.weeks for day in week.days):
        sheet.merge_range(2, column, 2, column + 1, f"{day.letters} {day.on.day}", formats.head)
        for offset, half in enumerate(("am", "pm")):
            sheet.write_string(3, column + offset, half_day(half), formats.half)
        column += 2
    for index, row in enumerate(board.rows):
        sheet.write_string(FIRST_ROW + index, 0, row.name, formats.name)
        sheet.set_row(FIRST_ROW + index, LINE_POINTS * max(2, _most_lines(row)))
    _cells(sheet, formats, board)
    sheet.write_string(FIRST_ROW + len(board.rows) + 1, 0, legend, formats.small)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, column - 1, 6.5)
    sheet.freeze_panes(FIRST_ROW, 1)
    _print_on_one_page_wide(sheet, (2, 3), (FIRST_ROW + len(board.rows) + 1, column - 1))


def _most_lines(row: Row) -> int:
    return max((_words(cell).count("\n") + 1 for cell in row.cells), default=1)


def _print_on_one_page_wide(sheet: Any, heads: tuple[int, int], last: tuple[int, int]) -> None:
    """A4 across; rows `heads` and the first column come again on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.print_area(0, 0, *last)
    sheet.repeat_rows(*heads)
    sheet.repeat_columns(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _cells(sheet: Any, formats: _Formats, board: Board) -> None:
    """Writes joined cells as merged ranges; a holiday's band keeps its rows."""
    taken: set[tuple[int, int]] = set()
    weeks = set(accumulate((2 * len(week.days) for week in board.weeks), initial=1))
    for index, row in enumerate(board.rows):
        column = 1
        for cell in row.cells:
            while (index, column) in taken:
                column += 1
            colour = FILLS[cell.chips[0].kind] if cell.chips else GROUNDS[cell.ground]
            look = formats.cell(colour, first=column in weeks)
            last = (FIRST_ROW + index + cell.rows - 1, column + cell.columns - 1)
            if cell.rows * cell.columns > 1:
                sheet.merge_range(FIRST_ROW + index, column, *last, _words(cell), look)
            else:
                _write(sheet, (FIRST_ROW + index, column), _words(cell), look)
            taken |= {
                (index + down, column + right) for down in range(cell.rows) for right in range(cell.columns)
            }
            column += cell.columns


def _write(sheet: Any, place: tuple[int, int], words: str, look: Any) -> None:
    """A count is a number that a spreadsheet adds up."""
    if words.isdecimal():
        sheet.write_number(*place, int(words), look)
    else:
        sheet.write_string(*place, words, look)


def _words(cell: Cell) -> str:
    return "\n".join([*map(_chip_words, cell.chips)] or [cell.band])


def _chip_words(chip: Chip) -> str:
    lines = chip.lines or ((text("Éq"),) if chip.kind == "team" else ())
    return f"{' '.join(lines)} {chip.fact}".strip()


def _list(sheet: Any, formats: _Formats, facts: Facts) -> None:
    words, zone = Words(facts.problem, facts.labels), ZoneInfo(facts.problem.zone)
    sheet.write_row(0, 0, [text(head) for head in LIST_HEADS], formats.head)
    every = sorted(activities(facts.problem, facts.plan or Plan()), key=_by_clock)
    for index, one in enumerate(every, 1):
        sheet.write_datetime(index, 0, one.on, formats.date)
        for column, at in ((2, one.starts_at), (3, one.ends_at)):
            if at is not None:
                sheet.write_datetime(index, column, at.astimezone(zone).time(), formats.hour)
        for column, value in _line(words, one).items():
            sheet.write(index, column, value)
    for column, width in enumerate(LIST_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, len(LIST_HEADS) - 1)
    _print_on_one_page_wide(sheet, (0, 0), (len(every), len(LIST_HEADS) - 1))


def _by_clock(one: Activity) -> tuple[date, bool, float, str]:
    """What has no hour comes last of its day."""
    return one.on, one.starts_at is None, one.starts_at.timestamp() if one.starts_at else 0.0, one.key


def _line(words: Words, one: Activity) -> dict[int, str | int]:
    """Words by column; hours are written as hours."""
    half = text("journée") if len(one.halves) == 2 else half_day(one.halves[0])
    what = text("Entretien") if one.kind == "interview" else words.title(one)
    told: dict[int, str | int] = {1: half, 4: text(KIND_WORDS[one.kind]), 5: what, 6: words.site(one.site)}
    told |= {7: words.people(one), 10: text("oui") if one.pinned else ""}
    return told | ({8: one.booked, 9: one.places} if one.kind == "permanence" else {})
