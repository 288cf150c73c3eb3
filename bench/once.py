"""One measure in a process of its own: `python -m bench.once '{"mode": ...}'` prints one JSON object."""

import resource
import sys
import time

import msgspec

from bench.flat import solve_flat
from bench.parts_off import OFF
from planner.audit import audit
from planner.build import build
from planner.generate import MONTHS, Size, generate, generate_tiny, problem_bytes
from planner.generate.apart import side_by_side
from planner.greedy import start
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from planner.problem_file import read_problem
from planner.read_back import read_plan
from planner.solve import Limits, Planned, Progress, solve

SAME_MONTH = len(MONTHS)
"""Seeds so far apart are of the same month."""


class Task(msgspec.Struct, frozen=True):
    """What to measure; `mode` is greedy, flat, ours, or ours with one part switched off.

    Several `parts` are as many territories of the size given, in one file, that share nobody.
    """

    mode: str
    staff: int
    sites: int
    interviews: int
    promotions: int
    days: int
    seed: int
    seconds: float
    workers: int = 2
    parts: int = 1


class Measure(msgspec.Struct, frozen=True):
    """`first`: seconds to the first clean plan. `proof`: seconds to the proof of each proven level."""

    task: Task
    first: float
    total: float
    clean: bool
    values: dict[str, int]
    bounds: dict[str, int]
    proof: dict[str, float]
    peak_mib: int
    activities: int

    @property
    def vector(self) -> tuple[int, ...]:
        return tuple(self.values[level] for level in LEVEL_NAMES)

    @property
    def is_proven(self) -> bool:
        return all(self.values[level] == self.bounds.get(level, 0) for level in LEVEL_NAMES)


class Solved(msgspec.Struct, frozen=True):
    plan: Plan
    first: float
    total: float
    bounds: dict[str, int]
    proof: dict[str, float]


def measured(task: Task) -> Measure:
    """Solve in a warm process, from a parsed problem; recount the plan."""
    solve(generate_tiny(0), limits=Limits(time_limit_seconds=5, workers=1))
    problem = read_problem(problem_bytes(_made(task)))
    if task.mode in OFF:
        OFF[task.mode]()
    solved = {"greedy": _greedy, "flat": _flat}.get(task.mode, _ours)(problem, task)
    report = audit(problem, solved.plan)
    return Measure(
        task=task,
        first=solved.first,
        total=solved.total,
        clean=report.is_clean,
        values=report.goals,
        bounds=solved.bounds,
        proof=solved.proof,
        peak_mib=_peak_mib(),
        activities=len(solved.plan.permanences) + len(solved.plan.sessions),
    )


def _made(task: Task) -> Problem:
    size = Size(task.staff, task.sites, task.interviews, task.promotions, task.days)
    seeds = [task.seed + number * SAME_MONTH for number in range(task.parts)]
    return (
        side_by_side([generate(size, seed) for seed in seeds])
        if task.parts > 1
        else generate(size, task.seed)
    )


def _peak_mib() -> int:
    """Of this process and the largest of its children, added as if their peaks fell together."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_maxrss for usage in usages) // 1024


def _greedy(problem: Problem, _task: Task) -> Solved:
    began = time.perf_counter()
    model = build(problem)
    plan = read_plan(model, start(model, lambda: False))
    took = time.perf_counter() - began
    return Solved(plan, took, took, {}, {})


def _flat(problem: Problem, task: Task) -> Solved:
    began = time.perf_counter()
    model = build(problem)
    found = solve_flat(model.program, task.seconds, task.workers, began)
    bounds = (
        {level: model.program.value(level, found.values) for level in LEVEL_NAMES} if found.proven else {}
    )
    plan = read_plan(model, found.values) if found.values else Plan()
    total = time.perf_counter() - began
    return Solved(plan, found.first or total, total, bounds, dict.fromkeys(bounds, total))


def _ours(problem: Problem, task: Task) -> Solved:
    curve: list[Progress] = []
    began = time.perf_counter()
    limits = Limits(time_limit_seconds=task.seconds, workers=task.workers)
    outcome = solve(problem, limits=limits, on_progress=curve.append)
    total = time.perf_counter() - began
    if not isinstance(outcome, Planned):
        return Solved(Plan(), total, total, {}, {})
    settled = {level.name: level for level in outcome.plan.levels}
    proof = {
        name: max((point.elapsed for point in curve if point.level == name), default=total)
        for name, level in settled.items()
        if level.status == "optimal"
    }
    bounds = {name: level.bound for name, level in settled.items()}
    first = curve[0].elapsed if curve else total
    return Solved(outcome.plan, first, total, bounds, proof)


if __name__ == "__main__":
    sys.stdout.write(
        msgspec.json.encode(measured(msgspec.json.decode(sys.argv[1], type=Task))).decode() + "\n"
    )
