from datetime import date

from planner.problem import Closure, Problem
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    day,
    interview,
    need,
    office,
    openings,
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

RULE = "site_open"


def facts(*sequences: object, **prison: object) -> Problem:
    group = promotion(*sequences)
    return problem(cadences=(cadence(),), promotions=(group,), sites=(site(**prison), bureau()))


def test_a_half_day_that_opens_is_allowed_and_a_sunday_is_not() -> None:
    assert told(facts(), plan(permanence()), RULE) == []
    assert told(facts(), plan(permanence(day(8))), RULE) == [("no_opening", "visits", 1)]


def test_an_opening_counts_on_its_first_and_last_day() -> None:
    spring = facts(openings=openings(from_on=day(2), until_on=day(9)))
    assert told(spring, plan(permanence(day(2)), permanence(day(9))), RULE) == []
    assert told(spring, plan(permanence(day(10))), RULE) == [("no_opening", "visits", 1)]


def test_a_closure_includes_both_its_dates_and_only_its_half_day() -> None:
    closed = facts(closures=(Closure(id="works", from_on=day(3), until_on=day(4), half_day="am"),))
    for on in (day(3), day(4)):
        assert told(closed, plan(permanence(on)), RULE) == [("closed", "visits", 1)]
        assert told(closed, plan(permanence(on, "pm")), RULE) == []
    assert told(closed, plan(permanence(day(2)), permanence(day(5))), RULE) == []


def test_a_closure_without_half_day_closes_both() -> None:
    closed = facts(closures=(Closure(id="works", from_on=day(3), until_on=day(3)),))
    assert told(closed, plan(permanence(day(3), "pm")), RULE) == [("closed", "visits", 1)]


def test_a_holiday_closes_every_site_but_those_that_say_so() -> None:
    armistice = date(2026, 11, 11)
    november = {"first_on": date(2026, 11, 1), "last_on": date(2026, 11, 30), "holidays": (armistice,)}
    shut = problem(cadences=(cadence(),), **november)
    assert told(shut, plan(permanence(armistice)), RULE) == [("holiday", "visits", 1)]
    serving = problem(cadences=(cadence(),), sites=(site(open_on_holidays=True), bureau()), **november)
    assert told(serving, plan(permanence(armistice)), RULE) == []


def test_a_session_stands_at_its_offset_for_its_own_minutes() -> None:
    offset = facts(sequence("s1", offset_minutes=30))
    assert told(offset, plan(session("s1", MONDAY, "09:30", "11:30")), RULE) == []
    assert told(offset, plan(session("s1", MONDAY, "09:00", "11:00")), RULE) == [
        ("session_hours", "spring/s1", 1)
    ]
    assert told(offset, plan(session("s1", MONDAY, "09:30", "11:00")), RULE) == [
        ("session_hours", "spring/s1", 1)
    ]


def test_a_session_ends_with_the_opening_at_the_latest() -> None:
    just = facts(sequence("s1", duration_minutes=180))
    long = facts(sequence("s1", duration_minutes=181))
    assert told(just, plan(session("s1", MONDAY, "09:00", "12:00")), RULE) == []
    assert told(long, plan(session("s1", MONDAY, "09:00", "12:01")), RULE) == [
        ("session_hours", "spring/s1", 1)
    ]


def test_a_whole_day_session_runs_from_the_morning_to_the_evening() -> None:
    whole = facts(sequence("s1", length="day"))
    assert told(whole, plan(session("s1", MONDAY, "09:00", "17:00")), RULE) == []
    assert told(whole, plan(session("s1", MONDAY, "09:00", "16:00")), RULE) == [
        ("session_hours", "spring/s1", 1)
    ]


def test_a_whole_day_session_needs_both_half_days() -> None:
    closure = Closure(id="works", from_on=MONDAY, until_on=MONDAY, half_day="pm")
    whole = facts(sequence("s1", length="day"), closures=(closure,))
    assert told(whole, plan(session("s1", MONDAY, "09:00", "17:00")), RULE) == [("closed", "spring/s1", 1)]


def test_an_open_session_keeps_the_hours_of_its_cadence() -> None:
    sport = cadence("workshops", kind="session", duration_minutes=60, offset_minutes=60)
    facts_of_sport = problem(cadences=(sport,))
    assert told(facts_of_sport, plan(workshop(1, MONDAY, "10:00", "11:00")), RULE) == []
    found = told(facts_of_sport, plan(workshop(1, MONDAY, "09:00", "10:00")), RULE)
    assert found == [("session_hours", "workshops#1", 1)]


def test_each_interview_of_an_office_half_day_breaks_for_itself() -> None:
    closure = Closure(id="works", from_on=MONDAY, until_on=MONDAY)
    closed = problem(sites=(site(), bureau(closures=(closure,))), interviews=(need(),))
    found = told(closed, plan(office(), interview()), RULE)
    assert found == [("closed", "A", 1), ("closed", "n1", 1)]


def test_an_interview_of_a_permanence_breaks_nothing_more_than_its_permanence() -> None:
    closure = Closure(id="works", from_on=MONDAY, until_on=MONDAY)
    closed = problem(cadences=(cadence(),), sites=(site(closures=(closure,)), bureau()), interviews=(need(),))
    found = told(closed, plan(permanence(), interview(site="prison")), RULE)
    assert found == [("closed", "visits", 1)]


def test_a_call_is_made_whatever_is_closed() -> None:
    closure = Closure(id="works", from_on=MONDAY, until_on=MONDAY)
    closed = problem(sites=(site(), bureau(closures=(closure,))), interviews=(need(mode="phone"),))
    assert told(closed, plan(interview(site=None)), RULE) == []


def test_where_nothing_opens_a_session_has_no_hours_to_keep() -> None:
    sunday = session("s1", day(8), "08:00", "10:00")
    assert told(facts(sequence("s1")), plan(sunday), RULE) == [("no_opening", "spring/s1", 1)]
    mornings = facts(sequence("s1", length="day"), openings=openings()[::2])
    whole = session("s1", MONDAY, "09:00", "16:00")
    assert told(mornings, plan(whole), RULE) == [("no_opening", "spring/s1", 1)]


def test_a_session_starts_with_its_own_half_day() -> None:
    afternoon = facts(sequence("s1", offset_minutes=60))
    assert told(afternoon, plan(session("s1", MONDAY, "15:00", "17:00")), RULE) == []
    found = told(afternoon, plan(session("s1", MONDAY, "14:00", "16:00")), RULE)
    assert found == [("session_hours", "spring/s1", 1)]
