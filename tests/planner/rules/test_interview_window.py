from planner.problem import ParticipantHours, Problem
from tests.planner.build import day, interview, need, office, participant, plan, problem, told

RULE = "interview_window"


def facts(*hours: ParticipantHours, today: int = 1, **asked: object) -> Problem:
    person = participant(hours=hours or None)
    needs = (need(participant="KM4821", **asked),)
    return problem(interviews=needs, participants=(person,), today_on=day(today))


def hours(start: str, end: str, weekday: int = 1) -> ParticipantHours:
    return ParticipantHours(weekday=weekday, from_hour=start, to_hour=end)


def test_the_dates_asked_include_both_ends() -> None:
    window = facts(from_on=day(3), until_on=day(5))
    assert told(window, plan(interview(on=day(3))), RULE) == []
    assert told(window, plan(interview(on=day(5))), RULE) == []
    assert told(window, plan(interview(on=day(2))), RULE) == [("outside_dates", "n1", 1)]
    assert told(window, plan(interview(on=day(9))), RULE) == [("outside_dates", "n1", 4)]


def test_the_interview_lies_within_the_hours_of_the_person() -> None:
    assert told(facts(hours("09:00", "10:00")), plan(interview()), RULE) == []
    assert told(facts(hours("09:01", "10:00")), plan(interview()), RULE) == [("outside_hours", "n1", 1)]
    assert told(facts(hours("09:00", "09:59")), plan(interview()), RULE) == [("outside_hours", "n1", 1)]
    assert told(facts(hours("09:00", "10:00", 2)), plan(interview()), RULE) == [("outside_hours", "n1", 1)]


def test_hours_that_follow_each_other_count_as_one() -> None:
    assert told(facts(hours("08:00", "09:30"), hours("09:30", "11:00")), plan(interview()), RULE) == []


def test_hours_hold_for_calls_too() -> None:
    found = told(facts(hours("10:00", "12:00"), mode="phone"), plan(interview(site=None)), RULE)
    assert found == [("outside_hours", "n1", 1)]


def test_an_authorisation_to_leave_is_asked_for_days_ahead() -> None:
    ahead = facts(today=2, leave_notice_days=7)
    assert told(ahead, plan(interview(on=day(9))), RULE) == []
    assert told(ahead, plan(interview(on=day(6))), RULE) == [("leave_notice", "n1", 3)]


def test_nothing_is_placed_before_today() -> None:
    assert told(facts(today=3), plan(interview(on=day(2))), RULE) == [("leave_notice", "n1", 1)]


def test_an_interview_at_its_published_start_needs_no_new_authorisation() -> None:
    published = plan(office(day(6)), interview(on=day(6)))
    needs = (need(leave_notice_days=7),)
    replanned = problem(interviews=needs, today_on=day(2), published=published)
    assert told(replanned, published, RULE) == []
    later = plan(office(day(6)), interview(on=day(6), start="10:00"))
    assert told(replanned, later, RULE) == [("leave_notice", "n1", 3)]
