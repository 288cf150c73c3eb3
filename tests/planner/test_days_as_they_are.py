"""The solver to the edge and not beyond on days whose meetings and pins keep to no half-day."""

import pytest

from planner.problem import Meeting, Pin, Problem, Travel
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    day,
    need,
    openings,
    person,
    pin_of_interview,
    promotion,
    sequence,
    site,
)
from tests.planner.test_solver_edges import Edge, meet, met, placed, visits


def behind_another_meeting(minutes: int) -> Problem:
    """From elsewhere to the bureau, and from there to the prison: the way from elsewhere is too long."""
    travel = (
        Travel(from_site="far", to_site="prison", minutes=100),
        Travel(from_site="bureau", to_site="prison", minutes=minutes),
    )
    away = Meeting(id="away", starts_at=at(MONDAY, "10:00"), ends_at=at(MONDAY, "12:30"), site="far")
    staff = (person(meetings=(away, met(MONDAY, "12:30", "13:00", site="bureau"))),)
    return visits(cadence(length="pm"), sites=(site(), bureau(), site("far")), travel=travel, staff=staff)


def away_since_yesterday(hour: str) -> Problem:
    """A training elsewhere ends on the only day, an hour and a half from the prison."""
    course = Meeting(id="course", starts_at=at(day(1), "09:00"), ends_at=at(MONDAY, hour), site="far")
    sites = (site(), bureau(), site("far"))
    return visits(
        cadence(length="pm"), sites=sites, default_travel_minutes=90, staff=(person(meetings=(course,)),)
    )


def session_over_noon(minutes: int) -> Problem:
    """Pinned at a quarter past eleven where the morning ends at a quarter past one, beside a permanence."""
    late = site(openings=(*openings(to_hour="13:15")[:1], *openings()[1:2]))
    pin = Pin(promotion="spring", sequence="s1", on=MONDAY, start="11:15", staff=("A",))
    group = promotion(sequence("s1", duration_minutes=minutes, offset_minutes=135))
    return visits(cadence(length="pm"), sites=(late, bureau()), promotions=(group,), pins=(pin,))


def call_over_noon(slots: int) -> Problem:
    """Pinned at a quarter to one, before an afternoon of three slots."""
    pin = pin_of_interview("long", start="12:45", site=None)
    calls = (need("long", mode="phone", sites=(), slots=slots), need(mode="phone", sites=(), count=4))
    return meet(interviews=calls, sites=(bureau(openings=openings()[1:2]),), pins=(pin,))


def visit_over_noon(slots: int) -> Problem:
    """The same at the bureau, which has one place for A and B."""
    pin = pin_of_interview("long", start="12:45")
    visit = need(count=4, referent="B", sites=("bureau",))
    return meet(
        interviews=(need("long", sites=("bureau",), slots=slots), visit),
        sites=(bureau(openings=openings()[1:2], interview_places=1),),
        staff=(person(), person("B")),
        pins=(pin,),
    )


EDGES = (
    Edge("one_place_at_a_time", behind_another_meeting, 60, 61, (1, 0)),
    Edge("one_place_at_a_time", away_since_yesterday, "12:30", "12:31", (1, 0)),
    Edge("one_place_at_a_time", session_over_noon, 120, 121, (2, 1)),
    Edge("interview_capacity", call_over_noon, 1, 2, (4, 3)),
    Edge("interview_capacity", visit_over_noon, 1, 2, (4, 3)),
)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.make.__name__)
def test_the_solver_judges_a_day_as_the_checker_does(edge: Edge) -> None:
    assert (placed(edge.make(edge.allowed)), placed(edge.make(edge.forbidden))) == edge.placed
