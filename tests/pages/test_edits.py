"""Edits of a draft by two people: where a moved thing went, and what a move weighs."""

from datetime import date

from db.records.plan import PlanItem
from service.actions.edit_draft import Edit
from service.pages.board.last_edit import comes_back_to
from service.pages.board.scale import Weight
from service.pages.board.source import Month
from service.pages.month_board_view import Facts
from service.pages.outrun import successor
from tests.pages.sample_month import sample_problem

OLD, NEW, NEWER = (f"permanence:gagny:2026-12-{day}:am" for day in ("03", "10", "17"))


def permanence(key, cadence="gagny"):
    *_, on, half = key.split(":")
    return PlanItem(
        kind="permanence",
        key=key,
        held_on=date.fromisoformat(on),
        half_day=half,
        cadence_code=cadence,
        staff_codes=("AR",),
    )


def taken_back(key, then):
    """A step as it is kept: what takes a move from `key` to `then` back."""
    return Edit(words="CSL Gagny", put=(permanence(key),), drop=(then,))


def test_a_thing_is_followed_to_where_a_colleague_moved_it():
    assert successor([taken_back(OLD, NEW), taken_back(NEW, NEWER)], OLD) == NEWER


def test_a_thing_that_nobody_moved_stays_where_it_is():
    assert successor([taken_back(NEW, NEWER)], OLD) == OLD


def test_a_thing_that_was_taken_off_has_no_successor():
    assert successor([Edit(words="retirée", put=(permanence(OLD),))], OLD) == OLD


def test_what_is_taken_back_leads_to_where_it_was_and_what_was_added_to_where_it_was_put():
    (site,) = {one.site for one in sample_problem().cadences if one.id == "gagny-permanence"}
    moved, added = permanence(OLD, "gagny-permanence"), permanence(NEW, "gagny-permanence")
    facts = Facts(problem=sample_problem())
    month = Month(facts=facts, plans=(), shown=None, active=None, numbers={}, items=(added,))
    steps = (Edit(words="", put=(moved,), drop=(NEW,)), Edit(words="", drop=(NEW,)), Edit(words=""))
    assert [comes_back_to(month, step) for step in steps] == [
        f"{site} 2026-12-03 am AR",
        f"{site} 2026-12-10 am AR",
        "",
    ]


def test_a_gain_in_a_lesser_goal_does_not_outweigh_a_loss_in_a_greater_one():
    weight = Weight(breaches=(), differences={"unmet_rest": 1, "changes": 0, "fairness": -70})
    assert (weight.effect, weight.cost) == ("costs", 1)


def test_a_loss_in_a_lesser_goal_after_a_gain_in_a_greater_one_is_free():
    weight = Weight(breaches=(), differences={"unmet_rest": 0, "changes": -4, "fairness": 9})
    assert (weight.effect, weight.cost) == ("free", 0)
