from datetime import date

from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    cadence,
    day,
    plan,
    problem,
    promotion,
    sequence,
    session,
    told,
    workshop,
)

RULE = "sequence_order"


def facts(*sequences: object, **group: object) -> Problem:
    return problem(promotions=(promotion(*sequences, **group),))


def pair(**second: object) -> Problem:
    return facts(sequence("s1"), sequence("s2", **second))


def test_the_window_of_a_sequence_includes_both_its_dates() -> None:
    window = facts(sequence("s1", from_on=day(3), until_on=day(5)))
    assert told(window, plan(session("s1", day(3))), RULE) == []
    assert told(window, plan(session("s1", day(5))), RULE) == []
    assert told(window, plan(session("s1", day(2))), RULE) == [("outside_window", "spring/s1", 1)]
    assert told(window, plan(session("s1", day(9))), RULE) == [("outside_window", "spring/s1", 4)]


def test_weekday_half_day_and_site_are_those_of_the_promotion() -> None:
    fixed = facts(sequence("s1"), weekday=1, half_day="am")
    assert told(fixed, plan(session("s1")), RULE) == []
    assert told(fixed, plan(session("s1", day(3))), RULE) == [("wrong_weekday", "spring/s1", 1)]
    afternoon = session("s1", MONDAY, "14:00", "16:00")
    assert told(fixed, plan(afternoon), RULE) == [("wrong_half_day", "spring/s1", 1)]
    assert told(fixed, plan(session("s1", site="bureau")), RULE) == [("wrong_site", "spring/s1", 1)]


def test_a_sequence_waits_for_the_one_before() -> None:
    assert told(pair(), plan(session("s1"), session("s2", day(9))), RULE) == []
    assert told(pair(), plan(session("s2", day(9))), RULE) == [("previous_missing", "spring/s2", 1)]


def test_a_sequence_already_done_is_a_place_to_go_on_from() -> None:
    held = facts(sequence("s1", done_on=date(2026, 2, 27)), sequence("s2", min_days=3))
    assert told(held, plan(session("s2", MONDAY)), RULE) == []
    late = facts(sequence("s1", done_on=date(2026, 2, 27)), sequence("s2", min_days=4))
    assert told(late, plan(session("s2", MONDAY)), RULE) == [("too_early", "spring/s2", 1)]


def test_a_sequence_done_is_not_done_again_on_another_day() -> None:
    held = facts(sequence("s1", done_on=day(2)))
    assert told(held, plan(session("s1", day(2))), RULE) == []
    assert told(held, plan(session("s1", day(9))), RULE) == [("already_done", "spring/s1", 1)]


def test_days_between_two_sequences_lie_in_the_range_of_the_later() -> None:
    planned = plan(session("s1"), session("s2", day(9)))
    assert told(pair(min_days=7, max_days=7), planned, RULE) == []
    assert told(pair(min_days=8), planned, RULE) == [("too_early", "spring/s2", 1)]
    assert told(pair(max_days=5), planned, RULE) == [("too_late", "spring/s2", 2)]


def test_sequences_in_the_wrong_order_are_days_short() -> None:
    planned = plan(session("s1", day(9)), session("s2", day(2)))
    assert told(pair(), planned, RULE) == [("too_early", "spring/s2", 8)]


def closing(**changes: object) -> Problem:
    partner = sequence("partner", intervention=True, **changes)
    return facts(partner, sequence("s1"), sequence("s2"))


def test_the_intervention_comes_after_all_sequences_wherever_it_is_listed() -> None:
    steps = (session("s1"), session("s2", day(9)))
    assert told(closing(), plan(*steps, session("partner", day(10))), RULE) == []
    early = told(closing(), plan(*steps, session("partner", day(9), "14:00", "16:00")), RULE)
    assert early == [("too_early", "spring/partner", 1)]
    assert told(closing(min_days=0), plan(*steps, session("partner", day(9))), RULE) == early


def test_the_days_of_the_intervention_count_from_the_latest_sequence() -> None:
    planned = plan(session("s1"), session("s2", day(9)), session("partner", day(16)))
    assert told(closing(max_days=7), planned, RULE) == []
    assert told(closing(max_days=6), planned, RULE) == [("too_late", "spring/partner", 1)]


def test_the_intervention_waits_for_every_sequence() -> None:
    planned = plan(session("s1"), session("partner", day(16)))
    assert told(closing(), planned, RULE) == [("previous_missing", "spring/partner", 1)]


def test_nothing_is_placed_after_an_intervention_that_is_done() -> None:
    done = facts(sequence("partner", intervention=True, done_on=day(9), max_days=3), sequence("s1"))
    assert told(done, plan(session("s1", day(6))), RULE) == []
    assert told(done, plan(session("s1", day(5))), RULE) == [("too_late", "spring/partner", 1)]
    assert told(done, plan(session("s1", day(9))), RULE) == [("too_early", "spring/partner", 1)]


def test_what_was_done_in_the_wrong_order_is_no_fault_of_the_plan() -> None:
    late = sequence("s1", from_on=date(2026, 2, 1), done_on=date(2026, 2, 20))
    done = facts(late, sequence("s2"), sequence("partner", intervention=True, done_on=date(2026, 2, 9)))
    assert told(done, plan(), RULE) == []
    planned = [("too_early", "spring/partner", 22)]
    assert told(done, plan(session("s2")), RULE) == planned


def test_a_sequence_published_outside_the_horizon_is_placed() -> None:
    february = plan(session("s1", date(2026, 2, 23)))
    group = promotion(sequence("s1", from_on=date(2026, 2, 1)), sequence("s2", min_days=8))
    chained = problem(promotions=(group,), published=february)
    assert told(chained, plan(session("s2", MONDAY)), RULE) == [("too_early", "spring/s2", 1)]
    assert told(chained, plan(session("s2", day(3))), RULE) == []


def test_the_days_from_the_latest_are_at_least_those_asked() -> None:
    planned = plan(session("s1"), session("s2", day(9)), session("partner", day(12)))
    assert told(closing(min_days=3), planned, RULE) == []
    assert told(closing(min_days=4), planned, RULE) == [("too_early", "spring/partner", 1)]


def test_two_sequences_of_one_day_are_allowed_where_no_day_is_asked_between() -> None:
    planned = plan(session("s1"), session("s2", MONDAY, "14:00", "16:00"))
    assert told(pair(min_days=0), planned, RULE) == []
    assert told(pair(), planned, RULE) == [("too_early", "spring/s2", 1)]


def test_a_sequence_waits_for_the_one_before_and_for_no_other() -> None:
    three = facts(sequence("s1"), sequence("s2"), sequence("s3"))
    found = told(three, plan(session("s1"), session("s3", day(9))), RULE)
    assert found == [("previous_missing", "spring/s3", 1)]
    assert told(three, plan(session("s2", day(9)), session("s3", day(10))), RULE) == [
        ("previous_missing", "spring/s2", 1)
    ]


def test_an_intervention_in_the_middle_of_the_list_is_no_step_of_the_sequences() -> None:
    between = facts(sequence("s1"), sequence("partner", intervention=True), sequence("s2"))
    steps = (session("s1"), session("s2", day(9)))
    assert told(between, plan(*steps), RULE) == []
    assert told(between, plan(*steps, session("partner", day(10))), RULE) == []


def test_a_workshop_has_no_order() -> None:
    workshops = problem(
        cadences=(cadence("workshops", kind="session", asked=2),),
        promotions=(promotion(sequence("s1"), weekday=2),),
    )
    assert told(workshops, plan(workshop(), workshop(2, day(9))), RULE) == []


def test_only_what_is_published_of_this_promotion_outside_the_horizon_is_placed() -> None:
    inside = plan(session("s1", day(3)))
    group = promotion(sequence("s1"), sequence("s2", min_days=8))
    missing = [("previous_missing", "spring/s2", 1)]
    assert told(problem(promotions=(group,), published=inside), plan(session("s2", day(4))), RULE) == missing
    other = promotion(sequence("s1"), id="autumn")
    theirs = plan(session("s1", date(2026, 2, 23), promotion="autumn"))
    both = problem(promotions=(group, other), published=theirs)
    assert told(both, plan(session("s2", day(4))), RULE) == missing


def test_what_is_done_is_judged_beside_what_the_plan_places_and_not_among_itself() -> None:
    done = date(2026, 2, 20)
    late = facts(
        sequence("s1", done_on=done),
        sequence("s2", done_on=date(2026, 2, 18)),
        sequence("s3"),
        sequence("partner", intervention=True, done_on=day(20)),
    )
    assert told(late, plan(session("s3", MONDAY)), RULE) == []
    skipped = facts(sequence("s1"), sequence("s2"), sequence("partner", intervention=True, done_on=day(20)))
    assert told(skipped, plan(session("s1", MONDAY)), RULE) == []
