from datetime import date

from planner.problem import Absence, Problem, WeeklyAvailability
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    day,
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
    site,
    told,
    weekly,
)

RULE = "availability"


def facts(who: object = None, **changes: object) -> Problem:
    given = {"cadences": (cadence(),), "interviews": (need(),), "staff": (who or person(),)}
    return problem(**{**given, **changes})


def hours(start: str, end: str, **changes: object) -> WeeklyAvailability:
    given = {"weekday": 1, "half_day": "am", "from_hour": start, "to_hour": end}
    return WeeklyAvailability(**{**given, **changes})


def absent(start: str, end: str) -> tuple[Absence, ...]:
    return (Absence(id="leave", starts_at=at(MONDAY, start), ends_at=at(MONDAY, end)),)


def test_work_exactly_within_the_hours_is_allowed_and_a_minute_outside_is_not() -> None:
    exact = person(availability=(hours("09:00", "12:00"),))
    short = person(availability=(hours("09:01", "12:00"),))
    assert told(facts(exact), plan(permanence()), RULE) == []
    assert told(facts(short), plan(permanence()), RULE) == [("outside_pattern", "A", 1)]


def test_a_half_day_that_the_pattern_does_not_list_is_seen() -> None:
    assert told(facts(person(availability=())), plan(permanence()), RULE) == [("outside_pattern", "A", 1)]


def test_a_pattern_counts_on_its_first_and_last_day_only() -> None:
    until = person(availability=(hours("08:00", "13:00", until_on=MONDAY),))
    later = person(availability=(hours("08:00", "13:00", from_on=day(3)),))
    assert told(facts(until), plan(permanence()), RULE) == []
    assert told(facts(until), plan(permanence(day(9))), RULE) == [("outside_pattern", "A", 1)]
    assert told(facts(later), plan(permanence()), RULE) == [("outside_pattern", "A", 1)]


def test_an_office_pattern_serves_the_bureau_and_no_prison() -> None:
    indoors = facts(person(availability=weekly("office")))
    assert told(indoors, plan(office(), interview()), RULE) == []
    assert told(indoors, plan(permanence()), RULE) == [("wrong_where", "A", 1)]


def test_telework_serves_calls_only() -> None:
    call = interview(site=None)
    remote = facts(person(availability=weekly("remote")), interviews=(need(mode="phone"),))
    assert told(remote, plan(call), RULE) == []
    assert told(remote, plan(permanence()), RULE) == [("wrong_where", "A", 1)]


def test_a_call_lies_within_the_hours_of_the_pattern() -> None:
    late = facts(person(availability=(hours("09:30", "13:00"),)), interviews=(need(mode="phone"),))
    assert told(late, plan(interview(start="10:00", site=None)), RULE) == []
    assert told(late, plan(interview(site=None)), RULE) == [("outside_pattern", "n1", 1)]


def test_an_absence_that_ends_as_the_permanence_starts_is_no_breach_and_a_second_more_is() -> None:
    assert told(facts(person(absences=absent("07:00", "09:00"))), plan(permanence()), RULE) == []
    touching = facts(person(absences=absent("07:00:00", "09:00:01")))
    assert told(touching, plan(permanence()), RULE) == [("absent", "A", 1)]


def test_each_interview_of_an_office_half_day_breaks_for_itself() -> None:
    away = facts(person(absences=absent("11:00", "12:00")), interviews=(need(count=2),))
    planned = plan(office(), interview(), interview(start="10:00", number=2))
    assert told(away, planned, RULE) == [("absent", "A", 1), ("absent", "n1#1", 1), ("absent", "n1#2", 1)]


def test_a_holiday_is_worked_only_where_the_site_says_so() -> None:
    easter_monday = date(2026, 4, 6)
    april = {"first_on": date(2026, 4, 1), "last_on": date(2026, 4, 30), "holidays": (easter_monday,)}
    assert told(facts(**april), plan(permanence(easter_monday)), RULE) == [("holiday", "A", 1)]
    open_then = (site(open_on_holidays=True), bureau())
    assert told(facts(sites=open_then, **april), plan(permanence(easter_monday)), RULE) == []


def test_a_call_on_a_holiday_has_no_site_that_says_so() -> None:
    first_of_may = {
        "first_on": date(2026, 5, 1),
        "last_on": date(2026, 5, 31),
        "holidays": (date(2026, 5, 1),),
    }
    window = {"from_on": date(2026, 5, 1), "until_on": date(2026, 5, 31)}
    calls = facts(interviews=(need(mode="phone", **window),), **first_of_may)
    found = told(calls, plan(interview(on=date(2026, 5, 1), site=None)), RULE)
    assert found == [("holiday", "n1", 1)]


def test_a_whole_day_session_asks_each_half_day_for_its_part() -> None:
    group = promotion(sequence("s1", length="day"))
    whole = session("s1", MONDAY, "09:00", "17:00")
    both = facts(promotions=(group,))
    assert told(both, plan(whole), RULE) == []
    mornings = facts(person(availability=(hours("08:00", "13:00"),)), promotions=(group,))
    assert told(mornings, plan(whole), RULE) == [("outside_pattern", "A", 1)]


def test_a_whole_day_session_is_there_from_the_opening_of_each_half_day_to_its_end() -> None:
    whole = session("s1", MONDAY, "09:00", "17:00")
    exact = person(availability=(hours("09:00", "12:00"), hours("14:00", "17:00", half_day="pm")))
    late = person(availability=(hours("09:00", "12:00"), hours("14:01", "17:00", half_day="pm")))
    short = person(availability=(hours("09:00", "11:59"), hours("14:00", "17:00", half_day="pm")))
    for who, found in (
        (exact, []),
        (late, [("outside_pattern", "A", 1)]),
        (short, [("outside_pattern", "A", 1)]),
    ):
        group = facts(who, promotions=(promotion(sequence("s1", length="day")),))
        assert told(group, plan(whole), RULE) == found


def test_telework_serves_no_office_half_day() -> None:
    remote = facts(person(availability=weekly("remote")))
    found = told(remote, plan(office(), interview()), RULE)
    assert found == [("wrong_where", "A", 1), ("wrong_where", "n1", 1)]


def test_an_interview_of_a_permanence_breaks_nothing_more_than_its_permanence() -> None:
    away = facts(person(availability=()))
    found = told(away, plan(permanence(), interview(site="prison")), RULE)
    assert found == [("outside_pattern", "A", 1)]


def test_hours_that_follow_each_other_count_as_one() -> None:
    joined = person(availability=(hours("10:30", "12:00"), hours("09:00", "10:30")))
    apart = person(availability=(hours("10:31", "12:00"), hours("09:00", "10:30")))
    later = person(availability=(hours("09:00", "10:00"), hours("11:00", "12:00"), hours("09:30", "11:00")))
    late = person(availability=(hours("09:30", "12:00"), hours("10:00", "12:00")))
    assert told(facts(joined), plan(permanence()), RULE) == []
    assert told(facts(later), plan(permanence()), RULE) == []
    assert told(facts(apart), plan(permanence()), RULE) == [("outside_pattern", "A", 1)]
    assert told(facts(late), plan(permanence()), RULE) == [("outside_pattern", "A", 1)]


def test_hours_at_the_office_and_in_the_field_are_counted_each_for_its_places() -> None:
    mixed = person(availability=(hours("09:00", "10:30", where="office"), hours("10:30", "12:00")))
    assert told(facts(mixed), plan(office(), interview()), RULE) == []
    assert told(facts(mixed), plan(permanence()), RULE) == [("wrong_where", "A", 1)]


def test_an_absence_that_touches_nothing_but_the_office_half_day_touches_its_interviews_too() -> None:
    away = facts(person(absences=absent("08:00", "09:00")))
    assert told(away, plan(office(), interview()), RULE) == []


def test_a_call_is_no_breach_beside_an_absence_that_it_does_not_touch() -> None:
    away = facts(person(absences=absent("10:00", "12:00")), interviews=(need(mode="phone"),))
    assert told(away, plan(interview(site=None)), RULE) == []
    assert told(away, plan(interview(site=None, start="10:00")), RULE) == [("absent", "n1", 1)]


def test_a_session_that_breaks_off_early_or_runs_late_asks_for_its_own_minutes() -> None:
    group = (promotion(sequence("s1", length="day"), sequence("s2")),)
    until_four = person(availability=(hours("09:30", "12:00"), hours("14:00", "16:00", half_day="pm")))
    short = plan(session("s1", MONDAY, "09:30", "16:00"))
    assert told(facts(until_four, promotions=group), short, RULE) == []
    mornings_to_eleven = person(availability=(hours("09:00", "11:00"),))
    assert told(facts(mornings_to_eleven, promotions=group), plan(session("s1")), RULE) == []
    from_three = person(availability=(hours("15:00", "17:00", half_day="pm"),))
    late = plan(session("s1", MONDAY, "15:00", "17:00"))
    assert told(facts(from_three, promotions=group), late, RULE) == []
    mornings = person(availability=(hours("09:00", "12:00"),))
    over = plan(session("s2", MONDAY, "09:00", "12:30"))
    assert ("outside_pattern", "A", 1) in told(facts(mornings, promotions=group), over, RULE)
