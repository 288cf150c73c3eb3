from planner.problem import Problem
from tests.planner.build import interview, need, office, plan, problem, told

RULE = "interview_staff"
BY_B = plan(office(staff="B"), interview(staff="B"))


def facts(**asked: object) -> Problem:
    return problem(interviews=(need(**asked),))


def test_a_follow_up_is_held_by_its_referent() -> None:
    assert told(facts(), plan(office(), interview()), RULE) == []
    assert told(facts(), BY_B, RULE) == [("not_the_referent", "n1", 1)]
    assert told(facts(kind="bilan"), BY_B, RULE) == [("not_the_referent", "n1", 1)]


def test_another_may_hold_it_if_the_need_allows() -> None:
    assert told(facts(other_staff=True), BY_B, RULE) == []


def test_a_diagnostic_is_held_by_whoever_is_there() -> None:
    assert told(facts(kind="diagnostic"), BY_B, RULE) == []


def test_a_follow_up_without_referent_is_open_to_all() -> None:
    assert told(facts(referent=None), BY_B, RULE) == []
