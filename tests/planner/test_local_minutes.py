"""The solver's minutes: durations are real on both sides of a change of clock, and come back as instants."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from planner.local_minutes import LocalMinutes, Span
from planner.plan import PlannedInterview
from planner.problem import Opening, WeeklyAvailability
from planner.solve import Limits, Planned, solve
from tests.planner.build import PARIS, bureau, need, person, problem, recount

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(("on", "minutes"), [(SPRING, 180), (AUTUMN, 300), (date(2026, 3, 30), 240)])
def test_four_hours_of_the_clock_last_what_they_last(on: date, minutes: int) -> None:
    span = LocalMinutes(on, 1, "Europe/Paris").hours_of(0, "01:00", "05:00")
    assert span.end - span.start == minutes


@pytest.mark.parametrize("on", [SPRING, AUTUMN, date(2026, 7, 14)])
def test_an_instant_comes_back(on: date) -> None:
    minutes = LocalMinutes(on - timedelta(days=1), 3, "Europe/Paris")
    first = datetime(on.year, on.month, on.day, 1, tzinfo=PARIS).astimezone(UTC)
    for quarter in range(60):
        instant = first + timedelta(minutes=15 * quarter)
        assert minutes.instant(minutes.minute(instant)).astimezone(UTC) == instant


def test_a_part_of_a_minute_is_touched() -> None:
    minutes = LocalMinutes(SPRING, 1, "Europe/Paris")
    starts_at = datetime(2026, 3, 29, 9, 0, 30, tzinfo=PARIS)
    assert minutes.span(starts_at, starts_at + timedelta(minutes=1)) == Span(9 * 60, 9 * 60 + 2)


@pytest.mark.parametrize(("on", "slots"), [(SPRING, 3), (AUTUMN, 5)])
def test_an_opening_across_a_change_of_clock_has_the_slots_of_its_real_hours(on: date, slots: int) -> None:
    night = Opening(weekday=7, half_day="am", from_hour="01:00", to_hour="05:00")
    there = WeeklyAvailability(weekday=7, half_day="am", from_hour="00:00", to_hour="12:00")
    facts = problem(
        first_on=on,
        last_on=on,
        sites=(bureau(openings=(night,)),),
        staff=(person("A", availability=(there,)),),
        interviews=(need(kind="diagnostic", count=6, sites=("bureau",), from_on=on, until_on=on),),
    )
    outcome = solve(facts, limits=Limits(time_limit_seconds=20, workers=1))
    assert isinstance(outcome, Planned)
    held = sorted(outcome.plan.interviews, key=started)
    assert len(held) == slots
    assert {started(then) - started(first) for first, then in pairwise(held)} == {timedelta(hours=1)}
    assert recount(facts, outcome.plan).violations == ()


def started(interview: PlannedInterview) -> datetime:
    return interview.starts_at.astimezone(UTC)
