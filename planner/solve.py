"""From a problem to a plan: greedy first, then level by level to proof; the best so far at any moment."""

import time
from collections.abc import Callable
from typing import NamedTuple

from planner.build import build
from planner.cpsat import Search, Solver
from planner.first_reasons import left_out
from planner.greedy import start
from planner.model import Model
from planner.plan import LEVEL_NAMES, Level, Plan
from planner.problem import Problem
from planner.read_back import read_plan


class Limits(NamedTuple):
    """What a solve may use: seconds of wall time, and deterministic units when it must be repeatable."""

    time_limit_seconds: float = 60.0
    deterministic_limit: float | None = None
    workers: int = 2
    seed: int = 1


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


def _never() -> bool:
    return False


def _ignore(_progress: Progress) -> None:
    return None


def solve(
    problem: Problem,
    *,
    limits: Limits | None = None,
    stop: Callable[[], bool] = _never,
    on_progress: Callable[[Progress], None] = _ignore,
) -> Outcome:
    """Plan a problem within limits; `stop` is asked often and ends the search with what is there."""
    return _Solve(limits or Limits(), stop, on_progress).run(problem)


class _Solve:
    """One solve: its clock, its curve, and the best values so far."""

    def __init__(
        self, limits: Limits, stop: Callable[[], bool], on_progress: Callable[[Progress], None]
    ) -> None:
        self.began = time.monotonic()
        self.limits = limits
        self.asked_to_stop = stop
        self.on_progress = on_progress
        self.units_left = limits.deterministic_limit
        self.curve: list[Progress] = []

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    def over(self) -> bool:
        return self.asked_to_stop() or self.elapsed >= self.limits.time_limit_seconds

    def run(self, problem: Problem) -> Outcome:
        model = build(problem)
        values = start(model, self.over)
        if self.asked_to_stop() and not any(values):
            return Stopped(self.elapsed)
        for level in LEVEL_NAMES:
            self._note(model, level, values, 0)
        levels = self._settle_levels(model, values)
        return self._planned(model, levels)

    def _note(self, model: Model, level: str, values: list[int], bound: int) -> None:
        value = model.program.value(level, values)
        point = Progress(self.elapsed, level, value, bound)
        self.curve.append(point)
        self.on_progress(point._replace(read=lambda: read_plan(model, values)))

    def _settle_levels(self, model: Model, values: list[int]) -> list[Level]:
        self.values = values
        solver: Solver | None = None
        levels: list[Level] = []
        for name in LEVEL_NAMES:
            value = model.program.value(name, self.values)
            bound = model.least(name)
            if value > bound and not self.over() and (self.units_left is None or self.units_left > 0):
                if solver is None:
                    solver = Solver(model.program)
                    for level in levels:
                        solver.open(level.name)
                        solver.settle(level.name, level.value + self._tolerance(model, level.name))
                solver.open(name)
                value, bound = self._search(model, solver, name)
            status = "optimal" if value == bound else "bounded" if bound > 0 else "not_reached"
            levels.append(Level(name=name, value=value, bound=bound, status=status))
            if solver is not None:
                solver.open(name)
                solver.settle(name, value + self._tolerance(model, name))
        return levels

    def _search(self, model: Model, solver: Solver, name: str) -> tuple[int, int]:
        left = self.limits.time_limit_seconds - self.elapsed
        search = Search(left, self.units_left, self.limits.workers, self.limits.seed)

        def watch(values: list[int], _value: int, bound: int) -> None:
            model.program.complete(values)
            self.values = values
            self._note(model, name, values, bound)

        found = solver.minimise(name, self.values, search, watch, self.over)
        if self.units_left is not None:
            self.units_left -= found.units
        if found.values is not None:
            model.program.complete(found.values)
            self.values = found.values
        value = model.program.value(name, self.values)
        self._note(model, name, self.values, found.bound)
        return value, min(value, max(found.bound, model.least(name)))

    def _tolerance(self, model: Model, name: str) -> int:
        return model.facts.problem.tolerances.get(name, 0)

    def _planned(self, model: Model, levels: list[Level]) -> Planned:
        plan = read_plan(model, self.values)
        final = tuple(
            Level(
                name=level.name,
                value=(value := model.program.value(level.name, self.values)),
                bound=level.bound,
                status="bounded" if level.status == "optimal" and value > level.bound else level.status,
            )
            for level in levels
        )
        left = left_out(model.facts.problem, plan)
        return Planned(_with(plan, left, final), tuple(self.curve))


def _with(plan: Plan, left: tuple, levels: tuple[Level, ...]) -> Plan:
    return Plan(
        permanences=plan.permanences,
        sessions=plan.sessions,
        office=plan.office,
        interviews=plan.interviews,
        unplaced=left,
        levels=levels,
    )
