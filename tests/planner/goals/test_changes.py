from planner.plan import Plan
from planner.problem import Booked, CadenceException, Closure, Problem
from tests.planner.build import (
    bureau,
    cadence,
    day,
    interview,
    items,
    need,
    office,
    openings,
    permanence,
    person,
    plan,
    problem,
    promotion,
    room,
    sequence,
    session,
    site,
    workshop,
)

EMPTY = plan()


def facts(published: Plan | None, **changes: object) -> Problem:
    group = promotion(sequence("s1"))
    rooms = (site(rooms=(room(), room("red"))), bureau())
    given = {"cadences": (cadence(asked=9),), "interviews": (need(count=2),), "promotions": (group,)}
    return problem(**{**given, "sites": rooms, "today_on": day(2), "published": published, **changes})


def cost(published: Plan, planned: Plan, **changes: object) -> dict[str, int]:
    return items(facts(published, **changes), planned, "changes")


def test_without_a_published_plan_nothing_changes() -> None:
    assert items(facts(None), plan(permanence()), "changes") == {}


def test_a_plan_that_is_kept_costs_nothing_whatever_it_adds() -> None:
    published = plan(permanence(day(20)))
    assert cost(published, plan(permanence(day(20)), permanence(day(25)))) == {}


def test_a_permanence_that_is_gone_costs_three_and_four_for_each_booking() -> None:
    published = plan(permanence(day(20)))
    bookings = tuple(Booked(cadence="visits", on=day(20), half_day="am", slot=slot) for slot in (0, 1))
    assert cost(published, EMPTY) == {"visits 2026-03-20 am": 3}
    assert cost(published, plan(permanence(day(20), "pm"))) == {"visits 2026-03-20 am": 3}
    assert cost(published, EMPTY, booked=bookings) == {"visits 2026-03-20 am": 11}
    assert cost(published, published, booked=bookings) == {}


def test_each_published_person_no_longer_there_costs_one() -> None:
    published = plan(permanence(day(20), "am", "A", "B"))
    assert cost(published, plan(permanence(day(20)))) == {"visits 2026-03-20 am": 1}
    wider = plan(permanence(day(20)))
    assert cost(wider, plan(permanence(day(20), "am", "A", "B"))) == {}


def test_an_interview_costs_its_start_its_site_its_person_or_all_of_it() -> None:
    published = plan(interview(on=day(20)))
    assert cost(published, plan(interview(on=day(20), start="10:00"))) == {"n1#1": 2}
    assert cost(published, plan(interview(on=day(20), site="prison"))) == {"n1#1": 1}
    assert cost(published, plan(interview(on=day(20), staff="B"))) == {"n1#1": 1}
    elsewhere = plan(interview(on=day(23), site="prison", staff="B"))
    assert cost(published, elsewhere) == {"n1#1": 4}
    assert cost(published, EMPTY) == {"n1#1": 4}


def test_a_session_costs_its_start_its_room_and_its_people() -> None:
    published = plan(session("s1", day(20), room="blue", staff=("A", "B")))
    other_room = session("s1", day(20), room="red", staff=("A", "B"))
    moved = session("s1", day(23), room="red", staff=("A",))
    assert cost(published, plan(other_room)) == {"spring/s1": 1}
    assert cost(published, plan(moved)) == {"spring/s1": 4}
    assert cost(published, EMPTY) == {"spring/s1": 4}


def test_what_comes_sooner_costs_more() -> None:
    for on, factor in ((2, 4), (8, 4), (9, 2), (15, 2), (16, 1)):
        published = plan(permanence(day(on)))
        assert cost(published, EMPTY) == {f"visits 2026-03-{on:02} am": 3 * factor}


def test_what_is_published_before_today_costs_nothing() -> None:
    assert cost(plan(permanence(day(5))), EMPTY, today_on=day(6)) == {}
    assert cost(plan(permanence(day(6))), EMPTY, today_on=day(6)) == {"visits 2026-03-06 am": 12}


def test_office_half_days_cost_nothing() -> None:
    assert cost(plan(office(day(20))), EMPTY) == {}


def test_what_lies_outside_the_horizon_costs_nothing() -> None:
    for thing, name in (
        (permanence(day(20)), "visits 2026-03-20 am"),
        (session("s1", day(20)), "spring/s1"),
        (interview(on=day(20)), "n1#1"),
    ):
        assert list(cost(plan(thing), EMPTY, last_on=day(20))) == [name]
        assert cost(plan(thing), EMPTY, last_on=day(19)) == {}


def test_what_the_problem_no_longer_asks_for_costs_nothing() -> None:
    second = plan(interview(number=2, on=day(20)))
    assert cost(second, EMPTY) == {"n1#2": 4}
    assert cost(second, EMPTY, interviews=(need(),)) == {}
    assert cost(second, EMPTY, interviews=()) == {}
    assert cost(plan(permanence(day(20))), EMPTY, cadences=()) == {}
    held = plan(session("s1", day(20)))
    assert cost(held, EMPTY, promotions=()) == {}
    assert cost(held, EMPTY, promotions=(promotion(sequence("s2")),)) == {}
    other = plan(workshop(1, day(20)))
    assert cost(other, EMPTY, cadences=(cadence("workshops", kind="session"),)) == {"workshops#1": 4}
    assert cost(other, EMPTY, cadences=()) == {}
    done = promotion(sequence("s1", done_on=day(20)))
    assert cost(plan(session("s1", day(20))), EMPTY, promotions=(done,)) == {}


def test_a_date_that_an_exception_dropped_is_no_longer_asked_for_and_a_closed_one_is() -> None:
    published = plan(permanence(day(20)))
    fridays = cadence(asked=0, weekdays=(5,))
    dropped = cadence(asked=0, weekdays=(5,), exceptions=(CadenceException(on=day(20)),))
    closed = site(closures=(Closure(id="works", from_on=day(20), until_on=day(20)),))
    assert cost(published, EMPTY, cadences=(fridays,)) == {"visits 2026-03-20 am": 3}
    assert cost(published, EMPTY, cadences=(dropped,)) == {}
    assert cost(published, EMPTY, cadences=(fridays,), sites=(closed, bureau())) == {
        "visits 2026-03-20 am": 3
    }


def test_a_call_of_a_need_that_moves_costs_its_start_and_its_person() -> None:
    published = plan(interview(on=day(20), site=None))
    calls = {"interviews": (need(mode="phone"),)}
    assert cost(published, published, **calls) == {}
    assert cost(published, plan(interview(on=day(20), site=None, start="10:00")), **calls) == {"n1": 2}
    elsewhere = plan(interview(on=day(23), site=None, staff="B"))
    assert cost(published, elsewhere, **calls) == {"n1": 3}


def test_the_same_permanence_of_other_people_costs_them_and_not_its_hours() -> None:
    published = plan(permanence(day(20), "am", "A", "B"))
    longer = site(openings=openings(to_hour="12:30"), rooms=(room(), room("red")))
    assert cost(published, published, sites=(longer, bureau())) == {}
    assert cost(published, plan(permanence(day(20), "am", "C")), staff=three_people()) == {
        "visits 2026-03-20 am": 2
    }


def three_people() -> tuple[object, ...]:
    return tuple(person(id) for id in "ABC")


def test_a_session_at_another_site_costs_one_with_its_room_and_half_days_are_not_told_apart() -> None:
    published = plan(session("s1", day(20), room="blue"))
    assert cost(published, plan(session("s1", day(20), room="red", site="prison"))) == {"spring/s1": 1}
    assert cost(published, plan(session("s1", day(20), site="bureau"))) == {"spring/s1": 1}
    assert cost(published, plan(session("s1", day(20), "14:00", "16:00", room="blue"))) == {"spring/s1": 2}


def test_a_workshop_is_known_by_its_number() -> None:
    workshops = {"cadences": (cadence("workshops", kind="session", asked=2),)}
    published = plan(workshop(1, day(20)), workshop(2, day(23)))
    swapped = plan(workshop(2, day(20)), workshop(1, day(23)))
    assert cost(published, published, **workshops) == {}
    assert cost(published, swapped, **workshops) == {"workshops#1": 2, "workshops#2": 2}


def test_a_weekday_that_the_cadence_gave_up_is_asked_no_more_and_a_moved_date_is() -> None:
    thursday = plan(permanence(day(19)))
    assert cost(thursday, EMPTY, cadences=(cadence(asked=0, weekdays=(5,)),)) == {}
    moved_there = cadence(asked=0, weekdays=(5,), exceptions=(CadenceException(on=day(20), to_on=day(19)),))
    assert cost(thursday, EMPTY, cadences=(moved_there,)) == {"visits 2026-03-19 am": 3}


def test_a_monthly_cadence_and_one_that_follows_ask_for_what_is_published_whatever_its_day() -> None:
    thursday = plan(permanence(day(19)))
    dropped = (CadenceException(on=day(19)),)
    for kind in ({"asked": 2, "weekdays": (5,)}, {"asked": 0, "weekdays": (5,), "follows": "spring"}, {}):
        asked = cadence(**kind, exceptions=dropped)
        assert cost(thursday, EMPTY, cadences=(asked,)) == {"visits 2026-03-19 am": 3}


def test_bookings_elsewhere_and_of_what_stays_cost_nothing() -> None:
    published = plan(permanence(day(20)), permanence(day(25)))
    bookings = (Booked(cadence="visits", on=day(25), half_day="am", slot=0),)
    kept = plan(permanence(day(25)))
    assert cost(published, kept, booked=bookings) == {"visits 2026-03-20 am": 3}
    soon = (Booked(cadence="visits", on=day(3), half_day="am", slot=0),)
    assert cost(plan(permanence(day(3))), EMPTY, booked=soon) == {"visits 2026-03-03 am": 4 * (3 + 4)}
