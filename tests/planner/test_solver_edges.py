"""The solver on both sides of each rule's edge: it places what is just allowed, and leaves out what is just a breach."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from planner.audit import audit
from planner.plan import Plan
from planner.problem import (
    Absence,
    Accreditation,
    Booked,
    HistoryDate,
    MaxHalfDays,
    Meeting,
    ParticipantHours,
    Problem,
    Travel,
    WeeklyAvailability,
)
from planner.rules import RULES
from planner.solve import Limits, Planned, solve
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    day,
    need,
    openings,
    participant,
    person,
    pin_of_permanence,
    problem,
    promotion,
    room,
    sequence,
    site,
)

LIMITS = Limits(time_limit_seconds=30, deterministic_limit=5, workers=1)
ONE_DAY = {"first_on": MONDAY, "last_on": MONDAY}
KM = "KM4821"


def planned(facts: Problem) -> Plan:
    """The plan of a small month, clean and proven best on every level."""
    outcome = solve(facts, limits=LIMITS)
    assert isinstance(outcome, Planned)
    assert audit(facts, outcome.plan).violations == ()
    assert {level.status for level in outcome.plan.levels} == {"optimal"}
    return outcome.plan


def placed(facts: Problem) -> int:
    """How many permanences, sessions and interviews the plan has."""
    found = planned(facts)
    return len(found.permanences) + len(found.sessions) + len(found.interviews)


class Edge(NamedTuple):
    """What is placed where `make` is given the last value allowed, and where it is given the first beyond."""

    rule: str
    make: Callable[..., Problem]
    allowed: object
    forbidden: object
    placed: tuple[int, int]


def visits(*cadences: object, **changes: object) -> Problem:
    """One Monday at the prison for A."""
    given = {**ONE_DAY, "cadences": cadences or (cadence(),), "staff": (person(),)}
    return problem(**{**given, **changes})


def meet(**changes: object) -> Problem:
    """One Monday with one follow-up by A at the bureau."""
    given = {**ONE_DAY, "interviews": (need(),), "staff": (person(),), "participants": (participant(KM),)}
    return problem(**{**given, **changes})


def sessions(*sequences: object, prison: object = None, **group: object) -> Problem:
    people = tuple(participant(f"P{number}") for number in range(9))
    sites = (prison or site(), bureau())
    return problem(
        promotions=(promotion(*sequences, **group),), participants=people, sites=sites, staff=(person(),)
    )


def two_sites(minutes: int) -> Problem:
    morning, afternoon = cadence(length="am"), cadence("office-hours", site="bureau", length="pm")
    travel = (Travel(from_site="prison", to_site="bureau", minutes=minutes),)
    return visits(morning, afternoon, travel=travel)


def pattern(start: str) -> Problem:
    hours = WeeklyAvailability(weekday=1, half_day="am", from_hour=start, to_hour="12:00")
    return visits(staff=(person(availability=(hours,)),))


def authorised_until(on: int) -> Problem:
    held = (Accreditation(site="prison", until_on=day(on)),)
    return visits(sites=(site(demands_accreditation=True), bureau()), staff=(person(accreditations=held),))


def announced(notice: int) -> Problem:
    return visits(sites=(site(access_notice_days=notice), bureau()), today_on=day(1))


def session_of(minutes: int) -> Problem:
    return sessions(sequence("s1", duration_minutes=minutes))


def skilled(skill: str) -> Problem:
    return visits(cadence(skills=("law",)), staff=(person(skills=(skill,)),))


def mondays_less(*away: int) -> Problem:
    """One on each of two Mondays, A away on some: two of one Monday would keep their distance."""
    absences = tuple(
        Absence(id=f"leave-{on}", starts_at=at(day(on), "00:00"), ends_at=at(day(on + 1), "00:00"))
        for on in away
    )
    mondays = cadence(asked=0, weekdays=(1,), min_days=0)
    return problem(last_on=day(15), cadences=(mondays,), staff=(person(absences=absences),))


def other_half(away_from: str) -> Problem:
    """The morning of a whole day is pinned on A, who is away from an hour on; B could come alone."""
    gone = Absence(id="leave", starts_at=at(MONDAY, away_from), ends_at=at(MONDAY, "23:00"))
    staff = (person(absences=(gone,)), person("B"))
    return visits(cadence(length="day"), staff=staff, pins=(pin_of_permanence(),))


def two_dates(min_days: int) -> Problem:
    """One Monday, a week after that of history."""
    history = (HistoryDate(on=day(2).replace(month=2, day=23), half_day="am"),)
    return visits(cadence(min_days=min_days, history=history))


def in_order(min_days: int) -> Problem:
    """Two sequences on the Mondays of two weeks."""
    both = (sequence("s1"), sequence("s2", min_days=min_days, until_on=day(9)))
    return sessions(*both, weekday=1, half_day="am")


def seats(wanted: int) -> Problem:
    return sessions(sequence("s1", needs_room=True), prison=site(rooms=(room(seats=8),)), seats=wanted)


def speaker_on(on: int) -> Problem:
    return sessions(sequence("s1", speaker_dates=(day(on),)), prison=site(openings=openings()[:2]))


def open_until(hour: str) -> Problem:
    hours = (ParticipantHours(weekday=1, from_hour="11:00", to_hour=hour),)
    return meet(interviews=(need(participant=KM),), participants=(participant(KM, hours=hours),))


def in_permanence(asked: int) -> Problem:
    return meet(cadences=(cadence(asked=asked),), interviews=(need(only_in_permanence=True),))


def by_another(other_staff: bool) -> Problem:
    return meet(
        interviews=(need(referent="B", other_staff=other_staff),),
        staff=(person(), person("B", availability=())),
    )


def crowded(places: int) -> Problem:
    """A and B hold a permanence of one slot together, for two people at once."""
    morning = openings(to_hour="10:00")[:1]
    return meet(
        sites=(site(openings=morning, interview_places=places),),
        cadences=(cadence(staff_count=2),),
        interviews=(need(count=2, other_staff=True, sites=("prison",)),),
        staff=(person(), person("B")),
    )


def beside_a_booking(slot: int) -> Problem:
    """Who may come at nine alone, to the only one there; a partner booked one of the three slots."""
    nine = (ParticipantHours(weekday=1, from_hour="09:00", to_hour="10:00"),)
    return meet(
        sites=(site(),),
        cadences=(cadence(length="am"),),
        interviews=(need(participant=KM, sites=("prison",)),),
        participants=(participant(KM, hours=nine),),
        booked=(Booked(cadence="visits", on=MONDAY, half_day="am", slot=slot),),
    )


def promised(places: int) -> Problem:
    booked = (Booked(cadence="visits", on=MONDAY, half_day="am", slot=0),)
    return meet(
        sites=(site(),),
        cadences=(cadence(length="am", partner_places=places),),
        interviews=(need(count=2, sites=("prison",)),),
        booked=booked,
    )


def again_after(min_days: int) -> Problem:
    return meet(
        interviews=(need(participant=KM, last_on=MONDAY.replace(month=2, day=23), min_days=min_days),)
    )


def contract(half_days: int) -> Problem:
    return visits(cadence(length="day"), staff=(person(max_half_days=MaxHalfDays(day=half_days)),))


def met_in_the_week(on: date) -> Problem:
    """One half-day a week, and a meeting of a day outside the horizon."""
    return visits(
        cadence(length="am"), staff=(person(meetings=(met(on, "09:00"),), max_half_days=MaxHalfDays(week=1)),)
    )


def met_in_the_month(on: date) -> Problem:
    return visits(
        cadence(length="am"),
        staff=(person(meetings=(met(on, "09:00"),), max_half_days=MaxHalfDays(month=1)),),
    )


def met_into_tomorrow(hour: str) -> Problem:
    """Two half-days a week, and a meeting from the evening of the only day."""
    night = Meeting(id="night", starts_at=at(MONDAY, "20:00"), ends_at=at(day(3), hour))
    return visits(cadence(length="am"), staff=(person(meetings=(night,), max_half_days=MaxHalfDays(week=2)),))


def met_where_the_morning_is_long(end: str) -> Problem:
    """Two half-days a week, and a meeting on a day outside the horizon where the morning ends at two."""
    long = bureau(openings=openings(to_hour="14:00")[::2])
    team = met(day(4), "12:30", end, site=long.id)
    limits = MaxHalfDays(week=2)
    return visits(
        cadence(length="am"), sites=(site(), long), staff=(person(meetings=(team,), max_half_days=limits),)
    )


def met(on: date, start: str, end: str = "10:00", **changes: object) -> Meeting:
    return Meeting(id="team", starts_at=at(on, start), ends_at=at(on, end), **changes)


def pinned_beside(half_day: str) -> Problem:
    """A pin takes a half-day of A, and a second cadence asks for the afternoon."""
    pin = pin_of_permanence(MONDAY, half_day, "A")
    return visits(cadence(), cadence("more", length="pm"), pins=(pin,))


def frozen_until(notice_days: int) -> Problem:
    return visits(today_on=day(1), notice_days=notice_days)


EDGES = (
    Edge("one_place_at_a_time", two_sites, 120, 121, (2, 1)),
    Edge("availability", pattern, "09:00", "09:01", (1, 0)),
    Edge("accreditation", authorised_until, 2, 1, (1, 0)),
    Edge("access_notice", announced, 1, 2, (1, 0)),
    Edge("site_open", session_of, 180, 181, (1, 0)),
    Edge("staffing", skilled, "law", "sport", (1, 0)),
    Edge("cadence", mondays_less, 3, 9, (2, 1)),
    Edge("cadence", other_half, "17:00", "16:59", (2, 1)),
    Edge("spacing", two_dates, 7, 8, (1, 0)),
    Edge("sequence_order", in_order, 7, 8, (2, 1)),
    Edge("room", seats, 8, 9, (1, 0)),
    Edge("speaker_present", speaker_on, 9, 10, (1, 0)),
    Edge("interview_window", open_until, "12:00", "11:59", (1, 0)),
    Edge("interview_place", in_permanence, 1, 0, (2, 0)),
    Edge("interview_staff", by_another, True, False, (1, 0)),
    Edge("interview_capacity", crowded, 2, 1, (3, 2)),
    Edge("interview_capacity", beside_a_booking, 1, 0, (2, 1)),
    Edge("partner_places", promised, 1, 2, (3, 2)),
    Edge("participant_one_at_a_time", again_after, 7, 8, (1, 0)),
    Edge("workload", contract, 2, 1, (2, 0)),
    Edge("workload", met_in_the_week, day(9), day(8), (1, 0)),
    Edge("workload", met_in_the_month, date(2026, 2, 28), day(31), (1, 0)),
    Edge("workload", met_into_tomorrow, "00:00", "00:01", (1, 0)),
    Edge("workload", met_where_the_morning_is_long, "14:00", "14:01", (1, 0)),
    Edge("pinned", pinned_beside, "am", "pm", (2, 1)),
    Edge("frozen", frozen_until, 1, 2, (1, 0)),
)


def test_every_rule_has_its_edge() -> None:
    assert list(dict.fromkeys(edge.rule for edge in EDGES)) == [rule.name for rule in RULES]


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.make.__name__)
def test_the_solver_goes_to_the_edge_and_not_beyond(edge: Edge) -> None:
    assert (placed(edge.make(edge.allowed)), placed(edge.make(edge.forbidden))) == edge.placed
