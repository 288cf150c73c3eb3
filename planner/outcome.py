"""What a solve is told and what it returns: values, never exceptions."""

from collections.abc import Callable
from typing import NamedTuple

from planner.plan import Plan
from planner.sizes import SIZES, Sizes


class Limits(NamedTuple):
    """What a solve may use: seconds of wall time, and deterministic units when it must be repeatable.

    `reasons_seconds`: how long reasons of what is left out are looked for once time is up.
    """

    time_limit_seconds: float = 60.0
    deterministic_limit: float | None = None
    workers: int = 2
    seed: int = 1
    sizes: Sizes = SIZES
    reasons_seconds: float = 1.2


class Progress(NamedTuple):
    """One point of the curve: seconds since the start, the level being settled, its value and bound.

    `read` makes the plan of that moment when it is asked to.
    """

    elapsed: float
    level: str
    value: int
    bound: int
    read: Callable[[], Plan] | None = None


class Planned(NamedTuple):
    """A clean plan, and how the levels came down over time."""

    plan: Plan
    curve: tuple[Progress, ...]


class Stopped(NamedTuple):
    """The caller ended the solve before even the greedy plan was there."""

    elapsed: float


Outcome = Planned | Stopped
