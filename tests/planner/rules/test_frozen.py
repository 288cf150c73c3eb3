from planner.plan import Plan
from planner.problem import Absence, Problem
from tests.planner.build import (
    at,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    pin_of_interview,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    told,
)

RULE = "frozen"
PUBLISHED = plan(permanence(day(9)), office(day(10)), interview(on=day(10)))
"""A permanence on Monday 9 and an interview on Tuesday 10; the freeze runs to Thursday 12."""


def facts(published: Plan | None = PUBLISHED, **changes: object) -> Problem:
    given = {
        "cadences": (cadence(asked=4, min_days=0),),
        "interviews": (need(), need("n2")),
        "published": published,
    }
    return problem(**{**given, "today_on": day(9), "notice_days": 3, **changes})


def absent(*days: int) -> tuple[object, ...]:
    """A away on those days, B there."""
    away = tuple(
        Absence(id=f"leave-{on}", starts_at=at(day(on), "00:00"), ends_at=at(day(on + 1), "00:00"))
        for on in days
    )
    return person(absences=away), person("B")


def test_what_is_near_stays_as_published() -> None:
    assert told(facts(), PUBLISHED, RULE) == []
    moved = plan(permanence(day(9), "pm"), office(day(10)), interview(on=day(10)))
    assert told(facts(), moved, RULE) == [("moved", "visits", 1), ("placed_too_near", "visits", 1)]
    dropped = plan(permanence(day(9)))
    assert told(facts(), dropped, RULE) == [("moved", "n1", 1)]
    by_another = plan(permanence(day(9), "am", "B"), office(day(10)), interview(on=day(10)))
    assert told(facts(), by_another, RULE) == [("moved", "visits", 1)]


def test_the_first_day_after_the_freeze_is_free() -> None:
    on_the_edge = facts(plan(permanence(day(12))))
    assert told(on_the_edge, plan(permanence(day(13))), RULE) == []
    still_frozen = facts(plan(permanence(day(11))))
    assert told(still_frozen, plan(permanence(day(13))), RULE) == [("moved", "visits", 1)]


def test_nothing_new_is_placed_near() -> None:
    new = plan(*PUBLISHED.permanences, permanence(day(11)), *PUBLISHED.office, *PUBLISHED.interviews)
    assert told(facts(), new, RULE) == [("placed_too_near", "visits", 1)]
    late = plan(*PUBLISHED.permanences, permanence(day(12)), *PUBLISHED.office, *PUBLISHED.interviews)
    assert told(facts(), late, RULE) == []


def test_nothing_new_is_placed_near_without_a_published_plan_either() -> None:
    assert told(facts(None), plan(permanence(day(10))), RULE) == [("placed_too_near", "visits", 1)]


def test_a_need_whose_window_ends_before_may_come_near() -> None:
    urgent = facts(None, interviews=(need(until_on=day(11)), need("n2", until_on=day(12))))
    assert told(urgent, plan(office(day(10)), interview(on=day(10))), RULE) == []
    found = told(urgent, plan(office(day(10)), interview("n2", on=day(10))), RULE)
    assert found == [("placed_too_near", "n2", 1)]


def test_a_pin_comes_first() -> None:
    pinned = facts(pins=(pin_of_permanence(day(9), "am", "B"), pin_of_interview("n2", day(11))))
    with_pins = plan(
        permanence(day(9), "am", "B"),
        office(day(10)),
        interview(on=day(10)),
        office(day(11)),
        interview("n2", on=day(11)),
    )
    assert told(pinned, with_pins, RULE) == []


def test_the_presence_that_a_pinned_interview_brings_is_no_newcomer() -> None:
    pin = pin_of_interview("n2", day(11), site="prison")
    brought = plan(permanence(day(11)), interview("n2", on=day(11), site="prison"))
    assert told(facts(None, pins=(pin,)), brought, RULE) == []


def test_what_a_new_fact_makes_impossible_changes_staff_moves_later_or_goes() -> None:
    away = facts(staff=absent(9))
    rest = (*PUBLISHED.office, *PUBLISHED.interviews)
    assert told(away, plan(permanence(day(9), "am", "B"), *rest), RULE) == []
    assert told(away, plan(permanence(day(12)), *rest), RULE) == []
    assert told(away, plan(*rest), RULE) == []
    nearer = told(away, plan(permanence(day(10), "pm"), *rest), RULE)
    assert nearer == [("placed_too_near", "visits", 1)]


def test_what_is_past_stays_whatever_a_new_fact_says_of_it() -> None:
    published = plan(permanence(day(6)))
    for today, free in ((6, True), (9, False)):
        away = facts(published, staff=absent(6), today_on=day(today), notice_days=6)
        assert told(away, published, RULE) == []
        for other in (plan(), plan(permanence(day(6), "am", "B"))):
            assert told(away, other, RULE) == ([] if free else [("moved", "visits", 1)])


def test_an_interview_whose_presence_is_broken_is_broken_with_it() -> None:
    published = plan(permanence(day(9)), interview(on=day(9), site="prison"))
    hers = (need(other_staff=True), need("n2"))
    away = facts(published, staff=absent(9), interviews=hers)
    taken_over = plan(permanence(day(9), "am", "B"), interview(on=day(9), site="prison", staff="B"))
    assert told(away, taken_over, RULE) == []
    later = plan(office(day(16)), interview(on=day(16)))
    assert told(away, later, RULE) == []
    another_hour = plan(
        permanence(day(9), "am", "B"), interview(on=day(9), start="10:00", site="prison", staff="B")
    )
    assert told(away, another_hour, RULE) == [("moved", "n1", 1)]


def test_a_missing_part_around_it_does_not_free_a_session() -> None:
    group = promotion(sequence("s1"), sequence("s2"))
    second = session("s2", day(10))
    frozen = facts(plan(second), promotions=(group,))
    assert told(frozen, plan(second), RULE) == []
    assert told(frozen, plan(session("s2", day(13))), RULE) == [("moved", "spring/s2", 1)]


def test_what_the_problem_has_forgotten_may_go() -> None:
    assert told(facts(interviews=()), plan(permanence(day(9))), RULE) == []
    done = promotion(sequence("s1", done_on=day(9)))
    held = facts(plan(session("s1", day(9))), promotions=(done,))
    assert told(held, plan(), RULE) == []


def near(*published: object, **changes: object) -> Problem:
    """Things published on Tuesday 10, before the freeze ends."""
    return facts(plan(*published), **changes)


def test_the_other_half_of_a_day_that_is_missing_frees_nothing() -> None:
    half = permanence(day(10))
    whole_days = near(half, cadences=(cadence(length="day", asked=4),))
    assert told(whole_days, plan(half), RULE) == []
    assert told(whole_days, plan(), RULE) == [("moved", "visits", 1)]


def test_a_team_too_small_or_without_its_session_frees_nothing() -> None:
    alone = permanence(day(10))
    for asked in (cadence(asked=4, staff_count=2), cadence(asked=0, follows="spring")):
        lacking = near(alone, cadences=(asked,), promotions=(promotion(sequence("s1")),))
        assert told(lacking, plan(), RULE) == [("moved", "visits", 1)]
    crowd = permanence(day(10), "am", "A", "B")
    assert told(near(crowd), plan(), RULE) == [], "one too many breaks the rule by itself"


def test_an_intervention_without_its_sequences_stays() -> None:
    group = promotion(sequence("s1"), sequence("partner", intervention=True))
    closing = session("partner", day(10))
    assert told(near(closing, promotions=(group,)), plan(), RULE) == [("moved", "spring/partner", 1)]


def test_a_broken_one_moves_to_the_first_free_day_or_later() -> None:
    away = near(permanence(day(9)), staff=absent(9))
    assert told(away, plan(permanence(day(12))), RULE) == []
    assert told(away, plan(permanence(day(11))), RULE) == [("placed_too_near", "visits", 1)]
    interviews = near(office(day(9)), interview(on=day(9)), staff=absent(9))
    assert told(interviews, plan(office(day(12)), interview(on=day(12))), RULE) == []
    assert told(interviews, plan(office(day(11)), interview(on=day(11))), RULE) == [("moved", "n1", 1)]


def test_a_broken_interview_whose_window_ends_before_may_move_within_the_freeze() -> None:
    short = near(office(day(9)), interview(on=day(9)), staff=absent(9), interviews=(need(until_on=day(11)),))
    assert told(short, plan(office(day(11)), interview(on=day(11))), RULE) == []


def test_what_is_published_later_does_not_come_near_unless_it_is_pinned() -> None:
    for later in (12, 20):
        far = near(office(day(later)), interview(on=day(later)))
        assert told(far, plan(office(day(10)), interview(on=day(10))), RULE) == [("placed_too_near", "n1", 1)]
    pinned = near(office(day(20)), interview(on=day(20)), pins=(pin_of_interview(on=day(10)),))
    assert told(pinned, plan(office(day(10)), interview(on=day(10))), RULE) == []


def test_only_the_presence_of_what_is_pinned_comes_with_it() -> None:
    beside = facts(None, pins=(pin_of_interview("n2", day(11), site="prison"),))
    brought = (permanence(day(11)), interview("n2", on=day(11), site="prison"))
    other = (permanence(day(10)), interview(on=day(10), site="prison"))
    assert told(beside, plan(*brought, *other), RULE) == [
        ("placed_too_near", "n1", 1),
        ("placed_too_near", "visits", 1),
    ]


def test_without_notice_the_past_alone_is_frozen() -> None:
    free = facts(plan(permanence(day(6)), permanence(day(9))), today_on=day(9), notice_days=0)
    assert told(free, plan(permanence(day(6))), RULE) == []
    assert told(free, plan(permanence(day(9))), RULE) == [("moved", "visits", 1)]


def test_a_sequence_that_is_done_and_stands_elsewhere_is_moved() -> None:
    done = promotion(sequence("s1", done_on=day(9)))
    held = near(session("s1", day(9)), promotions=(done,))
    assert told(held, plan(session("s1", day(10))), RULE) == [("moved", "spring/s1", 1)]


def test_an_interview_whose_presence_a_pin_takes_is_freed() -> None:
    held = near(permanence(day(10)), interview(on=day(10), site="prison"), cadences=(cadence(asked=4),))
    assert told(held, plan(permanence(day(10))), RULE) == [("moved", "n1", 1)]
    to_another = changed(held, pins=(pin_of_permanence(day(10), "am", "B"),), staff=(person(), person("B")))
    assert told(to_another, plan(permanence(day(10), "am", "B")), RULE) == []
    elsewhere = changed(to_another, pins=(pin_of_permanence(day(10), "pm", "B"),))
    assert told(elsewhere, plan(permanence(day(10), "pm", "B"), permanence(day(10))), RULE) == [
        ("moved", "n1", 1)
    ]
