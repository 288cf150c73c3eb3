from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    cadence,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    told,
)

RULE = "staffing"


def facts(**asked: object) -> Problem:
    staff = (person("A", skills=("law",)), person("B"), person("C", skills=("sport",)))
    return problem(cadences=(cadence(**asked),), staff=staff)


def test_exactly_the_number_asked_is_allowed() -> None:
    assert told(facts(staff_count=2), plan(permanence(MONDAY, "am", "A", "B")), RULE) == []


def test_one_too_few_and_one_too_many_are_seen() -> None:
    assert told(facts(staff_count=2), plan(permanence()), RULE) == [("too_few", "visits", 1)]
    crowd = plan(permanence(MONDAY, "am", "A", "B", "C"))
    assert told(facts(staff_count=1), crowd, RULE) == [("too_many", "visits", 2)]


def test_each_skill_is_held_by_one_of_the_team() -> None:
    skilled = facts(staff_count=2, skills=("law", "sport"))
    assert told(skilled, plan(permanence(MONDAY, "am", "A", "C")), RULE) == []
    assert told(skilled, plan(permanence(MONDAY, "am", "A", "B")), RULE) == [("skill_missing", "visits", 1)]


def test_sequences_ask_for_their_own_team() -> None:
    group = problem(promotions=(promotion(sequence("s1", staff_count=2)),))
    assert told(group, plan(session("s1", staff=("A", "B"))), RULE) == []
    assert told(group, plan(session("s1")), RULE) == [("too_few", "spring/s1", 1)]
