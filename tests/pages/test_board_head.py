"""The head of the board: what its title names, what can be chosen, what its legend explains."""

import re
from datetime import date

import msgspec
import pytest

from planner.problem import Closure
from service.pages.board.version import Version
from service.pages.month_board import title_of
from service.pages.month_board_view import Facts, Options, month_board
from tests.pages.drawn_board import draw
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem


@pytest.fixture(scope="module")
def facts():
    return Facts(problem=sample_problem(), plan=sample_plan(), labels=LABELS, version=Version(number=3))


def test_the_legend_has_the_mark_of_a_change_only_where_something_published_is_changed(facts):
    second = msgspec.structs.replace(facts.version, published_number=1, published_on=facts.problem.first_on)
    for version, is_there in ((facts.version, False), (second, True)):
        board = month_board(msgspec.structs.replace(facts, version=version), Options())
        assert ("</span>Modifié</li>" in draw(board, facts.problem.first_on)) == is_there


def test_the_legend_names_the_grounds_that_cells_have_and_no_others(facts):
    shut = Closure(id="c", from_on=date(2026, 12, 7), until_on=date(2026, 12, 11))
    closed = msgspec.structs.replace(facts.problem, sites=tuple(
        msgspec.structs.replace(one, closures=(shut,)) if one.id == "gagny" else one for one in facts.problem.sites
    ))  # fmt: skip
    told = {}
    for by, shape in (("lieu", "mois"), ("lieu", "semaine"), ("personne", "mois")):
        board = month_board(
            msgspec.structs.replace(facts, problem=closed),
            Options(by=by, shape=shape, around_on=date(2026, 12, 9)),
        )
        drawn = draw(board, facts.problem.first_on)
        told[by, shape] = re.findall(r'<span class="ground (\w+)" aria-hidden="true"></span>([^<]*)', drawn)
    assert told["lieu", "mois"] == [("closed", "Non ouvert"), ("shut", "Fermé"), ("holiday", "Férié")]
    assert told["lieu", "semaine"] == [("closed", "Non ouvert"), ("shut", "Fermé")]
    assert ("away", "Absence") in told["personne", "mois"]


def test_the_title_names_the_days_that_are_looked_at(facts):
    def title(shape):
        return title_of(month_board(facts, Options(shape=shape, around_on=date(2026, 12, 9))))

    assert {shape: title(shape) for shape in ("mois", "liste", "semaine", "jour")} == {
        "mois": "Décembre 2026",
        "liste": "Décembre 2026",
        "semaine": "7 – 11 déc. 2026",
        "jour": "Mer. 9 déc. 2026",
    }


def test_a_grouping_is_offered_only_where_rows_are_grouped(facts):
    for shape, is_there in (("mois", True), ("semaine", True), ("jour", False), ("liste", False)):
        board = month_board(facts, Options(shape=shape))
        assert ("Grouper par" in draw(board, facts.problem.first_on)) is is_there, shape
