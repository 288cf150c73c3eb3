"""The solver where one thing shuts out another: on one side of the edge both are placed, beyond it only one."""

import pytest

from planner.problem import (
    Absence,
    Booked,
    Meeting,
    ParticipantHours,
    Pin,
    Problem,
    WeeklyAvailability,
)
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    changed,
    day,
    need,
    openings,
    participant,
    person,
    pin_of_interview,
    pin_of_permanence,
    problem,
    promotion,
    sequence,
    site,
    weekly,
)
from tests.planner.test_solver_edges import KM, ONE_DAY, Edge, meet, placed, visits

OTHER = "LB1029"
MONDAY_MORNING = openings()[:1]
PAIR = (person("A"), person("B"))


def two_mondays(min_days: int) -> Problem:
    """Two permanences asked on two Mondays."""
    return problem(last_on=day(15), cadences=(cadence(asked=2, weekdays=(1,), min_days=min_days),))


def animator_in_the_morning(hour: str) -> Problem:
    """The session of the afternoon needs A, who comes from an hour on; B could hold the morning alone."""
    mornings = WeeklyAvailability(weekday=1, half_day="am", from_hour=hour, to_hour="13:00")
    animator = person("A", skills=("law",), availability=(mornings, *weekly()[1::2]))
    group = promotion(sequence("s1", skills=("law",)), half_day="pm")
    follows = cadence(asked=0, follows="spring", length="am")
    return visits(follows, staff=(animator, person("B")), promotions=(group,))


def the_other_half_of_two(away_from: str) -> Problem:
    """The morning of a whole day is pinned on A and B; in the afternoon C could take the place of A."""
    gone = Absence(id="leave", starts_at=at(MONDAY, away_from), ends_at=at(MONDAY, "23:00"))
    staff = (person("A", absences=(gone,)), person("B"), person("C"))
    whole = cadence(length="day", staff_count=2)
    return visits(whole, staff=staff, pins=(pin_of_permanence(MONDAY, "am", "A", "B"),))


def meeting_until(hour: str) -> Problem:
    team = Meeting(id="team", starts_at=at(MONDAY, "08:00"), ends_at=at(MONDAY, hour))
    return visits(cadence(length="am"), staff=(person(meetings=(team,)),))


def slots_until(hour: str) -> Problem:
    """A visit and a call for one person, on one slot or two."""
    calls = (need(sites=("bureau",)), need("call", mode="phone"))
    sites = (site(), bureau(openings=openings(to_hour=hour)[:1]))
    return meet(interviews=calls, sites=sites)


def call_beside_a_permanence(half_days: int) -> Problem:
    """A permanence in the morning; the bureau opens for one half-day, or for both."""
    sites = (site(), bureau(openings=openings()[:half_days]))
    return meet(interviews=(need(mode="phone"),), cadences=(cadence(length="am"),), sites=sites)


def booked_beside_two(bookings: int) -> Problem:
    """Two people in a permanence, two who come at nine, partners at nine too."""
    nine = (ParticipantHours(weekday=1, from_hour="09:00", to_hour="10:00"),)
    booked = tuple(
        Booked(cadence="visits", on=MONDAY, half_day="am", slot=0, place=place)
        for place in range(1, bookings + 1)
    )
    return meet(
        cadences=(cadence(length="am", staff_count=2),),
        staff=PAIR,
        interviews=tuple(
            need(id, participant=who, other_staff=True, sites=("prison",))
            for id, who in (("n1", KM), ("n2", OTHER))
        ),
        participants=tuple(participant(who, hours=nine) for who in (KM, OTHER)),
        booked=booked,
    )


def two_places_of(second: str) -> Problem:
    """In one morning one is met at the bureau by A, one at the prison by B: the same person or two."""
    needs = (
        need(participant=KM, sites=("bureau",)),
        need("n2", participant=second, sites=("prison",), referent="B"),
    )
    return meet(
        sites=(site(openings=MONDAY_MORNING), bureau(openings=MONDAY_MORNING)),
        cadences=(cadence(),),
        staff=(person("A"), person("B", skills=("law",))),
        interviews=needs,
        participants=(participant(KM), participant(OTHER)),
    )


def two_mondays_of_one(min_days: int) -> Problem:
    """Two needs of one person on two Monday mornings."""
    needs = tuple(need(id, participant=KM, min_days=min_days, sites=("bureau",)) for id in ("n1", "n2"))
    sites = (site(), bureau(openings=MONDAY_MORNING))
    return changed(meet(interviews=needs, sites=sites), last_on=day(15))


def one_slot_of(second: str) -> Problem:
    """A and B each meet somebody at the bureau in its only slot: the same person or two."""
    needs = (
        need(participant=KM, sites=("bureau",)),
        need("n2", participant=second, referent="B", sites=("bureau",)),
    )
    sites = (site(), bureau(openings=openings(to_hour="10:00")[:1]))
    people = (participant(KM), participant(OTHER))
    return meet(interviews=needs, sites=sites, staff=PAIR, participants=people)


def session_beside_a_pin(of: str) -> Problem:
    """An interview is pinned at the bureau; a promotion meets at the prison in the same morning."""
    group = promotion(sequence("s1"), half_day="am", participants=(of,))
    pins = (pin_of_interview(),)
    return meet(
        interviews=(need(participant=KM),), pins=pins, promotions=(group,), staff=PAIR,
        participants=(participant(KM), participant(OTHER)),
    )  # fmt: skip


def session_beside_an_interview(of: str) -> Problem:
    return changed(session_beside_a_pin(of), pins=(), sites=(site(), bureau(openings=MONDAY_MORNING)))


def whole_day_beside_an_interview(of: str) -> Problem:
    """A promotion meets all day at the prison; in the afternoon B could receive somebody there."""
    group = promotion(sequence("s1", length="day"), participants=(of,))
    return meet(
        interviews=(need(participant=KM, sites=("prison",), referent="B"),),
        cadences=(cadence(length="pm"),),
        promotions=(group,),
        staff=PAIR,
        participants=(participant(KM), participant(OTHER)),
    )


def two_promotions(of_both: str) -> Problem:
    """Two promotions meet in one morning, at the prison and at the bureau."""
    groups = (
        promotion(sequence("s1"), half_day="am", participants=(KM,)),
        promotion(sequence("s1"), id="autumn", site="bureau", half_day="am", participants=(of_both,)),
    )
    people = (participant(KM), participant(OTHER))
    return problem(**ONE_DAY, promotions=groups, participants=people)


def partner_until(on: int) -> Problem:
    """The partner's intervention on the day of the sequence, or the day after."""
    partner = sequence("partner", intervention=True, min_days=0, until_on=day(on))
    return problem(promotions=(promotion(partner, sequence("s1", from_on=MONDAY, until_on=MONDAY)),))


def before_a_partner_on(on: int) -> Problem:
    """The partner's day is pinned; a sequence may stand on Monday alone."""
    pin = Pin(promotion="spring", sequence="partner", on=day(on), start="14:00", staff=("A",))
    partner = sequence("partner", intervention=True, min_days=0)
    group = promotion(partner, sequence("s1", from_on=MONDAY, until_on=MONDAY))
    return problem(promotions=(group,), pins=(pin,))


def after_a_step(on: int) -> Problem:
    """The second sequence may stand on Monday alone, the first on the Sunday before or on Monday too."""
    first = sequence("s1", from_on=day(on), until_on=day(on))
    second = sequence("s2", from_on=MONDAY, until_on=MONDAY)
    weekends = (site(openings=(*openings(), *open_on_sundays())), bureau())
    return problem(promotions=(promotion(first, second),), sites=weekends)


def open_on_sundays() -> tuple[object, ...]:
    return tuple(changed(one, weekday=7) for one in MONDAY_MORNING)


COUPLINGS = (
    Edge("spacing", two_mondays, 7, 8, (2, 1)),
    Edge("cadence", animator_in_the_morning, "09:00", "09:01", (2, 1)),
    Edge("cadence", the_other_half_of_two, "17:00", "16:59", (2, 1)),
    Edge("one_place_at_a_time", meeting_until, "09:00", "09:01", (1, 0)),
    Edge("interview_capacity", slots_until, "11:00", "10:59", (2, 1)),
    Edge("interview_place", call_beside_a_permanence, 2, 1, (2, 1)),
    Edge("interview_capacity", booked_beside_two, 0, 1, (3, 2)),
    Edge("participant_one_at_a_time", two_places_of, OTHER, KM, (3, 2)),
    Edge("participant_one_at_a_time", two_mondays_of_one, 7, 8, (2, 1)),
    Edge("participant_one_at_a_time", one_slot_of, OTHER, KM, (2, 1)),
    Edge("participant_one_at_a_time", session_beside_a_pin, OTHER, KM, (2, 1)),
    Edge("participant_one_at_a_time", session_beside_an_interview, OTHER, KM, (2, 1)),
    Edge("participant_one_at_a_time", whole_day_beside_an_interview, OTHER, KM, (3, 2)),
    Edge("participant_one_at_a_time", two_promotions, OTHER, KM, (2, 1)),
    Edge("sequence_order", partner_until, 3, 2, (2, 1)),
    Edge("sequence_order", before_a_partner_on, 3, 2, (2, 1)),
    Edge("sequence_order", after_a_step, 1, 2, (2, 1)),
)


@pytest.mark.parametrize("edge", COUPLINGS, ids=lambda edge: edge.make.__name__)
def test_the_solver_places_both_or_the_one_that_matters_more(edge: Edge) -> None:
    assert (placed(edge.make(edge.allowed)), placed(edge.make(edge.forbidden))) == edge.placed
