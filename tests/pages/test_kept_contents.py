"""What is drawn again and again is found and written once, and anew when it is another."""

import msgspec
import pytest

from service.pages.board.cells import Cell, Chip
from service.pages.board.kept_contents import kept
from service.pages.board.version import Version
from service.pages.month_board_view import Facts, Options, month_board
from service.pages.rendering import environment
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem


@pytest.fixture
def facts():
    kept.clear()
    version = Version(number=3, plan_id="december")
    return Facts(problem=sample_problem(), plan=sample_plan(), labels=LABELS, version=version)


def test_the_views_of_a_version_draw_from_what_was_found_once(facts):
    by_site, by_person = (month_board(facts, Options(by=by)).needs for by in ("lieu", "personne"))
    assert by_site
    assert by_site is by_person


def test_a_version_that_leaves_out_other_things_by_now_shows_these(facts):
    before = month_board(facts, Options()).needs
    fewer = msgspec.structs.replace(facts.plan, unplaced=facts.plan.unplaced[1:])
    assert month_board(msgspec.structs.replace(facts, plan=fewer), Options()).needs == before[1:]


def test_a_cell_is_written_once_for_all_that_are_equal_and_for_each_width():
    drawn = environment().globals["drawn_cell"]
    chip = Chip(kind="perm", lines=("A.R.",), sentence="<A>", long="Arras")
    narrow, wide = (drawn(Cell(chips=(chip,)), wide) for wide in (False, True))
    assert drawn(Cell(chips=(msgspec.structs.replace(chip),)), False) is narrow
    assert "&lt;A&gt;" in narrow
    assert ("Arras" in narrow, "Arras" in wide) == (False, True)
