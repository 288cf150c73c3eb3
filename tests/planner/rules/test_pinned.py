from planner.problem import Pin, Problem
from tests.planner.build import (
    MONDAY,
    breaches,
    bureau,
    cadence,
    changed,
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
    room,
    sequence,
    session,
    site,
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
    assert told(fixed, plan(session("s1", site="bureau")), RULE) == [("pin_not_kept", "spring/s1", 1)]
    assert told(fixed, plan(), RULE) == [("pin_not_kept", "spring/s1", 1)]


def test_an_open_session_is_pinned_by_its_number() -> None:
    fixed = facts(Pin(cadence="workshops", number=1, on=MONDAY, start="09:00", staff=("A",)))
    assert told(fixed, plan(workshop(1)), RULE) == []
    assert told(fixed, plan(workshop(2)), RULE) == [("pin_not_kept", "workshops#1", 1)]
    assert told(fixed, plan(workshop(site="bureau")), RULE) == [("pin_not_kept", "workshops#1", 1)]


def test_a_session_of_another_room_or_at_another_hour_meets_no_pin() -> None:
    in_blue = Pin(promotion="spring", sequence="s1", on=MONDAY, start="09:00", room="blue", staff=("A",))
    fixed = changed(facts(in_blue), sites=(site(rooms=(room(), room("red"))), bureau()))
    assert told(fixed, plan(session("s1", room="blue")), RULE) == []
    for other in (session("s1", room="red"), session("s1"), session("s1", day(3), room="blue")):
        assert told(fixed, plan(other), RULE) == [("pin_not_kept", "spring/s1", 1)]


def test_a_call_is_pinned_without_a_site() -> None:
    fixed = problem(interviews=(need(mode="phone"),), pins=(pin_of_interview(site=None),))
    assert told(fixed, plan(interview(site=None)), RULE) == []
    assert told(fixed, plan(interview(site=None, staff="B")), RULE) == [("pin_not_kept", "n1", 1)]


def test_two_pins_of_a_need_for_two_are_each_met_by_one() -> None:
    fixed = facts(pin_of_interview(), pin_of_interview(start="10:00"))
    assert told(fixed, plan(office(), interview(), interview(start="10:00", number=2)), RULE) == []
    one = plan(office(), interview(start="10:00", number=2))
    assert told(fixed, one, RULE) == [("pin_not_kept", "n1", 1)]
    (breach,) = breaches(fixed, one, RULE)
    assert (breach.on, breach.site, breach.fact) == (MONDAY, "bureau", "09:00")


def test_a_pin_keeps_nothing_but_what_it_says() -> None:
    """Other permanences of the cadence, another date, come and go."""
    fixed = facts(pin_of_permanence(MONDAY, "am", "A", "B"))
    beside = plan(permanence(MONDAY, "am", "A", "B"), permanence(day(9)))
    assert told(fixed, beside, RULE) == []
    elsewhere = plan(permanence(day(9), "am", "A", "B"))
    assert told(fixed, elsewhere, RULE) == [("pin_not_kept", "visits", 1)]
