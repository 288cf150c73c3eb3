"""What is placed of what is asked, in the words of people: permanences, sessions, interviews."""

from planner.tally import tally
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
