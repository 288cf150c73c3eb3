from planner.problem import Pin, Problem
from tests.planner.build import (
    MONDAY,
    cadence,
    day,
    interview,
    need,
    office,
    permanence,
    pin_of_interview,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    told,
    workshop,
)

RULE = "pinned"


def facts(*pins: Pin) -> Problem:
    both = (cadence(staff_count=2), cadence("workshops", kind="session"))
    group = promotion(sequence("s1"))
    return problem(cadences=both, interviews=(need(count=2),), promotions=(group,), pins=pins)


def test_an_interview_keeps_date_start_site_and_staff() -> None:
    fixed = facts(pin_of_interview())
    assert told(fixed, plan(office(), interview()), RULE) == []
    for other in (
        interview(start="10:00"),
        interview(on=day(3)),
        interview(staff="B"),
        interview(site="prison"),
    ):
        assert told(fixed, plan(office(), other), RULE) == [("pin_not_kept", "n1", 1)]


def test_a_pin_is_met_by_any_number_of_its_need() -> None:
    assert told(facts(pin_of_interview()), plan(office(), interview(number=2)), RULE) == []


def test_a_permanence_keeps_half_day_and_staff_in_any_order() -> None:
    fixed = facts(pin_of_permanence(MONDAY, "am", "A", "B"))
    assert told(fixed, plan(permanence(MONDAY, "am", "B", "A")), RULE) == []
    assert told(fixed, plan(permanence(MONDAY, "am", "A")), RULE) == [("pin_not_kept", "visits", 1)]
    assert told(fixed, plan(permanence(MONDAY, "pm", "A", "B")), RULE) == [("pin_not_kept", "visits", 1)]


def test_a_session_keeps_start_room_and_staff() -> None:
    fixed = facts(Pin(promotion="spring", sequence="s1", on=MONDAY, start="09:00", staff=("A",)))
    assert told(fixed, plan(session("s1")), RULE) == []
    assert told(fixed, plan(session("s1", MONDAY, "09:30", "11:00")), RULE) == [
        ("pin_not_kept", "spring/s1", 1)
    ]
    assert told(fixed, plan(session("s1", staff=("B",))), RULE) == [("pin_not_kept", "spring/s1", 1)]
    assert told(fixed, plan(), RULE) == [("pin_not_kept", "spring/s1", 1)]


def test_an_open_session_is_pinned_by_its_number() -> None:
    fixed = facts(Pin(cadence="workshops", number=1, on=MONDAY, start="09:00", staff=("A",)))
    assert told(fixed, plan(workshop(1)), RULE) == []
    assert told(fixed, plan(workshop(2)), RULE) == [("pin_not_kept", "workshops#1", 1)]
