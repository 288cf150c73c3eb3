from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    cadence,
    interview,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    told,
    workshop,
)

RULE = "staffing"


def facts(**asked: object) -> Problem:
    staff = (person("A", skills=("law",)), person("B"), person("C", skills=("sport",)))
    return problem(cadences=(cadence(**asked),), staff=staff)


def test_exactly_the_number_asked_is_allowed_and_neither_one_more_nor_one_less() -> None:
    pair = facts(staff_count=2)
    crowd = plan(permanence(MONDAY, "am", "A", "B", "C"))
    assert told(pair, plan(permanence(MONDAY, "am", "A", "B")), RULE) == []
    assert told(pair, plan(permanence()), RULE) == [("too_few", "visits", 1)]
    assert told(pair, crowd, RULE) == [("too_many", "visits", 1)]
    assert told(facts(staff_count=1), crowd, RULE) == [("too_many", "visits", 2)]


def test_each_skill_is_held_by_one_of_the_team() -> None:
    skilled = facts(staff_count=2, skills=("law", "sport"))
    assert told(skilled, plan(permanence(MONDAY, "am", "A", "C")), RULE) == []
    assert told(skilled, plan(permanence(MONDAY, "am", "A", "B")), RULE) == [("skill_missing", "visits", 1)]


def test_sequences_ask_for_their_own_team() -> None:
    group = problem(promotions=(promotion(sequence("s1", staff_count=2)),))
    assert told(group, plan(session("s1", staff=("A", "B"))), RULE) == []
    assert told(group, plan(session("s1")), RULE) == [("too_few", "spring/s1", 1)]


def test_every_skill_that_nobody_holds_is_told() -> None:
    skilled = facts(skills=("law", "sport", "law"))
    assert told(skilled, plan(permanence(MONDAY, "am", "B")), RULE) == [
        ("skill_missing", "visits", 1),
        ("skill_missing", "visits", 1),
    ]


def test_workshops_ask_for_their_own_team_and_an_office_half_day_for_none() -> None:
    open_too = problem(cadences=(cadence("workshops", kind="session", staff_count=2),), interviews=(need(),))
    assert told(open_too, plan(workshop()), RULE) == [("too_few", "workshops#1", 1)]
    assert told(open_too, plan(office(), interview()), RULE) == []
