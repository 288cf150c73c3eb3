"""Each sheet looked at as a picture: ink inside its margins, one page where one is promised, nobody named on a door."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from pypdf import PdfReader

from service.pages.board.version import Version
from service.pages.month_board_view import Facts, Options, month_board
from service.paper.access import access_sheet
from service.paper.day import day_sheets
from service.paper.free_places import FreePlaces, FreeRow, FreeWeek
from service.paper.month_sheet import MonthSheet, month_sheet
from service.paper.presences import Heading, Sheet, presences
from service.paper.printing import pdf, png
from service.paper.registers import permanence_sheets, sign_in_sheets
from service.paper.slip import Slip
from service.sites.access import AccessLine, MarkedLine
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ON = date(2026, 12, 16)
LONG = "Structure d’accompagnement vers la sortie de Noisy-le-Grand, bâtiment des associations, premier étage"
HEADING = Heading(organisation="L’association", contact="Coordination, 01 00 00 00 00", version="Version 2.")
FACTS = Facts(problem=sample_problem(), plan=sample_plan(), labels=LABELS, version=Version(number=3))
FACTS_OF = (FACTS.problem, FACTS.plan, LABELS)
REFERENCE = re.compile(r"\b[A-Z]{2}\d{4}\b")
INK = 128


def _month() -> MonthSheet:
    return month_sheet(month_board(FACTS, Options()), "Île-de-France")


def _crowded() -> MonthSheet:
    """Forty people, each with the month of one of the few."""
    people = FACTS.problem.staff
    more = tuple(
        msgspec.structs.replace(people[index % len(people)], id=f"P{index}", name=f"P. {index}")
        for index in range(40 - len(people))
    )
    problem = msgspec.structs.replace(FACTS.problem, staff=(*people, *more))
    return month_sheet(
        month_board(msgspec.structs.replace(FACTS, problem=problem), Options(by="personne")), "Île-de-France"
    )


def _access(lines: int) -> msgspec.Struct:
    line = AccessLine(
        on=ON, start="09:00", end="12:00", name="Marie-Christine de la Rochefoucauld-Beauharnais",
        function="chargée de mission emploi et insertion", material="ordinateur portable, classeur", purpose="Permanence",
    )  # fmt: skip
    marked = tuple(MarkedLine(line=line, mark="new" if index % 3 == 0 else "same") for index in range(lines))
    return access_sheet(LONG, LONG, ON, 2, marked, "Coordination, 01 00 00 00 00")


def _slip() -> Slip:
    return Slip(
        title="Votre rendez-vous", day="Mercredi 16 décembre 2026", hour="9 h 30",
        lines=(("Où", LONG), ("Adresse", LONG), ("Pour venir", LONG * 2), ("En cas d’empêchement", LONG)), foot=LONG,
    )  # fmt: skip


def _free(weeks: int) -> FreePlaces:
    row = FreeRow(
        site="Bureau", day="Mercredi 16, après-midi", hours="14 h 00, 14 h 45 (2 places), 15 h 30, 16 h 15"
    )
    shown = tuple(FreeWeek(title=f"Semaine {number}", rows=(row,) * 8) for number in range(weeks))
    return FreePlaces(
        title="Places libres", partner=LONG, heads=("Lieu", "Jour", "Heures libres"), weeks=shown,
        seats=(LONG,), seats_head="Promotions", none="", foot=(LONG, LONG),
    )  # fmt: skip


SHEETS = {
    "presences": ("presences", presences(*FACTS_OF, HEADING, [date(2026, 12, 14)])),
    "permanence": ("register", permanence_sheets(*FACTS_OF, HEADING, ON)),
    "émargement": ("register", sign_in_sheets(*FACTS_OF, HEADING, ON)),
    "journée": ("register", day_sheets(*FACTS_OF, HEADING, ON)),
    "mois": ("month", _month()),
    "mois de quarante personnes": ("month", _crowded()),
    "liste d’accès": ("access", _access(12)),
    "longue liste d’accès": ("access", _access(60)),
    "papier de la personne": ("slip", _slip()),
    "places libres": ("free_places", _free(5)),
    "longues places libres": ("free_places", _free(12)),
}
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
KEPT = {"journée": "papier-journee.png", "presences": "papier-presences.png"}
"""Those that the guide shows."""
ONE_PAGE = ("mois", "liste d’accès", "papier de la personne", "places libres")


def inked(picture: Image.Image) -> tuple[int, int, int, int]:
    """The smallest box around what is dark."""
    box = picture.convert("L").point(lambda level: 255 if level < INK else 0).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("name", SHEETS)
def test_ink_stays_inside_the_margins(name):
    template, words = SHEETS[name]
    drawn = png(template, words, NOW)
    if name in KEPT:
        (PICTURES / KEPT[name]).write_bytes(drawn)
    picture = Image.open(BytesIO(drawn))
    left, top, right, bottom = inked(picture)
    edge = picture.width // 60
    assert left >= edge
    assert top >= edge
    assert right <= picture.width - edge
    assert bottom <= picture.height - edge
    assert sum(picture.convert("L").histogram()[:INK]) > 3_000


@pytest.mark.parametrize("name", ONE_PAGE)
def test_it_stays_on_one_page(name):
    assert len(PdfReader(BytesIO(pdf(*SHEETS[name], NOW))).pages) == 1


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("mois de quarante personnes", "Personne"),
        ("longue liste d’accès", "Fonction"),
        ("longues places libres", "Heures libres"),
    ],
)
def test_what_is_long_goes_on_under_the_same_head(name, head):
    pages = PdfReader(BytesIO(pdf(*SHEETS[name], NOW))).pages
    assert 2 <= len(pages) <= 4
    assert all(head in page.extract_text() for page in pages)


def test_each_page_of_a_long_list_says_which_list_and_which_page():
    template, words = SHEETS["émargement"]
    many = msgspec.structs.replace(words.sheets[0], rows=words.sheets[0].rows * 2)
    two = msgspec.structs.replace(words, sheets=(many, words.sheets[0]))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(template, two, NOW))).pages]
    assert [found[0] if (found := re.findall(r"\d / \d", page)) else "" for page in pages] == [
        "1 / 2",
        "2 / 2",
        "",
    ]
    assert all(many.when.split(",")[0] in page for page in pages)


def test_a_busy_week_at_a_site_of_long_names_is_one_page():
    template, words = SHEETS["presences"]
    week = max(words.sheets, key=lambda sheet: sum(len(half) for on in sheet.days for half in on.halves))
    visit = next(half[0] for on in week.days for half in on.halves if half)
    crowded = msgspec.structs.replace(
        visit, who=("Marie-Christine de la Rochefoucauld", "chargée de mission emploi")
    )
    days = tuple(msgspec.structs.replace(on, halves=((crowded,) * 2, (crowded,) * 2)) for on in week.days)
    full: Sheet = msgspec.structs.replace(week, days=days, long=True)
    body = pdf(template, msgspec.structs.replace(words, sheets=(full,)), NOW)
    assert len(PdfReader(BytesIO(body)).pages) == 1


@pytest.mark.parametrize("name", ["presences", "mois", "liste d’accès"])
def test_no_participant_stands_on_what_hangs_on_a_door(name):
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(*SHEETS[name], NOW))).pages)
    assert not REFERENCE.search(words)
    assert "besoin-" not in words


def test_a_day_is_read_by_the_clock_and_says_a_permanence_once():
    overview = day_sheets(*FACTS_OF, HEADING, ON).sheets[0]
    hours = [
        line.cells[0].replace("\N{NO-BREAK SPACE}", " ").split(" ")[0].zfill(2) for line in overview.rows
    ]
    assert hours == sorted(hours)
    at_the_site = [line.cells for line in overview.rows if "SAS" in line.cells[1]]
    assert [cells[2].split(",")[0] for cells in at_the_site] == ["Permanence", "Promotion 7"]
