from datetime import date

from planner.problem import CadenceException, Closure, HistoryDate, Problem
from tests.planner.build import (
    MONDAY,
    breaches,
    bureau,
    cadence,
    day,
    permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
    told,
    workshop,
)

RULE = "cadence"


def facts(**asked: object) -> Problem:
    return problem(cadences=(cadence(**asked),))


def moved(on: int, to: int | None = None) -> CadenceException:
    return CadenceException(on=day(on), to_on=day(to) if to else None)


def test_a_month_has_at_most_what_is_asked_and_the_margin() -> None:
    two = plan(permanence(), permanence(day(9)))
    assert told(facts(asked=1, up_to=1), two, RULE) == []
    assert told(facts(asked=1), two, RULE) == [("too_many", "visits", 1)]


def test_history_of_the_month_before_today_counts_and_that_of_other_months_does_not() -> None:
    history = (HistoryDate(on=day(3), half_day="am"), HistoryDate(on=date(2026, 2, 20), half_day="am"))
    today = {"today_on": day(5)}
    one = problem(cadences=(cadence(asked=2, history=history),), **today)
    assert told(one, plan(permanence(day(12))), RULE) == []
    assert told(one, plan(permanence(day(12)), permanence(day(19))), RULE) == [("too_many", "visits", 1)]


def test_published_occurrences_before_today_count_once_with_history() -> None:
    past = permanence(day(3))
    history = (HistoryDate(on=day(3), half_day="am"),)
    replanned = problem(cadences=(cadence(asked=2, history=history),), today_on=day(5), published=plan(past))
    assert told(replanned, plan(past, permanence(day(12))), RULE) == []
    found = told(replanned, plan(past, permanence(day(12)), permanence(day(19))), RULE)
    assert found == [("too_many", "visits", 1)]


def test_each_calendar_month_of_the_horizon_has_its_own_number() -> None:
    both = problem(cadences=(cadence(),), last_on=date(2026, 4, 30))
    assert told(both, plan(permanence(), permanence(date(2026, 4, 7))), RULE) == []


def test_a_weekly_cadence_has_one_on_each_of_its_weekdays_and_none_elsewhere() -> None:
    weekly = facts(asked=0, weekdays=(1,))
    assert told(weekly, plan(permanence(day(2)), permanence(day(9))), RULE) == []
    assert told(weekly, plan(permanence(day(3))), RULE) == [("not_asked", "visits", 1)]
    twice = plan(permanence(day(2)), permanence(day(2), "pm"))
    assert told(weekly, twice, RULE) == [("too_many", "visits", 1)]


def test_an_exception_moves_or_drops_one_date_of_a_weekly_cadence() -> None:
    weekly = facts(asked=0, weekdays=(1,), exceptions=(moved(2, 3), moved(9)))
    assert told(weekly, plan(permanence(day(3)), permanence(day(16))), RULE) == []
    assert told(weekly, plan(permanence(day(2))), RULE) == [("not_asked", "visits", 1)]
    assert told(weekly, plan(permanence(day(9))), RULE) == [("not_asked", "visits", 1)]


def test_a_closed_date_is_not_asked() -> None:
    closed = site(closures=(Closure(id="works", from_on=day(9), until_on=day(9)),))
    weekly = problem(cadences=(cadence(asked=0, weekdays=(1,)),), sites=(closed, bureau()))
    assert told(weekly, plan(permanence(day(9))), RULE) == [("not_asked", "visits", 1)]


def test_a_monthly_cadence_with_weekdays_keeps_to_them_and_to_its_exceptions() -> None:
    mondays = facts(asked=2, weekdays=(1,), exceptions=(moved(2, 3),))
    assert told(mondays, plan(permanence(day(3)), permanence(day(9))), RULE) == []
    assert told(mondays, plan(permanence(day(2))), RULE) == [("dropped", "visits", 1)]
    assert told(mondays, plan(permanence(day(4))), RULE) == [("wrong_weekday", "visits", 1)]


def test_a_cadence_of_mornings_has_no_afternoon_and_one_of_afternoons_no_morning() -> None:
    assert told(facts(length="am"), plan(permanence()), RULE) == []
    assert told(facts(length="am"), plan(permanence(MONDAY, "pm")), RULE) == [("wrong_half_day", "visits", 1)]
    assert told(facts(length="pm"), plan(permanence(MONDAY, "pm")), RULE) == []
    assert told(facts(length="pm"), plan(permanence()), RULE) == [("wrong_half_day", "visits", 1)]


def test_a_whole_day_is_two_half_days_of_the_same_people() -> None:
    whole = facts(length="day")
    assert told(whole, plan(permanence(), permanence(MONDAY, "pm")), RULE) == []
    assert told(whole, plan(permanence()), RULE) == [("half_missing", "visits", 1)]
    found = told(whole, plan(permanence(), permanence(MONDAY, "pm", "B")), RULE)
    assert found == [("staff_differ", "visits", 1)]


def test_whole_days_are_counted_by_date() -> None:
    days = plan(*(permanence(day(on), half) for on in (2, 9) for half in ("am", "pm")))
    assert told(facts(length="day", asked=2), days, RULE) == []
    assert told(facts(length="day", asked=1), days, RULE) == [("too_many", "visits", 1)]


def following(**changes: object) -> Problem:
    """Mornings at the prison on the days of the promotion's sessions."""
    morning = cadence(asked=0, follows="spring", length="am", **changes)
    return problem(cadences=(morning,), promotions=(promotion(sequence("s1")),))


def test_a_cadence_that_follows_a_promotion_stands_on_its_days_with_an_animator() -> None:
    group = session("s1", MONDAY, "14:00", "16:00", staff=("A", "B"))
    assert told(following(), plan(group, permanence()), RULE) == []
    assert told(following(), plan(group, permanence(day(3))), RULE) == [("no_session", "visits", 1)]
    alone = session("s1", MONDAY, "14:00", "16:00", staff=("B",))
    assert told(following(), plan(alone, permanence()), RULE) == [("no_animator", "visits", 1)]


def test_an_exception_drops_a_followed_day_or_moves_it_with_its_animator() -> None:
    group = session("s1", MONDAY, "14:00", "16:00")
    dropped = following(exceptions=(moved(2),))
    assert told(dropped, plan(group, permanence()), RULE) == [("not_asked", "visits", 1)]
    away = following(exceptions=(moved(2, 3),))
    assert told(away, plan(group, permanence(day(3))), RULE) == []
    assert told(away, plan(group, permanence(day(3), "am", "B")), RULE) == [("no_animator", "visits", 1)]


def test_open_sessions_are_counted_and_stand_at_their_site() -> None:
    workshops = problem(cadences=(cadence("workshops", kind="session"),))
    assert told(workshops, plan(workshop()), RULE) == []
    assert told(workshops, plan(workshop(site="bureau")), RULE) == [("wrong_site", "workshops", 1)]
    assert told(workshops, plan(workshop(1), workshop(2, day(9))), RULE) == [("too_many", "workshops", 1)]


def test_a_day_of_a_promotion_has_one_permanence_of_the_cadence_that_follows_it() -> None:
    either = cadence(asked=0, follows="spring")
    group = problem(cadences=(either,), promotions=(promotion(sequence("s1", length="day")),))
    both = plan(session("s1", MONDAY, "09:00", "17:00"), permanence(), permanence(MONDAY, "pm"))
    assert told(group, both, RULE) == [("too_many", "visits", 1)]


def test_three_on_one_date_are_two_too_many() -> None:
    workshops = cadence("workshops", kind="session", asked=0, weekdays=(1,))
    three = plan(workshop(1), workshop(2), workshop(3, MONDAY, "14:00", "16:00"))
    assert told(problem(cadences=(workshops,)), three, RULE) == [("too_many", "workshops", 2)]


def test_whole_days_that_follow_or_come_every_week_are_two_half_days_and_one_date() -> None:
    halves = (permanence(), permanence(MONDAY, "pm"))
    weekly = problem(cadences=(cadence(asked=0, weekdays=(1,), length="day"),))
    assert told(weekly, plan(*halves), RULE) == []
    group = problem(
        cadences=(cadence(asked=0, follows="spring", length="day"),), promotions=(promotion(sequence("s1")),)
    )
    assert told(group, plan(session("s1"), *halves), RULE) == []


def test_sessions_of_a_whole_day_are_counted_one_by_one() -> None:
    long = problem(cadences=(cadence("workshops", kind="session", length="day"),))
    whole = {"start": "09:00", "end": "17:00"}
    assert told(long, plan(workshop(1, **whole)), RULE) == []
    twice = plan(workshop(1, **whole), workshop(2, staff=("B",), **whole))
    assert told(long, twice, RULE) == [("too_many", "workshops", 1)]


def test_an_excess_is_dated_from_the_first_day_of_its_month_in_the_horizon() -> None:
    months = problem(cadences=(cadence(asked=1),), first_on=day(9), last_on=date(2026, 4, 30))
    planned = plan(*(permanence(on) for on in (day(9), day(16), date(2026, 4, 7), date(2026, 4, 14))))
    found = [breach.on for breach in breaches(months, planned, RULE)]
    assert found == [day(9), date(2026, 4, 1)]


def test_an_exception_allows_its_new_date_whatever_the_weekdays_and_takes_the_old_one() -> None:
    monthly = facts(asked=2, exceptions=(moved(2, 3), moved(3)))
    assert told(monthly, plan(permanence(day(3)), permanence(day(4))), RULE) == []
    assert told(monthly, plan(permanence(day(2))), RULE) == [("dropped", "visits", 1)]
    away = facts(asked=0, weekdays=(1,), exceptions=(moved(3, 5),))
    assert told(away, plan(permanence(day(5))), RULE) == [("not_asked", "visits", 1)]


def test_the_margin_of_a_month_is_less_what_it_already_had() -> None:
    history = tuple(HistoryDate(on=day(on), half_day="am") for on in (2, 3, 4))
    full = problem(cadences=(cadence(asked=2, up_to=1, history=history),), today_on=day(5))
    assert told(full, plan(permanence(day(12))), RULE) == [("too_many", "visits", 1)]
    room_for_one = problem(cadences=(cadence(asked=2, up_to=2, history=history),), today_on=day(5))
    assert told(room_for_one, plan(permanence(day(12))), RULE) == []


def test_a_month_that_had_more_than_it_asks_is_no_breach_of_the_plan() -> None:
    history = tuple(HistoryDate(on=day(on), half_day="am") for on in (2, 3, 4))
    both = problem(cadences=(cadence(history=history),), today_on=day(5), last_on=date(2026, 4, 30))
    assert told(both, plan(permanence(date(2026, 4, 7))), RULE) == []
