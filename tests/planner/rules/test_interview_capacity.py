from planner.problem import Booked, Problem
from tests.planner.build import (
    MONDAY,
    at,
    breaches,
    bureau,
    cadence,
    interview,
    need,
    office,
    openings,
    permanence,
    person,
    plan,
    problem,
    site,
    told,
)

RULE = "interview_capacity"


def facts(places: int = 99, staff_count: int = 1, booked: tuple[Booked, ...] = ()) -> Problem:
    """Needs for four interviews at a prison with `places` interview places."""
    return problem(
        sites=(site(interview_places=places), bureau()),
        cadences=(cadence(staff_count=staff_count),),
        interviews=(need(count=4, other_staff=True), need("call", mode="phone")),
        booked=booked,
    )


def at_prison(number: int, start: str = "09:00", staff: str = "A") -> object:
    return interview(start=start, number=number, site="prison", staff=staff)


def booking(slot: int, place: int = 1) -> Booked:
    return Booked(cadence="visits", on=MONDAY, half_day="am", slot=slot, place=place)


def test_interviews_stand_on_the_slots_of_the_opening() -> None:
    assert told(facts(), plan(permanence(), at_prison(1)), RULE) == []
    assert told(facts(), plan(permanence(), at_prison(1, "09:30")), RULE) == [("off_slots", "n1#1", 1)]


def test_an_interview_takes_its_slots_in_a_row_with_the_buffers_between() -> None:
    paced = bureau(openings=openings(slot_minutes=40, buffer_minutes=20))
    long = problem(sites=(site(), paced), interviews=(need(slots=2),))
    right = interview(start="10:00", ends_at=at(MONDAY, "11:40"))
    too_long = interview(start="10:00", ends_at=at(MONDAY, "12:00"))
    past_the_end = interview(start="11:00", ends_at=at(MONDAY, "12:40"))
    assert told(long, plan(office(), right), RULE) == []
    assert told(long, plan(office(), too_long), RULE) == [("off_slots", "n1", 1)]
    assert told(long, plan(office(), past_the_end), RULE) == [("off_slots", "n1", 1)]


def test_the_last_slot_may_end_with_the_opening() -> None:
    assert told(facts(), plan(permanence(), at_prison(1, "11:00")), RULE) == []


def test_nobody_meets_two_people_at_once_calls_included() -> None:
    assert told(facts(), plan(permanence(), at_prison(1), at_prison(2)), RULE) == [("two_people", "A", 1)]
    assert told(facts(), plan(permanence(), at_prison(1), at_prison(2, "10:00")), RULE) == []
    beside = problem(interviews=(need(), need("call", mode="phone")))
    call = interview("call", site=None)
    assert told(beside, plan(office(), interview(), call), RULE) == [("two_people", "A", 1)]


def test_a_site_holds_no_more_interviews_at_one_instant_than_it_has_places() -> None:
    two = plan(permanence(MONDAY, "am", "A", "B"), at_prison(1), at_prison(2, "09:00", "B"))
    assert told(facts(2, 2), two, RULE) == []
    assert told(facts(1, 2), two, RULE) == [("places_full", "prison", 1)]
    in_turn = plan(permanence(MONDAY, "am", "A", "B"), at_prison(1), at_prison(2, "10:00", "B"))
    assert told(facts(1, 2), in_turn, RULE) == []


def test_partners_bookings_take_interview_places_too() -> None:
    one = plan(permanence(MONDAY, "am", "A", "B"), at_prison(1))
    assert told(facts(1, 2, (booking(1),)), one, RULE) == []
    assert told(facts(1, 2, (booking(0),)), one, RULE) == [("places_full", "prison", 1)]


def test_a_booking_whose_permanence_is_gone_takes_no_place() -> None:
    one = plan(permanence(MONDAY, "pm"), at_prison(1, "14:00"))
    assert told(facts(1, 1, (booking(0),)), one, RULE) == []


def test_a_booked_slot_leaves_that_much_less_staff() -> None:
    one = plan(permanence(), at_prison(1))
    assert told(facts(99, 1, (booking(1),)), one, RULE) == []
    assert told(facts(99, 1, (booking(0),)), one, RULE) == [("slot_booked", "visits", 1)]
    (breach,) = breaches(facts(99, 1, (booking(0),)), one, RULE)
    assert (breach.fact, breach.items) == ("09:00", ("visits 2026-03-02 am", "n1#1"))
    two = plan(permanence(MONDAY, "am", "A", "B"), at_prison(1))
    assert told(facts(99, 2, (booking(0),)), two, RULE) == []
    assert told(facts(99, 2, (booking(0), booking(0, 2))), two, RULE) == [("slot_booked", "visits", 1)]


def test_a_booked_slot_is_short_by_no_more_than_the_interviews_that_it_holds() -> None:
    one = plan(permanence(), at_prison(1))
    many = (booking(0), booking(0, 2), booking(0, 3))
    assert told(facts(99, 1, many), one, RULE) == [("slot_booked", "visits", 1)]
    two = plan(permanence(MONDAY, "am", "A", "B"), at_prison(1), at_prison(2, "09:00", "B"))
    assert told(facts(99, 2, (booking(0),)), two, RULE) == [("slot_booked", "visits", 1)]
    assert told(facts(99, 2, (booking(0), booking(0, 2))), two, RULE) == [("slot_booked", "visits", 2)]
    assert told(facts(99, 1, many), plan(permanence()), RULE) == [], "partners alone take no place of theirs"


def test_a_site_that_is_full_names_the_hour_and_the_interviews_there_at_that_instant() -> None:
    pair = ("A", "B")
    crowd = plan(
        permanence(MONDAY, "am", *pair),
        *(at_prison(index + 1, "09:00", staff) for index, staff in enumerate(pair)),
        *(at_prison(index + 3, "10:00", staff) for index, staff in enumerate(pair)),
    )
    found = breaches(facts(1, 2), crowd, RULE)
    assert [(one.fact, one.half_day, one.items) for one in found] == [
        ("09:00", "am", ("n1#1", "n1#2")),
        ("10:00", "am", ("n1#3", "n1#4")),
    ]


def test_calls_and_other_sites_take_no_place_of_a_site() -> None:
    crowded = problem(
        sites=(site(interview_places=1), bureau(interview_places=1)),
        cadences=(cadence(),),
        interviews=(need(count=2, other_staff=True), need("call", mode="phone")),
        staff=(person("A"), person("B"), person("C")),
    )
    call = interview("call", site=None, staff="C")
    elsewhere = interview(number=2, staff="B")
    planned = plan(permanence(), at_prison(1), office(staff="B"), elsewhere, call)
    assert told(crowded, planned, RULE) == []
