from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
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
)

RULE = "interview_place"


def facts(**asked: object) -> Problem:
    group = promotion(sequence("s1"))
    return problem(cadences=(cadence(),), interviews=(need(**asked),), promotions=(group,))


def test_an_interview_lies_in_an_office_half_day_or_a_permanence_of_its_staff() -> None:
    assert told(facts(), plan(office(), interview()), RULE) == []
    assert told(facts(), plan(permanence(), interview(site="prison")), RULE) == []
    assert told(facts(), plan(interview()), RULE) == [("nobody_there", "n1", 1)]
    theirs = plan(permanence(MONDAY, "am", "B"), interview(site="prison"))
    assert told(facts(), theirs, RULE) == [("nobody_there", "n1", 1)]
    other_half = plan(permanence(), interview(site="prison", start="14:00"))
    assert told(facts(), other_half, RULE) == [("nobody_there", "n1", 1)]


def test_an_interview_ends_with_its_office_half_day_and_beyond_leaves_it_but_does_not_empty_it() -> None:
    assert told(facts(), plan(office(), interview(start="11:00")), RULE) == []
    late = plan(office(), interview(start="11:30"))
    assert told(facts(), late, RULE) == [("nobody_there", "n1", 1)]


def test_a_session_is_no_place_for_an_interview() -> None:
    found = told(facts(), plan(session("s1"), interview(site="prison")), RULE)
    assert found == [("nobody_there", "n1", 1)]


def test_the_site_is_one_that_the_need_allows() -> None:
    found = told(facts(sites=("prison",)), plan(office(), interview()), RULE)
    assert found == [("wrong_site", "n1", 1)]
    assert told(facts(sites=()), plan(office(), interview()), RULE) == [("wrong_site", "n1", 1)]


def test_a_need_may_ask_for_a_permanence() -> None:
    only = facts(only_in_permanence=True)
    assert told(only, plan(permanence(), interview(site="prison")), RULE) == []
    assert told(only, plan(office(), interview()), RULE) == [("not_in_permanence", "n1", 1)]


def test_an_office_half_day_stands_at_a_bureau_and_holds_an_interview() -> None:
    assert told(facts(), plan(office()), RULE) == [("empty_office", "A", 1)]
    elsewhere = problem(sites=(site(), site("bureau")), interviews=(need(),))
    assert told(elsewhere, plan(office(), interview()), RULE) == [("not_an_office", "A", 1)]


def test_a_call_has_no_site_and_stands_on_slots_of_a_bureau() -> None:
    calls = facts(mode="phone")
    assert told(calls, plan(interview(site=None)), RULE) == []
    assert told(calls, plan(interview(site=None, start="09:30")), RULE) == [("call_off_slots", "n1", 1)]
    assert told(calls, plan(office(), interview()), RULE) == [("wrong_site", "n1", 1)]


def test_a_call_stands_on_slots_even_when_the_bureau_is_closed_that_day() -> None:
    closed = problem(
        sites=(site(), bureau(open_on_holidays=False)), holidays=(MONDAY,), interviews=(need(mode="video"),)
    )
    assert told(closed, plan(interview(site=None)), RULE) == []


def test_a_call_of_two_slots_lasts_two_slots_and_the_buffer_between() -> None:
    paced = problem(
        sites=(site(), bureau(openings=openings(slot_minutes=30, buffer_minutes=10))),
        interviews=(need(mode="phone", slots=2),),
    )
    from_nine = {"start": "09:00", "site": None}
    right = interview(**from_nine, ends_at=interview(start="09:10").ends_at)
    wrong = interview(**from_nine, ends_at=interview(start="09:00").ends_at)
    assert told(paced, plan(right), RULE) == []
    assert told(paced, plan(wrong), RULE) == [("call_off_slots", "n1", 1)]


def test_nobody_calls_during_a_permanence_or_a_session() -> None:
    calls = facts(mode="phone")
    call = interview(site=None)
    assert told(calls, plan(permanence(), call), RULE) == [("call_during_presence", "n1", 1)]
    assert told(calls, plan(session("s1"), call), RULE) == [("call_during_presence", "n1", 1)]
    assert told(calls, plan(permanence(MONDAY, "pm"), call), RULE) == []


def test_a_call_may_stand_beside_an_office_half_day_and_does_not_fill_it() -> None:
    both = problem(interviews=(need(), need("call", mode="phone")))
    beside = plan(office(), interview(), interview("call", site=None, start="10:00"))
    assert told(both, beside, RULE) == []
    only_the_call = plan(office(), interview("call", site=None, start="10:00"))
    assert told(both, only_the_call, RULE) == [("empty_office", "A", 1)]


def test_an_interview_on_site_has_a_site() -> None:
    nowhere = told(facts(), plan(interview(site=None)), RULE)
    assert nowhere == [("nobody_there", "n1", 1), ("wrong_site", "n1", 1)]


def test_a_need_that_asks_for_a_permanence_and_finds_nobody_lacks_somebody() -> None:
    only = facts(only_in_permanence=True)
    assert told(only, plan(interview(site="prison")), RULE) == [("nobody_there", "n1", 1)]


def test_an_interview_in_the_other_half_day_does_not_fill_an_office() -> None:
    other_half = plan(office(), office(MONDAY, "pm"), interview(start="14:00"))
    assert told(facts(), other_half, RULE) == [("empty_office", "A", 1)]
    by_another = plan(office(), office(staff="B"), interview())
    assert told(facts(), by_another, RULE) == [("empty_office", "B", 1)]


def test_an_interview_in_a_half_day_without_office_fills_no_other() -> None:
    found = told(facts(), plan(office(), interview(start="14:00")), RULE)
    assert found == [("empty_office", "A", 1), ("nobody_there", "n1", 1)]


def test_a_call_lies_in_the_half_day_of_the_bureau_s_opening_and_else_turns_at_one() -> None:
    long_mornings = bureau(openings=openings(to_hour="14:00")[::2])
    calls = problem(sites=(site(), long_mornings), cadences=(cadence(),), interviews=(need(mode="phone"),))
    late = interview(site=None, start="13:00")
    assert told(calls, plan(permanence(MONDAY, "pm"), late), RULE) == []
    assert told(calls, plan(permanence(), late), RULE) == [("call_during_presence", "n1", 1)]
    off_slots = interview(site=None, start="13:30")
    assert told(calls, plan(permanence(), off_slots), RULE) == [("call_off_slots", "n1", 1)]
