"""What is placed of what is asked, in the words of people: permanences, sessions, interviews."""

from datetime import timedelta

from planner.tally import asked, tally
from planner.territory import Territory
from tests.planner.build import MONDAY, cadence, interview, need, permanence, plan, problem


def test_what_is_placed_and_what_is_missing_add_up_to_what_is_asked() -> None:
    facts = problem(cadences=(cadence(asked=3),), interviews=(need("n1"), need("n2", count=2)))
    found = tally(Territory(facts), plan(permanence(MONDAY), interview("n1")))
    assert found.permanences == (1, 2)
    assert found.sessions == (0, 0)
    assert found.interviews == (1, 2)


def test_an_empty_plan_lacks_everything() -> None:
    facts = problem(cadences=(cadence(asked=2),), interviews=(need("n1"),))
    assert tally(Territory(facts), plan()).permanences == (0, 2)


def test_what_is_asked_leaves_out_the_needs_of_another_month() -> None:
    this = need("n1", count=2)
    later = need("n2", from_on=MONDAY + timedelta(days=60), until_on=MONDAY + timedelta(days=75))
    assert asked(problem(interviews=(this, later))).interviews == (0, 2)
