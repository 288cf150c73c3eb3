"""What searches may use: where runs must repeat exactly, units are counted and no share of a clock."""

import time

from planner.budget import Budget
from planner.outcome import Limits
from planner.plan import LEVEL_NAMES


def left(units: float | None) -> Budget:
    """A thousand seconds, and these units."""
    return Budget(time.monotonic() + 1000, units, Limits(), lambda: False)


def test_no_share_of_a_clock_ends_the_linear_solver_where_runs_must_repeat() -> None:
    by_clock, by_units = left(None), left(5.0)
    assert by_clock.linear_seconds(0.01) <= 10
    assert by_units.linear_seconds(0.01) > 900
    assert all(by_units.relaxing_seconds(level) > 900 for level in LEVEL_NAMES)


def test_nothing_is_left_once_time_is_up() -> None:
    assert Budget(time.monotonic() - 1, None, Limits(), lambda: False).linear_seconds(1.0) == 0.0
