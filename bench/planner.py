"""Measures of planning: real months over seeds, three ways side by side, what each part is worth, and how times grow.

Every solve runs in a fresh process that is warm and has the problem parsed before its clock starts.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

import msgspec

from bench.machine import described
from bench.once import Measure, Task
from bench.parts_off import OFF
from bench.svg import Axes, Series, plot
from planner.plan import LEVEL_NAMES

ROOT = Path(__file__).resolve().parent.parent
MODES = ("greedy", "flat", "ours")
NAMES = {
    "greedy": "greedy only",
    "flat": "flat model",
    "ours": "ours",
    **{name: f"ours, {name}" for name in OFF},
}


class Scale(msgspec.Struct, frozen=True):
    """How much is measured: seeds of real months, seconds a solve, sizes of the growth tables.

    The flat model has `compared_seconds` a month; so has each way with a part switched off, on the first
    `compared` seeds, and each size of the growth tables, of which ours is measured on `grown` seeds.
    """

    seeds: int
    seconds: float
    compared: int
    compared_seconds: float
    grown: int
    staff: tuple[int, ...]
    interviews: tuple[int, ...]
    days: tuple[int, ...]


FULL = Scale(20, 60, 2, 10, 2, (3, 5, 10), (100, 200, 500), (7, 14, 60))
"""About a quarter of an hour on two quiet cores."""
QUICK = Scale(3, 30, 1, 10, 1, (3,), (100,), (14,))


def run(scale: Scale, folder: Path) -> str:
    """Measure, write `planner-bench.md` and `planner-bench.svg` into a folder; returns the report."""
    real = {mode: [measure(task) for task in _real_months(mode, scale)] for mode in MODES}
    apart = {mode: [measure(task) for task in _compared_months(mode, scale)] for mode in ("ours", *OFF)}
    growth = {
        "staff": [_over_seeds(task, scale) for task in _by_staff(scale)],
        "interviews": [
            _over_seeds(_task("ours", scale, interviews=count), scale) for count in scale.interviews
        ],
        "days": [_over_seeds(_task("ours", scale, days=days), scale) for days in scale.days],
    }
    report = _report(scale, real, apart, growth)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "planner-bench.md").write_text(report, encoding="utf-8")
    (folder / "planner-bench.svg").write_text(_plot(growth["staff"]), encoding="utf-8")
    return report


def _task(mode: str, scale: Scale, interviews: int = 350, days: int = 30, seed: int = 1) -> Task:
    return Task(mode, 7, 13, interviews, 2, days, seed, scale.compared_seconds)


def _real_months(mode: str, scale: Scale) -> Iterator[Task]:
    seconds = scale.compared_seconds if mode == "flat" else scale.seconds
    for seed in range(scale.seeds):
        yield Task(mode, 7, 13, 300 + seed * 37 % 101, 1 + seed % 2, 30, seed, seconds)


def _compared_months(mode: str, scale: Scale) -> Iterator[Task]:
    for task in islice(_real_months(mode, scale), scale.compared):
        yield msgspec.structs.replace(task, seconds=scale.compared_seconds)


def _by_staff(scale: Scale) -> Iterator[Task]:
    """Sites, interviews and promotions grow with the staff."""
    for mode in MODES:
        for staff in scale.staff:
            yield Task(mode, staff, 2 * staff, 50 * staff, 1 + staff // 5, 30, 1, scale.compared_seconds)


def _over_seeds(task: Task, scale: Scale) -> list[Measure]:
    """Ours on several seeds, other ways on one."""
    seeds = range(1, 1 + (scale.grown if task.mode == "ours" else 1))
    return [measure(msgspec.structs.replace(task, seed=seed)) for seed in seeds]


def measure(task: Task) -> Measure:
    """In a process of its own."""
    command = [sys.executable, "-m", "bench.once", msgspec.json.encode(task).decode()]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    found = msgspec.json.decode(outcome.stdout, type=Measure)
    sys.stderr.write(f"{task.mode} seed {task.seed}, {task.staff} staff, {task.interviews} interviews, ")
    sys.stderr.write(f"{task.days} days: first {found.first:.2f} s, total {found.total:.2f} s\n")
    return found


# The report


def _report(
    scale: Scale,
    real: dict[str, list[Measure]],
    apart: dict[str, list[Measure]],
    growth: dict[str, list[list[Measure]]],
) -> str:
    ours = real["ours"]
    sizes = f"{min(m.activities for m in ours)} to {max(m.activities for m in ours)} permanences and sessions placed"
    head = ("way", "clean plan, s", "all levels proven, s", "proven", "peak MiB", "better or equal to ours")
    parts = [
        "# Measures of planning",
        f"{described()}. Two threads a solve, at most {scale.seconds:g} s. Seconds are wall time from a parsed "
        "problem in a warm process; figures are median (least to most). `make bench` makes this page.",
        f"## Real months: 7 staff, 13 sites, 300 to 400 interviews, {sizes}; {scale.seeds} seeds",
        table(head, [_way(mode, real[mode], ours) for mode in real]),
        f"The flat model is one search over a weighted sum of all levels, at most {scale.compared_seconds:g} s.",
        "Proven: months on which every level was. Better or equal: months whose level values are, in the order "
        "of the levels, no worse than those of ours on the same seeds.",
        "## Level by level",
        table(("level", "value", "proven after, s", "proven"), [_level(name, ours) for name in LEVEL_NAMES]),
        f"## What each part is worth: the first {scale.compared} seeds, at most {scale.compared_seconds:g} s each",
        table(head, [_way(mode, measures, apart["ours"]) for mode, measures in apart.items()]),
        *_growth_parts(growth),
        "![Seconds by staff](planner-bench.svg)",
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _growth_parts(growth: dict[str, list[list[Measure]]]) -> Iterator[str]:
    for name, measures in growth.items():
        yield f"## Growth with {name}"
        head = (
            "way",
            "staff",
            "interviews",
            "days",
            "clean plan, s",
            "total, s",
            "largest gap, %",
            "peak MiB",
        )
        yield table(head, [_grown(one) for one in measures])


def _way(mode: str, measures: list[Measure], ours: list[Measure]) -> tuple[str, ...]:
    proven = [one for one in measures if one.is_proven and one.bounds]
    no_worse = sum(one.vector <= best.vector for one, best in zip(measures, ours, strict=False))
    dirty = sum(not one.clean for one in measures)
    return (
        NAMES[mode] + (f" ({dirty} not clean)" if dirty else ""),
        spread(one.first for one in measures),
        spread(one.total for one in proven),
        f"{len(proven)} of {len(measures)}",
        spread((one.peak_mib for one in measures), digits=0),
        f"{no_worse} of {len(measures)}",
    )


def _level(name: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    proven = [one.proof[name] for one in measures if name in one.proof]
    values = spread((one.values[name] for one in measures), digits=0)
    return name, values, spread(proven), f"{len(proven)} of {len(measures)}"


def _grown(measures: list[Measure]) -> tuple[str, ...]:
    task = measures[0].task
    gap = spread((100 * largest_gap(one) for one in measures if one.bounds), digits=1)
    return (
        NAMES[task.mode],
        str(task.staff),
        str(task.interviews),
        str(task.days),
        spread(one.first for one in measures),
        spread((one.total for one in measures), digits=1),
        gap,
        spread((one.peak_mib for one in measures), digits=0),
    )


def largest_gap(one: Measure) -> float:
    """The largest of all levels."""
    return max((gap_of(one, name) for name in one.values), default=0.0)


def gap_of(one: Measure, level: str) -> float:
    """What value and bound of a level are apart, as a share of the value (of 100 at least)."""
    value = one.values[level]
    return (value - one.bounds.get(level, 0)) / max(value, 100)


def spread(numbers: Iterable[float], digits: int = 2) -> str:
    kept = sorted(numbers)
    if not kept:
        return "none"
    if len(kept) == 1:
        return f"{kept[0]:.{digits}f}"
    return f"{median(kept):.{digits}f} ({kept[0]:.{digits}f} to {kept[-1]:.{digits}f})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _plot(grown: Sequence[Sequence[Measure]]) -> str:
    """Medians of each way; of ours also the slowest, and the first clean plan."""
    series = []
    for mode in MODES:
        name = f"{NAMES[mode]}, total" if mode == "ours" else NAMES[mode]
        series.append(Series(name, _line(grown, mode, lambda of: median(one.total for one in of))))
    series.append(Series("ours, slowest", _line(grown, "ours", lambda of: max(one.total for one in of))))
    firsts = _line(grown, "ours", lambda of: median(one.first for one in of))
    series.append(Series("ours, clean plan", firsts))
    return plot(Axes("Planning a month, by staff (50 interviews each)", "staff", "seconds"), series)


def _line(
    grown: Sequence[Sequence[Measure]], mode: str, of: Callable[[Sequence[Measure]], float]
) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(measures[0].task.staff), of(measures)) for measures in grown if measures[0].task.mode == mode
    )
