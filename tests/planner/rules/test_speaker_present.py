from planner.problem import Problem
from tests.planner.build import day, plan, problem, promotion, sequence, session, told

RULE = "speaker_present"


def facts(*dates: int) -> Problem:
    return problem(promotions=(promotion(sequence("s1", speaker_dates=tuple(day(on) for on in dates))),))


def test_the_session_falls_on_a_date_of_the_speaker() -> None:
    assert told(facts(2, 9), plan(session("s1", day(9))), RULE) == []
    assert told(facts(2, 9), plan(session("s1", day(10))), RULE) == [("speaker_absent", "spring/s1", 1)]


def test_a_speaker_without_dates_never_comes() -> None:
    assert told(facts(), plan(session("s1")), RULE) == [("speaker_absent", "spring/s1", 1)]


def test_a_session_without_speaker_stands_on_any_date() -> None:
    assert told(problem(promotions=(promotion(sequence("s1")),)), plan(session("s1")), RULE) == []
