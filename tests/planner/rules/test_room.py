from planner.problem import Problem
from tests.planner.build import (
    MONDAY,
    breaches,
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


def test_the_seats_of_a_workshop_fit_too() -> None:
    def sport(**asked: object) -> Problem:
        return problem(
            cadences=(cadence("workshops", kind="session", **asked),),
            sites=(site(rooms=(room("small", 2), room())), bureau()),
        )

    assert told(sport(seats=8, needs_room=True), plan(workshop(room="blue")), RULE) == []
    assert told(sport(seats=9, needs_room=True), plan(workshop(room="blue")), RULE) == [
        ("too_small", "workshops#1", 1)
    ]
    assert told(sport(seats=9), plan(workshop()), RULE) == []
    assert told(sport(needs_room=True), plan(workshop()), RULE) == [("no_room", "workshops#1", 1)]
    assert told(sport(), plan(workshop(room="small")), RULE) == []
    assert told(sport(seats=3), plan(workshop(room="small")), RULE) == [("too_small", "workshops#1", 1)]


def test_two_sessions_in_one_room_name_each_other_and_the_room_its_excess() -> None:
    both = plan(session("s1", room="blue"), workshop(room="blue"))
    (taken,) = breaches(facts(), both, RULE)
    assert (taken.about, taken.items) == ("workshops#1", ("spring/s1", "workshops#1"))
    (small,) = breaches(facts(room(seats=1)), plan(session("s1", room="blue")), RULE)
    assert (small.fact, small.amount, small.items) == ("blue", 7, ("spring/s1",))
