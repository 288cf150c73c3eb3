"""Of all days up to one, and from one on, a relaxation has no more of a step than of the one before it."""

import pytest

from planner.build import build
from planner.problem import Problem, WeeklyAvailability
from planner.relaxation import relax
from planner.solve import Limits, solve
from tests.planner.build import MONDAY, day, person, problem, promotion, recount, sequence

FULL = {"am": ("08:00", "13:00"), "pm": ("13:00", "19:00")}
CROWDED = day(9)


def coming(number: int, *half_days: str) -> list[WeeklyAvailability]:
    """One person's half-days of one date of March."""
    on = day(number)
    return [
        WeeklyAvailability(
            weekday=on.isoweekday(),
            half_day=half_day,
            from_hour=FULL[half_day][0],
            to_hour=FULL[half_day][1],
            where="field",
            from_on=on,
            until_on=on,
        )
        for half_day in half_days
    ]


def two_groups(other: int) -> Problem:
    """A first step on the 9th, where one of two groups fits, or on another date, where both do.

    The second step is reached from the 9th alone, on either of two days.
    """
    hours = (*coming(9, "am"), *(one for on in (other, 10, 11) for one in coming(on, "am", "pm")))
    groups = tuple(
        promotion(
            sequence("first", from_on=MONDAY, until_on=day(16), speaker_dates=(CROWDED, day(other))),
            sequence("then", from_on=day(10), until_on=day(11), max_days=5),
            id=name,
        )
        for name in ("spring", "autumn")
    )
    return problem(staff=(person(availability=hours),), promotions=groups)


@pytest.mark.parametrize("other", [2, 16], ids=["too early", "too late"])
def test_half_of_a_first_step_carries_half_of_a_second_one(other: int) -> None:
    """Day by day half a second step on each of two days would pass for a whole one: the proof would need a search."""
    facts = two_groups(other)
    assert relax(build(facts).program, {}, "unmet_sessions", seconds=60).bound == 1
    planned = solve(facts, limits=Limits(time_limit_seconds=60)).plan
    assert recount(facts, planned).goals["unmet_sessions"] == 1
