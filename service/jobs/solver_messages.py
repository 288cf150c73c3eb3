"""What a solve's process and its parent say to each other. Loads no solver."""

from typing import Literal

import msgspec

from planner.plan import Plan
from planner.tally import Tally


class SolveOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how hard a solve may search."""

    time_limit_seconds: float = 60.0
    deterministic_limit: float | None = None
    workers: int = 2
    seed: int = 1


class CurvePoint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point of the curve: seconds since the start, the level being settled, its value and proven bound.

    `placed` is of the best plan a second ago at most; `left` is the last point of each level left behind,
    told only while the solve runs, to who looks at it from now on. `best` is the plan of that moment, told by
    the child to its parent now and then, and kept apart.
    """

    seconds: float
    level: str
    value: int
    bound: int
    placed: Tally | None = None
    left: tuple["CurvePoint", ...] = ()
    best: Plan | None = None


class ChildMessage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A point of the curve, the plan, or that there is none."""

    kind: Literal["progress", "planned", "stopped"]
    point: CurvePoint | None = None
    plan: Plan | None = None
