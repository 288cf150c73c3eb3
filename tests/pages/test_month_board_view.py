"""The board from a month drawn by hand: every sign of the grid has a reason in the month."""

from datetime import date

import msgspec
import pytest

from planner.generate import Size, generate
from planner.plan import Plan
from planner.problem import Absence
from service.pages.board.version import Version
from service.pages.month_board_view import Facts, Options, looked_at, month_board
from service.pages.rendering import environment
from tests.pages.drawn_board import draw
from tests.pages.drawn_december import LABELS, at
from tests.pages.sample_month import sample_plan, sample_problem, six_weeks


@pytest.fixture(scope="module")
def facts():
    plan = sample_plan()
    kept = tuple(one for one in plan.permanences if (one.on.day, one.half_day) != (17, "pm"))
    published = msgspec.structs.replace(plan, permanences=kept)
    return Facts(
        problem=sample_problem(published=published), plan=plan, labels=LABELS, version=Version(number=3)
    )


def row_of(board, code):
    return next(row for row in board.rows if row.code == code)


def chips_of(row):
    return [chip for cell in row.cells for chip in cell.chips]


def width_of(board):
    return 2 * sum(len(week.days) for week in board.weeks)


def covered(board):
    """Half-days covered in each row, bands of several rows counted in each."""
    spans = [[0] * width_of(board) for _ in board.rows]
    for index, row in enumerate(board.rows):
        column = 0
        for cell in row.cells:
            while spans[index][column]:
                column += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    spans[index + down][column + right] += 1
    return spans


@pytest.mark.parametrize("by", ["lieu", "personne"])
@pytest.mark.parametrize("shape", ["mois", "semaine"])
def test_every_half_day_of_every_row_is_covered_exactly_once(facts, by, shape):
    board = month_board(facts, Options(by=by, shape=shape, around_on=date(2026, 12, 16)))
    assert all(count == 1 for row in covered(board) for count in row)


def test_the_month_shows_working_days_and_nothing_else(facts):
    days = [day.on for week in month_board(facts, Options()).weeks for day in week.days]
    assert len(days) == 23
    assert all(on.weekday() < 5 for on in days)


def test_a_day_on_which_something_happens_is_shown_even_on_saturday(facts):
    plan = msgspec.structs.replace(
        facts.plan, permanences=(msgspec.structs.replace(facts.plan.permanences[0], on=date(2026, 12, 5)),)
    )
    days = [
        day.on
        for week in month_board(msgspec.structs.replace(facts, plan=plan), Options()).weeks
        for day in week.days
    ]
    assert date(2026, 12, 5) in days


def test_a_site_that_lacks_a_permanence_says_so_and_marks_where_it_could_be(facts):
    gagny = row_of(month_board(facts, Options()), "gagny")
    assert (gagny.badge.placed, gagny.badge.asked, gagny.badge.state) == (2, 3, "missing")
    holes = [chip for chip in chips_of(gagny) if chip.kind == "hole"]
    assert [chip.need for chip in holes] == ["cadence/gagny-permanence"] * 4


def test_a_closure_is_one_band_on_each_side_of_a_holiday(facts):
    gagny = row_of(month_board(facts, Options()), "gagny")
    assert [(cell.columns, cell.band) for cell in gagny.cells if cell.ground == "shut"] == [
        (8, "Fermé"),
        (8, "Fermé"),
    ]


def test_a_holiday_is_one_band_through_all_rows(facts):
    board = month_board(facts, Options())
    bands = [cell for row in board.rows for cell in row.cells if cell.ground == "holiday"]
    assert [(cell.rows, cell.columns) for cell in bands] == [(len(board.rows), 2)]
    assert bands[0].band == "Vendredi 25 décembre — Noël, jour férié"


def test_a_chip_is_read_as_a_sentence(facts):
    sentences = [chip.sentence for chip in chips_of(row_of(month_board(facts, Options()), "gagny"))]
    assert "Permanence, Gagny, jeudi 3 décembre 2026, matin, A.R., 4 créneaux pris sur 4" in sentences


def test_pinned_and_changed_things_carry_their_marks(facts):
    board = month_board(facts, Options())
    assert any(chip.pinned for chip in chips_of(row_of(board, "fresnes")))
    changed = [chip.key for chip in chips_of(row_of(board, "villepinte")) if chip.changed]
    assert changed == ["permanence:villepinte-permanence:2026-12-17:pm"]


def test_office_interviews_are_counted_and_tinted_from_five_up(facts):
    office = {chip.key: chip for chip in chips_of(row_of(month_board(facts, Options()), "bureau"))}
    first = office["interviews/bureau/2026-12-01/am"]
    assert (first.lines, first.full) == (("13",), True)
    assert not office["interviews/bureau/2026-12-02/am"].full


def test_somebody_away_has_a_hatched_band_with_its_word(facts):
    row = row_of(month_board(facts, Options(by="personne")), "FM")
    assert (10, "Congé") in [(cell.columns, cell.band) for cell in row.cells if cell.ground == "away"]


def test_a_band_of_one_day_has_a_word_that_french_shortens_and_keeps_the_whole_one_for_who_listens(facts):
    away = Absence(id="a", starts_at=at(9, "00:00"), ends_at=at(10, "00:00"))
    first = min(facts.problem.staff, key=lambda person: person.name)
    staff = tuple(
        msgspec.structs.replace(one, absences=(away,)) if one.id == first.id else one
        for one in facts.problem.staff
    )
    labels = msgspec.structs.replace(facts.labels, absences={"a": "Formation"})
    known = msgspec.structs.replace(
        facts, problem=msgspec.structs.replace(facts.problem, staff=staff), labels=labels, plan=None
    )
    (one,) = (
        cell
        for cell in row_of(month_board(known, Options(by="personne")), first.id).cells
        if cell.ground == "away"
    )
    drawn = environment().get_template("board/grid.html").module.cell(one, False)
    assert (one.columns, one.band) == (2, "Formation")
    assert 'title="Formation">Form<span class="rest">ation</span></span>' in drawn


def test_shares_of_a_burden_add_up_to_nothing_without_a_ledger(facts):
    bare = msgspec.structs.replace(
        facts.problem, staff=tuple(msgspec.structs.replace(one, ledger={}) for one in facts.problem.staff)
    )
    board = month_board(msgspec.structs.replace(facts, problem=bare), Options(by="personne"))
    assert abs(sum(row.counts[0].deviation for row in board.rows)) < 0.3


def test_the_foot_counts_who_is_still_free(facts):
    board = month_board(facts, Options())
    assert board.free[0].count == 3 - 1 or board.free[0].count >= 0
    assert next(one for one in board.free if one.words == "vendredi 25 décembre matin").count is None


def test_the_first_sentence_says_whether_a_better_plan_exists(facts):
    assert month_board(facts, Options()).verdict.startswith("4 besoins non placés")
    proved = tuple(
        msgspec.structs.replace(level, bound=level.value, status="optimal") for level in facts.plan.levels
    )
    plan = msgspec.structs.replace(facts.plan, unplaced=(), levels=proved)
    words = month_board(msgspec.structs.replace(facts, plan=plan), Options()).verdict.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert words == "Tout est placé ; aucun planning meilleur n’existe avec ces données."


def test_a_filter_by_kind_leaves_only_that_kind(facts):
    board = month_board(facts, Options(kinds=frozenset({"promotion"})))
    kinds = {chip.kind for row in board.rows for chip in chips_of(row)} - {"hole"}
    assert kinds == {"promo"}


def test_only_rows_that_lack_something_are_shown_on_demand(facts):
    board = month_board(facts, Options(missing_only=True))
    assert [row.code for row in board.rows] == ["gagny", "noisy-sas", "bureau", "ateliers"]


@pytest.mark.parametrize(
    "options",
    [
        Options(sites=frozenset({"villejuif"})),
        Options(missing_only=True),
        Options(by="personne", people=frozenset({"NK"})),
    ],
)
def test_a_holiday_is_drawn_through_the_rows_that_are_left_by_a_filter(facts, options):
    board = month_board(facts, options)
    banded = [cell for cell in board.rows[0].cells if cell.ground == "holiday"]
    assert [(cell.rows, cell.upright) for cell in banded] == [(len(board.rows), len(board.rows) > 4)]
    shown = draw(board, facts.problem.first_on)
    assert ("Férié" in shown) == (len(board.rows) <= 4)
    assert "Vendredi 25 décembre — Noël, jour férié" in shown
    assert sum(cell.columns for cell in board.rows[0].cells) == width_of(board)


def test_many_sites_come_in_groups_that_fold_each_with_its_own_holidays():
    problem = generate(Size(staff=12, sites=30, interviews=100, promotions=2, days=31), 2)
    board = month_board(Facts(problem=problem, plan=Plan()), Options())
    names = [name for name, _ in board.groups]
    assert len(names) > 2
    assert len(set(names)) == len(names)
    for name, rows in board.groups:
        assert sum(cell.columns for cell in rows[0].cells) == width_of(board)
        bands = {cell.rows for cell in rows[0].cells if cell.band and cell.ground == "holiday"}
        assert bands == ({len(rows)} if name else set()), "workshops and meetings stand on holidays too"
    assert draw(board, problem.first_on).count("data-group=") == len([name for name in names if name])


def test_a_month_without_a_plan_shows_holidays_closures_and_absences(facts):
    board = month_board(msgspec.structs.replace(facts, plan=None, version=None), Options(by="personne"))
    assert board.empty
    by_site = month_board(msgspec.structs.replace(facts, plan=None, version=None), Options())
    assert ">À placer</a>" in draw(by_site, facts.problem.first_on), "what nobody placed yet is no zero"
    assert any(cell.ground == "away" for row in board.rows for cell in row.cells)


def test_every_view_can_be_drawn_without_people_or_sites(facts):
    problem = msgspec.structs.replace(
        facts.problem, sites=(), staff=(), cadences=(), promotions=(), interviews=(), pins=()
    )
    for by in ("lieu", "personne"):
        for shape in ("mois", "semaine", "jour", "liste"):
            board = month_board(Facts(problem=problem, plan=Plan()), Options(by=by, shape=shape))
            assert draw(board, problem.first_on)


def test_forty_people_have_a_row_each_in_dense_rows():
    problem = generate(Size(staff=40, interviews=400, promotions=4, days=31), 2)
    board = month_board(Facts(problem=problem, plan=Plan()), Options(by="personne"))
    drawn = draw(board, problem.first_on)
    assert drawn.count("<tr data-row=") == 40
    assert board.dense


def test_a_week_by_person_keeps_its_width_for_the_days(facts):
    month = draw(month_board(facts, Options(by="personne")), facts.problem.first_on)
    week = draw(month_board(facts, Options(by="personne", shape="semaine")), facts.problem.first_on)
    assert ("Charge" in month, "Charge" in week) == (True, False)


@pytest.mark.parametrize(
    ("asked", "today", "shown"),
    [
        (None, "2026-11-27", "2027-01-04"),
        (None, None, "2027-01-04"),
        (None, "2027-01-12", "2027-01-12"),
        (None, "2027-03-01", "2027-01-31"),
        ("2027-01-01", "2026-11-27", "2027-01-01"),
        ("2026-12-31", "2026-11-27", "2027-01-01"),
    ],
)
def test_a_month_to_come_is_looked_at_from_the_first_day_on_which_anybody_works(facts, asked, today, shown):
    january = msgspec.structs.replace(
        facts.problem,
        first_on=date(2027, 1, 1),
        last_on=date(2027, 1, 31),
        holidays=(date(2027, 1, 1),),
    )
    asked_on, today_on = (one and date.fromisoformat(one) for one in (asked, today))
    assert looked_at(january, asked_on, today_on) == date.fromisoformat(shown)


@pytest.mark.parametrize("by", ["lieu", "personne"])
def test_a_month_of_six_weeks_has_its_heads_in_two_lines(by):
    problem, plan = six_weeks()
    board = month_board(Facts(problem=problem, plan=plan, labels=LABELS), Options(by=by, saturdays=True))
    assert [len(week.days) for week in board.weeks] == [1, 6, 6, 6, 6, 1]
    assert {width for row in covered(board) for width in row} == {1}
    assert 'table class="month' in draw(board, problem.first_on)
    assert " crowded" in draw(board, problem.first_on)


def test_a_month_of_working_days_is_not_crowded(facts):
    assert not month_board(facts, Options()).crowded


def test_a_long_list_of_needs_begins_with_sixty_and_leads_to_the_others(facts):
    need = month_board(facts, Options()).needs[0]
    board = msgspec.structs.replace(month_board(facts, Options()), needs=(need,) * 75)
    short, long = draw(board, facts.problem.first_on), draw(board, facts.problem.first_on, every_need=True)
    assert (short.count('<details class="todo"'), long.count('<details class="todo"')) == (60, 75)
    assert ("Afficher aussi les 15 suivants" in short, "Afficher aussi" in long) == (True, False)
