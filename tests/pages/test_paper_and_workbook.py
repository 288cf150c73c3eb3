"""Sheets and workbook: words are there, one page is one page, nothing of a participant."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import msgspec
import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from PIL import Image
from pypdf import PdfReader

from service.catalogue import NBSP
from service.pages.board.version import Version
from service.pages.month_board_view import Facts, Options, month_board
from service.paper.day import day_sheets
from service.paper.month_sheet import month_sheet
from service.paper.presences import Around, Heading, presences
from service.paper.printing import pdf, png
from service.paper.registers import permanence_sheets, sign_in_sheets
from service.spreadsheet import LIST_HEADS, workbook
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem, six_weeks

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HEADING = Heading(organisation="L’association", contact="Coordination", version="Version 2.")


@pytest.fixture(scope="module")
def facts():
    return Facts(problem=sample_problem(), plan=sample_plan(), labels=LABELS, version=Version(number=3))


def text_of(body):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages).replace("\n", " ")


def test_a_presence_sheet_is_one_page_a_site_and_week(facts):
    words = presences(facts.problem, facts.plan, LABELS, HEADING, [date(2026, 12, 14)])
    body = pdf("presences", words, NOW)
    assert len(PdfReader(BytesIO(body)).pages) == len(words.sheets) == 7
    assert "Promotion 7, séance 5 sur 7" in text_of(body)
    assert "besoin-" not in text_of(body)


def test_the_last_week_of_a_month_shows_the_days_and_the_next_week_of_the_following_one(facts):
    whole, plan, last_on = facts.problem, facts.plan, date(2026, 12, 9)
    cut = msgspec.structs.replace(whole, last_on=last_on, holidays=())
    early = msgspec.structs.replace(
        plan,
        permanences=tuple(one for one in plan.permanences if one.on <= last_on),
        sessions=tuple(one for one in plan.sessions if one.starts_at.date() <= last_on),
        interviews=tuple(one for one in plan.interviews if one.starts_at.date() <= last_on),
    )
    week = [date(2026, 12, 7)]
    expected = presences(whole, plan, LABELS, HEADING, week).sheets
    covered = frozenset(date(2026, 12, day) for day in range(1, 32))
    assert presences(cut, early, LABELS, HEADING, week, Around(whole, plan, covered)).sheets == expected
    assert presences(cut, early, LABELS, HEADING, week).sheets != expected


def test_days_for_which_nothing_is_published_say_so(facts):
    week, last_on = [date(2026, 12, 7)], date(2026, 12, 9)
    cut = msgspec.structs.replace(facts.problem, last_on=last_on)
    whole = Around(facts.problem, facts.plan)
    (sheet, *_) = presences(cut, facts.plan, LABELS, HEADING, week, whole).sheets
    assert [day.nobody for day in sheet.days] == ["Aucune présence"] * 3 + ["Pas encore publié"] * 2
    assert "Pas encore publié" in text_of(
        pdf("presences", presences(cut, None, LABELS, HEADING, week, whole), NOW)
    )


def test_a_door_reads_whole_names_of_sites_and_rooms(facts):
    site = facts.problem.sites[0]
    rooms = {(one.site, one.room): "salle des Peupliers" for one in facts.plan.sessions if one.room}
    labels = msgspec.structs.replace(
        LABELS, site_titles={one.id: f"Maison de {one.name}" for one in facts.problem.sites}, rooms=rooms
    )
    words = presences(facts.problem, facts.plan, labels, HEADING, [date(2026, 12, 7), date(2026, 12, 14)])
    said = text_of(pdf("presences", words, NOW))
    assert f"Maison de {site.name}" in said
    assert "salle des Peupliers" in said


def test_the_same_words_give_the_same_bytes(facts):
    words = permanence_sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 16))
    assert pdf("register", words, NOW) == pdf("register", words, NOW)


def test_the_sheet_of_a_permanence_lists_its_slots(facts):
    body = pdf(
        "register", permanence_sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 16)), NOW
    )
    words = text_of(body).replace("\N{NO-BREAK SPACE}", " ")
    assert all(hour in words for hour in ("9 h 00", "9 h 45", "10 h 30", "11 h 15"))
    assert all(head in words for head in ("Présence", "Signature", "Prochaine date"))


def test_a_day_is_one_document_who_is_where_then_its_sheets(facts):
    words = day_sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 16))
    body = pdf("register", words, NOW)
    assert len(PdfReader(BytesIO(body)).pages) == len(words.sheets)
    overview, *sheets = words.sheets
    assert overview.title == "La journée"
    assert {"Signature", "Repère"} <= {column.name for sheet in sheets for column in sheet.columns}
    assert len(overview.rows) > len(sheets) > 1


def test_one_s_own_day_holds_nothing_of_colleagues(facts):
    mine = day_sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 16), staff="NK")
    everybody = day_sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 16))
    assert 0 < len(mine.sheets[0].rows) < len(everybody.sheets[0].rows)
    assert all("N.K." in line.cells[3] for line in mine.sheets[0].rows)


@pytest.mark.parametrize("sheets", [permanence_sheets, sign_in_sheets, day_sheets])
def test_a_day_without_anything_says_so_on_a_page(facts, sheets):
    words = sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 13))
    body = pdf("register", words, NOW)
    assert len(PdfReader(BytesIO(body)).pages) == 1
    assert "ce jour" in text_of(body)


def test_the_sign_in_sheet_has_a_line_for_every_seat(facts):
    words = sign_in_sheets(facts.problem, facts.plan, LABELS, HEADING, date(2026, 12, 16))
    assert [len(sheet.rows) for sheet in words.sheets] == [12]


def test_the_month_is_one_landscape_page_with_ink_on_it(facts):
    board = month_board(facts, Options())
    assert len(PdfReader(BytesIO(pdf("month", month_sheet(board, "Île-de-France"), NOW))).pages) == 1
    picture = Image.open(BytesIO(png("month", month_sheet(board, "Île-de-France"), NOW))).convert("L")
    assert picture.width > picture.height
    dark = sum(picture.histogram()[:128])
    assert dark > 5_000


def test_the_workbook_has_the_shape_of_their_spreadsheet(facts):
    book = openpyxl.load_workbook(BytesIO(workbook(facts)))
    assert book.sheetnames == ["Par lieu", "Par personne", "Liste"]
    grid = book["Par lieu"]
    assert [cell.value for cell in grid[3]][1:5] == ["ma 1", None, "me 2", None]
    assert grid.cell(row=5, column=1).value == "Gagny"
    assert grid.cell(row=5, column=6).value == "A.R. 4/4"
    assert "brouillon v3" in grid["A1"].value
    assert (grid.freeze_panes, grid.print_title_rows) == ("B5", "$3:$4")
    assert grid.print_area.startswith("'Par lieu'!$A$1:")


def test_the_list_is_sorted_by_hours_that_a_spreadsheet_can_count_with(facts):
    rows = list(
        openpyxl.load_workbook(BytesIO(workbook(facts)))["Liste"].iter_rows(min_row=2, values_only=True)
    )
    timed = [(row[0], row[2]) for row in rows if row[2] is not None]
    assert timed
    assert all(isinstance(start, time) for _, start in timed)
    assert timed == sorted(timed)


def test_an_hour_told_in_another_zone_stands_where_it_is(facts):
    abroad = [
        msgspec.structs.replace(one, starts_at=one.starts_at.astimezone(UTC)) for one in facts.plan.interviews
    ]
    plan = msgspec.structs.replace(facts.plan, interviews=tuple(abroad))
    book = openpyxl.load_workbook(BytesIO(workbook(msgspec.structs.replace(facts, plan=plan))))
    timed = [(row[0], row[2]) for row in book["Liste"].iter_rows(min_row=2, values_only=True) if row[2]]
    assert timed == sorted(timed)


@pytest.mark.parametrize("by", ["lieu", "personne"])
def test_each_cell_of_the_workbook_is_that_of_the_board(facts, by):
    board = month_board(facts, Options(by=by))
    grid = openpyxl.load_workbook(BytesIO(workbook(facts)))[f"Par {by}"]
    spans = {(one.min_row, one.min_col): one.size for one in grid.merged_cells.ranges}
    told = 0
    for index, row in enumerate(board.rows, 5):
        assert grid.cell(row=index, column=1).value == row.name
        column = 2
        for cell in row.cells:
            while isinstance(grid.cell(row=index, column=column), MergedCell):
                column += 1
            shown = str(grid.cell(row=index, column=column).value or "")
            expected = [word for chip in cell.chips for word in (*chip.lines, chip.fact) if word]
            assert all(word in shown for word in expected or [cell.band]), (row.name, column, shown)
            size = spans.get((index, column), {"rows": 1, "columns": 1})
            assert (size["rows"], size["columns"]) == (cell.rows, cell.columns)
            told += len(expected)
            column += cell.columns
    assert told > 50
    assert grid.cell(row=index + 2, column=1).value.startswith(("Initiales", "Chiffre seul"))


def test_a_count_is_a_number_and_a_meeting_is_none(facts):
    book = openpyxl.load_workbook(BytesIO(workbook(facts)))
    cells = [cell.value for row in book["Par lieu"].iter_rows(min_row=5) for cell in row[1:]]
    assert any(isinstance(value, int) for value in cells)
    assert not any(isinstance(value, str) and value.isdecimal() for value in cells)
    assert any(isinstance(value, str) and value.startswith("Éq") for value in cells)
    assert book["Liste"].print_title_rows == "$1:$1"


def test_columns_of_the_list_keep_their_order(facts):
    book = openpyxl.load_workbook(BytesIO(workbook(facts)))
    heads = tuple(cell.value for cell in book["Liste"][1])
    assert heads[: len(LIST_HEADS)] == LIST_HEADS
    cells = [str(cell.value) for row in book["Liste"].iter_rows() for cell in row]
    assert not any("besoin-" in cell or "KM4821" in cell for cell in cells)


def test_a_month_of_six_weeks_is_one_page_as_well():
    problem, plan = six_weeks()
    for by in ("lieu", "personne"):
        options = Options(by=by, saturdays=True)
        board = month_board(Facts(problem=problem, plan=plan, labels=LABELS), options)
        body = pdf("month", month_sheet(board, "Île-de-France"), NOW)
        assert len(PdfReader(BytesIO(body)).pages) == 1
        assert "lu 31" in text_of(body)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (None, "Sans planning"),
        (Version(number=3), "Brouillon v3"),
        (Version(number=3, draft_rank=2), "Brouillon v3 n° 2"),
        (Version(number=3, state="published"), "Version 3 publiée"),
        (
            Version(number=2, state="superseded"),
            "Version 2, remplacée depuis : ce n’est plus le planning en vigueur",
        ),
    ],
)
def test_the_month_on_paper_says_which_version_it_is(facts, version, said):
    board = month_board(msgspec.structs.replace(facts, version=version), Options())
    printed = text_of(pdf("month", month_sheet(board, "Île-de-France"), NOW)).replace(NBSP, " ")
    assert said in printed
    assert "Semaine 50" in printed
