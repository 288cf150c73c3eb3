from datetime import date

from planner.build import build
from planner.problem import Absence, EngagedOutside, MaxHalfDays, Meeting, Problem
from planner.relaxation import relax
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    openings,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
    told,
    weekly,
)

RULE = "workload"


def facts(**who: object) -> Problem:
    return problem(cadences=(cadence(asked=40),), interviews=(need(count=9),), staff=(person(**who),))


def half_days(*halves: tuple[int, str]) -> object:
    return plan(*(permanence(day(on), half) for on, half in halves))


def test_a_day_holds_the_contract_s_half_days_and_not_one_more() -> None:
    both = half_days((2, "am"), (2, "pm"))
    assert told(facts(), both, RULE) == []
    assert told(facts(max_half_days=MaxHalfDays(day=1)), both, RULE) == [("day_full", "A", 1)]


def test_a_week_runs_from_monday_to_sunday() -> None:
    two_a_week = facts(max_half_days=MaxHalfDays(week=2))
    assert told(two_a_week, half_days((6, "am"), (6, "pm"), (9, "am"), (9, "pm")), RULE) == []
    found = told(two_a_week, half_days((2, "am"), (4, "am"), (6, "pm")), RULE)
    assert found == [("week_full", "A", 1)]


def test_a_month_is_a_calendar_month() -> None:
    found = told(facts(max_half_days=MaxHalfDays(month=1)), half_days((2, "am"), (30, "am")), RULE)
    assert found == [("month_full", "A", 1)]


def test_interviews_and_meetings_engage_and_half_days_count_once() -> None:
    team = (Meeting(id="team", starts_at=at(MONDAY, "08:00"), ends_at=at(MONDAY, "08:30")),)
    held = plan(office(), interview(), interview(number=2, start="10:00"))
    one = facts(meetings=team, max_half_days=MaxHalfDays(day=1))
    assert told(one, held, RULE) == []
    afternoon = plan(office(MONDAY, "pm"), interview(start="14:00"))
    assert told(one, afternoon, RULE) == [("day_full", "A", 1)]


def test_a_meeting_over_lunch_engages_both_half_days() -> None:
    lunch = (Meeting(id="lunch", starts_at=at(MONDAY, "12:30"), ends_at=at(MONDAY, "13:01")),)
    two = facts(meetings=lunch, max_half_days=MaxHalfDays(week=2))
    assert told(two, half_days((3, "am")), RULE) == [("week_full", "A", 1)]


def test_published_half_days_outside_the_horizon_count_in_weeks_and_months_that_straddle_it() -> None:
    outside = (EngagedOutside(on=date(2026, 4, 1), half_day="am"),)
    one_a_week = facts(engaged_outside=outside, max_half_days=MaxHalfDays(week=1))
    assert told(one_a_week, half_days((31, "am")), RULE) == [("week_full", "A", 1)]
    assert told(one_a_week, half_days((27, "am")), RULE) == []


def test_protected_half_days_are_left_of_what_is_available() -> None:
    part_time = facts(availability=weekly(weekdays=range(1, 3)), protected_half_days=2)
    assert told(part_time, half_days((2, "am"), (3, "am")), RULE) == []
    found = told(part_time, half_days((2, "am"), (2, "pm"), (3, "am")), RULE)
    assert found == [("protected", "A", 1)]


def test_an_absence_and_a_holiday_leave_less_to_protect_from_and_never_less_than_nothing() -> None:
    away = (Absence(id="leave", starts_at=at(MONDAY, "00:00"), ends_at=at(day(6), "00:00")),)
    friday = facts(availability=weekly(weekdays=range(1, 6)), absences=away, protected_half_days=1)
    assert told(friday, half_days((6, "am")), RULE) == []
    assert told(friday, half_days((6, "am"), (6, "pm")), RULE) == [("protected", "A", 1)]
    none_left = facts(availability=weekly(weekdays=range(1, 6)), absences=away, protected_half_days=9)
    assert told(none_left, half_days((6, "am")), RULE) == [("protected", "A", 1)]


def test_meetings_alone_are_no_breach_of_a_plan() -> None:
    team = (Meeting(id="team", starts_at=at(MONDAY, "09:00"), ends_at=at(MONDAY, "17:00")),)
    assert told(facts(meetings=team, max_half_days=MaxHalfDays(day=0)), plan(), RULE) == []


def test_the_available_half_days_are_those_of_the_whole_week_also_beyond_the_horizon() -> None:
    first_of_april = changed(
        facts(protected_half_days=12), first_on=date(2026, 4, 1), last_on=date(2026, 4, 30)
    )
    planned = plan(permanence(date(2026, 4, 1)), permanence(date(2026, 4, 2)))
    assert told(first_of_april, planned, RULE) == []
    three = plan(*planned.permanences, permanence(date(2026, 4, 3)))
    assert told(first_of_april, three, RULE) == [("protected", "A", 1)]


def test_what_is_engaged_outside_but_lies_in_the_horizon_is_not_counted() -> None:
    inside = (EngagedOutside(on=day(3), half_day="am"),)
    one_a_week = facts(engaged_outside=inside, max_half_days=MaxHalfDays(week=1))
    assert told(one_a_week, half_days((2, "am")), RULE) == []


def test_an_office_half_day_without_interviews_engages_nobody() -> None:
    full = facts(max_half_days=MaxHalfDays(week=0))
    assert told(full, plan(office()), RULE) == []
    assert told(full, plan(office(), interview()), RULE) == [("week_full", "A", 1)]


def test_a_call_and_a_whole_day_session_engage_their_half_days() -> None:
    group = changed(
        facts(max_half_days=MaxHalfDays(day=1)),
        promotions=(promotion(sequence("s1", length="day")),),
        interviews=(need(mode="phone"),),
    )
    assert told(group, plan(session("s1", MONDAY, "09:00", "17:00")), RULE) == [("day_full", "A", 1)]
    calls = plan(permanence(), interview(start="14:00", site=None))
    assert told(group, calls, RULE) == [("day_full", "A", 1)]


def test_a_week_that_begins_before_the_horizon_counts_its_meetings() -> None:
    before = (Meeting(id="t", starts_at=at(day(4), "09:00"), ends_at=at(day(4), "10:00")),)
    cut = changed(facts(meetings=before, max_half_days=MaxHalfDays(week=1)), first_on=day(5))
    assert told(cut, half_days((5, "am")), RULE) == [("week_full", "A", 1)]
    assert told(cut, half_days((9, "am")), RULE) == []


def test_an_interview_engages_the_half_day_of_the_opening_that_it_lies_in() -> None:
    mornings = openings(to_hour="14:00")[::2]
    long = changed(
        facts(max_half_days=MaxHalfDays(day=1)), sites=(site(openings=mornings), bureau(openings=mornings))
    )
    assert told(long, plan(office(), interview(), interview(number=2, start="13:00")), RULE) == []
    off = changed(long, sites=(site(openings=mornings), bureau(openings=openings()[::2])))
    assert told(off, plan(office(), interview(), interview(number=2, start="13:00")), RULE) == [
        ("day_full", "A", 1)
    ]


def test_a_whole_day_session_engages_both_half_days_whatever_its_hours() -> None:
    group = changed(
        facts(max_half_days=MaxHalfDays(day=1)), promotions=(promotion(sequence("s1", length="day")),)
    )
    assert told(group, plan(session("s1", MONDAY, "09:00", "11:00")), RULE) == [("day_full", "A", 1)]


def test_the_relaxation_engages_a_person_for_the_office_and_the_telephone_together() -> None:
    """One half-day of three slots, for three interviews there and three by telephone."""
    who = person(max_half_days=MaxHalfDays(month=1))
    needs = (need(sites=("bureau",), count=3), need("calls", mode="phone", sites=(), count=3))
    month = problem(first_on=MONDAY, last_on=MONDAY, staff=(who,), interviews=needs)
    assert relax(build(month).program, {}, "unmet_rest", seconds=10).bound == 3 * 3
