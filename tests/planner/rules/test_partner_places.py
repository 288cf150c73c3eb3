from planner.problem import Booked, Problem
from tests.planner.build import MONDAY, at, cadence, interview, need, permanence, plan, problem, told

RULE = "partner_places"


def facts(partner_places: int, *booked: int, staff_count: int = 1, slots: int = 1) -> Problem:
    """A morning of three slots of which `partner_places` are promised, and the slots booked."""
    bookings = tuple(Booked(cadence="visits", on=MONDAY, half_day="am", slot=slot) for slot in booked)
    return problem(
        cadences=(cadence(partner_places=partner_places, staff_count=staff_count),),
        interviews=(need(count=3, slots=slots, other_staff=True),),
        booked=bookings,
    )


def mornings(count: int) -> object:
    hours = ("09:00", "10:00", "11:00")
    held = [interview(start=hours[i], number=i + 1, site="prison") for i in range(count)]
    return plan(permanence(), *held)


def test_the_promised_places_stay_free() -> None:
    assert told(facts(1), mornings(2), RULE) == []
    assert told(facts(1), mornings(3), RULE) == [("too_few_free", "visits", 1)]
    assert told(facts(2), mornings(3), RULE) == [("too_few_free", "visits", 2)]


def test_a_booking_takes_one_of_the_promised_places() -> None:
    assert told(facts(1, 2), mornings(2), RULE) == []


def test_bookings_beyond_the_promise_keep_their_places() -> None:
    assert told(facts(1, 1, 2), mornings(1), RULE) == []
    assert told(facts(1, 1, 2), mornings(2), RULE) == [("too_few_free", "visits", 1)]


def test_two_people_hold_twice_the_places() -> None:
    both = plan(permanence(MONDAY, "am", "A", "B"), *mornings(3).interviews)
    assert told(facts(3, staff_count=2), both, RULE) == []
    assert told(facts(4, staff_count=2), both, RULE) == [("too_few_free", "visits", 1)]


def test_a_long_interview_takes_all_its_places() -> None:
    long = plan(permanence(), interview(number=1, site="prison", ends_at=at(MONDAY, "11:00")))
    assert told(facts(1, slots=2), long, RULE) == []
    assert told(facts(2, slots=2), long, RULE) == [("too_few_free", "visits", 1)]


def test_a_permanence_without_interviews_is_never_short() -> None:
    assert told(facts(9), plan(permanence()), RULE) == []


def test_bookings_alone_are_no_breach_and_nothing_is_short_by_more_than_is_planned() -> None:
    assert told(facts(1, 0, 1, 2), plan(permanence()), RULE) == []
    assert told(facts(9), mornings(1), RULE) == [("too_few_free", "visits", 1)]
    assert told(facts(9), mornings(3), RULE) == [("too_few_free", "visits", 3)]


def test_an_interview_pinned_off_the_slots_takes_each_place_that_it_touches() -> None:
    between = plan(permanence(), interview(start="09:30", number=1, site="prison"))
    before = plan(permanence(), interview(start="08:00", number=1, site="prison"))
    assert told(facts(1), between, RULE) == []
    assert told(facts(2), between, RULE) == [("too_few_free", "visits", 1)]
    assert told(facts(3), between, RULE) == [("too_few_free", "visits", 2)]
    assert told(facts(3), before, RULE) == []


def test_where_nothing_is_kept_nothing_is_short() -> None:
    outside = interview(start="08:30", number=3, site="prison")
    more = plan(
        permanence(), *mornings(2).interviews, interview(start="11:00", number=4, site="prison"), outside
    )
    assert told(facts(0), more, RULE) == []
    assert told(facts(1), more, RULE) == [("too_few_free", "visits", 2)]
