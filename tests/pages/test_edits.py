"""Edits of a draft by two people: where a moved thing went, and what a move weighs."""

from datetime import date

from db.records.plan import PlanItem
from service.actions.edit_draft import Edit
from service.pages.board.scale import Weight
from service.pages.outrun import successor

OLD, NEW, NEWER = (f"permanence:gagny:2026-12-{day}:am" for day in ("03", "10", "17"))


def permanence(key):
    return PlanItem(
        kind="permanence", key=key, held_on=date.fromisoformat(key.split(":")[2]), cadence_code="gagny"
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


def test_a_gain_in_a_lesser_goal_does_not_outweigh_a_loss_in_a_greater_one():
    weight = Weight(breaches=(), differences={"unmet_rest": 1, "changes": 0, "fairness": -70})
    assert (weight.effect, weight.cost) == ("costs", 1)


def test_a_loss_in_a_lesser_goal_after_a_gain_in_a_greater_one_is_free():
    weight = Weight(breaches=(), differences={"unmet_rest": 0, "changes": -4, "fairness": 9})
    assert (weight.effect, weight.cost) == ("free", 0)
