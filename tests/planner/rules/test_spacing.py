from datetime import date

from planner.problem import HistoryDate, Problem
from tests.planner.build import MONDAY, cadence, day, permanence, plan, problem, told, workshop

RULE = "spacing"


def facts(min_days: int, **changes: object) -> Problem:
    return problem(cadences=(cadence(**{"asked": 5, "min_days": min_days, **changes}),))


def test_two_dates_exactly_apart_are_allowed_and_a_day_less_is_not() -> None:
    planned = plan(permanence(), permanence(day(9)))
    assert told(facts(7), planned, RULE) == []
    assert told(facts(8), planned, RULE) == [("too_close", "visits", 1)]


def test_every_two_dates_are_compared() -> None:
    planned = plan(permanence(day(2)), permanence(day(4)), permanence(day(6)))
    assert told(facts(5), planned, RULE) == [
        ("too_close", "visits", 1),
        ("too_close", "visits", 3),
        ("too_close", "visits", 3),
    ]


def test_a_morning_and_an_afternoon_of_one_date_are_no_day_apart() -> None:
    planned = plan(permanence(), permanence(MONDAY, "pm"))
    assert told(facts(1), planned, RULE) == [("too_close", "visits", 1)]
    assert told(facts(0), planned, RULE) == []


def test_two_sessions_in_one_half_day_are_no_day_apart() -> None:
    planned = plan(workshop(), workshop(2, staff=("B",)))
    assert told(facts(1, id="workshops", kind="session"), planned, RULE) == [("too_close", "workshops", 1)]
    assert told(facts(0, id="workshops", kind="session"), planned, RULE) == []


def test_a_whole_day_counts_once() -> None:
    assert told(facts(7, length="day"), plan(permanence(), permanence(MONDAY, "pm")), RULE) == []


def test_history_counts_even_before_the_horizon() -> None:
    history = (HistoryDate(on=date(2026, 2, 24), half_day="am"),)
    assert told(facts(6, history=history), plan(permanence()), RULE) == []
    assert told(facts(7, history=history), plan(permanence()), RULE) == [("too_close", "visits", 1)]


def test_two_dates_of_history_are_nobody_s_plan() -> None:
    history = tuple(HistoryDate(on=date(2026, 2, on), half_day="am") for on in (23, 24))
    assert told(facts(3, history=history), plan(permanence(day(20))), RULE) == []


def test_what_is_published_after_the_horizon_counts() -> None:
    published = plan(permanence(date(2026, 4, 2)))
    replanned = problem(cadences=(cadence(min_days=7),), published=published)
    assert told(replanned, plan(permanence(day(30))), RULE) == [("too_close", "visits", 4)]


def test_what_is_published_in_the_horizon_counts_as_the_plan_has_it() -> None:
    published = plan(permanence(day(20)))
    replanned = problem(cadences=(cadence(min_days=7),), published=published)
    assert told(replanned, plan(permanence(day(18))), RULE) == []


def test_a_date_of_history_that_the_plan_has_too_is_one_date() -> None:
    history = (HistoryDate(on=MONDAY, half_day="am"),)
    assert told(facts(7, history=history), plan(permanence()), RULE) == []
    assert told(facts(7, history=history), plan(permanence(MONDAY, "pm")), RULE) == [
        ("too_close", "visits", 7)
    ]


def test_two_cadences_keep_no_distance_from_each_other() -> None:
    both = problem(cadences=(cadence(min_days=7), cadence("other", min_days=7)))
    assert told(both, plan(permanence(), permanence(day(3), cadence="other")), RULE) == []


def test_whole_days_keep_their_distance_and_history_counts_them_once() -> None:
    history = tuple(HistoryDate(on=date(2026, 2, 24), half_day=half) for half in ("am", "pm"))
    monday = plan(permanence(), permanence(MONDAY, "pm"))
    assert told(facts(6, length="day", history=history), monday, RULE) == []
    assert told(facts(7, length="day", history=history), monday, RULE) == [("too_close", "visits", 1)]
