from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    cadence,
    day,
    interview,
    need,
    office,
    participant,
    permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    told,
    workshop,
)

RULE = "participant_one_at_a_time"
KM = "KM4821"


def facts(*needs: object) -> Problem:
    group = promotion(sequence("s1"), participants=(KM,))
    return problem(
        cadences=(cadence(),), interviews=needs, participants=(participant(KM),), promotions=(group,)
    )


def mine(id: str = "n1", **changes: object) -> object:
    return need(id, participant=KM, other_staff=True, **changes)


def test_two_interviews_at_two_sites_in_one_half_day_are_seen() -> None:
    apart = plan(office(), interview(), permanence(MONDAY, "am", "B"), theirs("10:00", "prison"))
    assert told(facts(mine(), mine("n2")), apart, RULE) == [("same_half_day", KM, 1)]


def theirs(start: str, place: str | None) -> object:
    return interview("n2", start=start, site=place, staff="B")


def test_two_at_the_same_site_at_separate_times_are_allowed() -> None:
    both = facts(mine(), mine("n2"))
    assert told(both, plan(office(), interview(), office(staff="B"), theirs("10:00", "bureau")), RULE) == []
    at_once = plan(office(), interview(), office(staff="B"), theirs("09:00", "bureau"))
    assert told(both, at_once, RULE) == [("same_half_day", KM, 1)]


def test_two_half_days_of_one_day_are_allowed() -> None:
    planned = plan(office(), interview(), permanence(MONDAY, "pm", "B"), theirs("14:00", "prison"))
    assert told(facts(mine(), mine("n2")), planned, RULE) == []


def test_a_session_counts_for_every_participant() -> None:
    during = plan(session("s1"), office(staff="B"), theirs("11:00", "bureau"))
    after = plan(session("s1"), permanence(MONDAY, "am", "B"), theirs("11:00", "prison"))
    assert told(facts(mine("n2")), during, RULE) == [("same_half_day", KM, 1)]
    assert told(facts(mine("n2")), after, RULE) == []


def test_a_call_is_at_no_site_of_anything_else() -> None:
    call = plan(office(), interview(), theirs("11:00", None))
    assert told(facts(mine(), mine("n2", mode="phone")), call, RULE) == [("same_half_day", KM, 1)]


def test_two_interviews_keep_the_larger_of_their_distances() -> None:
    week = facts(mine(min_days=7), mine("n2"))
    planned = plan(office(), interview(), office(day(9)), interview("n2", day(9)))
    assert told(week, planned, RULE) == []
    more = facts(mine(), mine("n2", min_days=9))
    assert told(more, planned, RULE) == [("too_close", KM, 2)]


def test_an_interview_keeps_its_own_distance_from_the_last() -> None:
    planned = plan(office(day(9)), interview(on=day(9)))
    assert told(facts(mine(last_on=day(2), min_days=7)), planned, RULE) == []
    assert told(facts(mine(last_on=day(2), min_days=8)), planned, RULE) == [("too_soon_after_last", "n1", 1)]
    assert told(facts(mine(last_on=day(9))), planned, RULE) == []
    assert told(facts(mine(last_on=day(10))), planned, RULE) == [("too_soon_after_last", "n1", 1)]


def test_people_without_reference_are_nobody_in_particular() -> None:
    both = problem(interviews=(need(), need("n2", other_staff=True)))
    planned = plan(office(), interview(), office(staff="B"), theirs("09:00", "bureau"))
    assert told(both, planned, RULE) == []


def test_the_distance_is_that_of_the_earlier_or_of_the_later_whichever_is_larger() -> None:
    planned = plan(office(), interview(), office(day(9)), interview("n2", day(9)))
    for first, second, found in ((8, 0, 1), (0, 8, 1), (8, 9, 2), (9, 8, 2), (7, 7, 0)):
        known = facts(mine(min_days=first), mine("n2", min_days=second))
        assert told(known, planned, RULE) == ([("too_close", KM, found)] if found else [])


def test_two_numbers_of_one_need_keep_their_distance_too() -> None:
    twice = facts(mine(count=2, min_days=8))
    planned = plan(office(), interview(), office(day(9)), interview(number=2, on=day(9)))
    assert told(twice, planned, RULE) == [("too_close", KM, 1)]


def test_people_without_reference_keep_no_distance_from_each_other() -> None:
    both = problem(interviews=(need(min_days=9), need("n2", min_days=9)))
    planned = plan(office(), interview(), office(day(3)), interview("n2", day(3)))
    assert told(both, planned, RULE) == []


def test_a_whole_day_session_takes_both_half_days_of_its_participants() -> None:
    group = promotion(sequence("s1", length="day"), participants=(KM,))
    known = problem(
        interviews=(mine("n2"),), participants=(participant(KM),), promotions=(group,), cadences=(cadence(),)
    )
    whole = session("s1", MONDAY, "09:00", "17:00")
    afternoon = plan(whole, office(MONDAY, "pm", "B"), theirs("14:00", "bureau"))
    assert told(known, afternoon, RULE) == [("same_half_day", KM, 1)]


def test_a_workshop_has_no_participants_of_its_own() -> None:
    workshops = problem(
        interviews=(mine("n2"),),
        participants=(participant(KM),),
        cadences=(cadence("workshops", kind="session"),),
    )
    planned = plan(workshop(), office(staff="B"), theirs("09:00", "bureau"))
    assert told(workshops, planned, RULE) == []


def test_two_calls_in_one_half_day_are_seen() -> None:
    calls = facts(mine(mode="phone"), mine("n2", mode="phone"))
    planned = plan(interview(site=None), theirs("11:00", None))
    assert told(calls, planned, RULE) == [("same_half_day", KM, 1)]
