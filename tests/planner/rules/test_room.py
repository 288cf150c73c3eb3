from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    day,
    participant,
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

RULE = "room"


def facts(*rooms: object, **group: object) -> Problem:
    groups = (promotion(sequence("s1", needs_room=True), **group),)
    people = tuple(participant(f"P{number}") for number in range(10))
    open_too = cadence("workshops", kind="session", asked=2)
    sites = (site(rooms=rooms or (room(),)), bureau())
    return problem(promotions=groups, participants=people, cadences=(open_too,), sites=sites)


def test_a_session_that_needs_a_room_has_one() -> None:
    assert told(facts(), plan(session("s1", room="blue")), RULE) == []
    assert told(facts(), plan(session("s1")), RULE) == [("no_room", "spring/s1", 1)]


def test_a_session_that_needs_none_says_so() -> None:
    assert told(facts(), plan(workshop()), RULE) == []


def test_the_larger_of_seats_and_participants_fits() -> None:
    planned = plan(session("s1", room="blue"))
    assert told(facts(room(seats=8), seats=8), planned, RULE) == []
    assert told(facts(room(seats=8), seats=9), planned, RULE) == [("too_small", "spring/s1", 1)]
    ten = tuple(f"P{number}" for number in range(10))
    found = told(facts(room(seats=8), seats=8, participants=ten), planned, RULE)
    assert found == [("too_small", "spring/s1", 2)]


def test_one_session_at_a_time_in_a_room() -> None:
    group = session("s1", MONDAY, "09:00", "11:00", room="blue")
    after = workshop(1, MONDAY, "11:00", "12:00", room="blue")
    during = workshop(1, MONDAY, "10:59", "12:00", room="blue")
    elsewhere = workshop(1, MONDAY, "10:00", "12:00", room="red")
    assert told(facts(), plan(group, after), RULE) == []
    assert told(facts(), plan(group, during), RULE) == [("room_taken", "workshops#1", 1)]
    assert told(facts(room(), room("red")), plan(group, elsewhere), RULE) == []
    assert told(facts(), plan(group, workshop(1, day(3), room="blue")), RULE) == []
