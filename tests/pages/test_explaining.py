"""Reasons and repairs beside the board: what a card asks about, what a repair is called, an edited draft's needs."""

from datetime import date

import pytest

from db.records.plan import PlanItem
from planner.wanted import Wanted
from service.errors import NotFound
from service.explaining.contents import left_out_now
from service.pages.board.moving import Spot
from service.pages.explaining import effect_words, wanted_item, wanted_of
from service.pages.placing import here_words
from tests.pages.sample_month import sample_problem
from tests.planner.build import MONDAY, cadence, permanence, plan, problem


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("need/KM4821/suivi", Wanted(need="KM4821/suivi")),
        ("cadence/gagny", Wanted(cadence="gagny")),
        ("promotion/sas-7/bilan", Wanted(promotion="sas-7", sequence="bilan")),
    ],
)
def test_a_card_asks_about_one_thing(key, wanted):
    assert wanted_of(key) == wanted


@pytest.mark.parametrize("key", ["", "need/", "cadence", "promotion/sas-7", "autre/x"])
def test_what_is_no_key_of_a_need_is_not_found(key):
    with pytest.raises(NotFound):
        wanted_of(key)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((-1, 0, 0, 0, 0), "Placé, rien d’autre n’y perd"),
        ((-1, 0, 2, 0, 5), "Placé\N{NO-BREAK SPACE}; coûte en continuité et confort"),
        ((1, 0, 0, 0, 0), "Place autre chose en moins"),
    ],
)
def test_the_price_of_a_repair_is_said_in_words(values, words):
    names = ("Non placés", "Changements", "Continuité", "Équité", "Confort")
    assert effect_words(tuple(zip(names, values, strict=True))) == words


def test_what_is_taken_off_a_draft_by_hand_is_to_be_placed_again():
    facts = problem(cadences=(cadence(),))
    made = plan(permanence(MONDAY, "am", "A"))
    before = {one.cadence: one.count for one in left_out_now(facts, made).unplaced}
    after = {one.cadence: one.count for one in left_out_now(facts, plan()).unplaced}
    assert after["visits"] == before.get("visits", 0) + 1


def test_a_draft_that_holds_what_the_facts_no_longer_know_is_left_as_it_is():
    made = plan(permanence(MONDAY, "am", "A"))
    assert left_out_now(problem(cadences=()), made) is made


def test_a_row_of_a_draft_is_asked_about_as_the_planner_knows_it():
    row = PlanItem(
        kind="interview",
        key="interview:n:2",
        held_on=MONDAY,
        need_code="n",
        number=2,
        staff_codes=("A",),
    )
    assert wanted_item(row) == Wanted(need="n", number=2)
    step = PlanItem(kind="session", key="session:p:s", held_on=MONDAY, promotion_code="p", sequence_code="s")
    assert wanted_item(step) == Wanted(promotion="p", sequence="s")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("gagny", "Gagny, lundi 14 décembre, matin"),
        ("AR", "A.R., lundi 14 décembre, matin"),
        ("ateliers", "lundi 14 décembre, matin"),
    ],
)
def test_an_empty_cell_is_told_with_whose_row_it_is(row, words):
    assert here_words(Spot(row, date(2026, 12, 14), "am", ""), sample_problem()) == words
