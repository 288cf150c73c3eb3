"""Measures of months far larger than usual: how far each level is from its bound, and how that grows.

`python -m bench --large` writes `planner-bench-large.md` and its plot.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.machine import described
from bench.once import Measure, Task
from bench.planner import gap_of, largest_gap, measure, spread, table
from bench.svg import Axes, Series, plot
from planner.plan import LEVEL_NAMES

NAME = "planner-bench-large"


class Scale(NamedTuple):
    """Seconds a solve, those of the doubled association, and how many seeds of it."""

    seconds: float
    doubled_seconds: float
    seeds: int


FULL = Scale(60, 120, 3)
"""About sixteen minutes on two quiet cores."""
SHORT = Scale(10, 55, 1)
"""Under five minutes."""


def run(scale: Scale, folder: Path) -> str:
    """Measure, write the page and the plot into a folder; returns the page."""
    doubled = [
        measure(_task((40, 25, 2000, 6, 30), scale.doubled_seconds, seed))
        for seed in range(1, scale.seeds + 1)
    ]
    growth = {name: [measure(_task(size, scale.seconds)) for size in sizes] for name, sizes in SIZES.items()}
    apart = measure(Task("ours", 3, 8, 100, 1, 30, 1, scale.doubled_seconds, parts=50))
    far = measure(_task((120, 60, 20000, 20, 31), scale.doubled_seconds))
    page = _page(scale, doubled, {**growth, "parts, and far beyond": [apart, far]})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.md").write_text(page, encoding="utf-8")
    (folder / f"{NAME}.svg").write_text(_plot(growth["staff"]), encoding="utf-8")
    return page


SIZES = {
    "staff": ((10, 13, 500, 2, 30), (20, 16, 1000, 3, 30), (40, 25, 2000, 6, 30)),
    "interviews": ((20, 16, 500, 3, 30), (20, 16, 2000, 3, 30)),
    "days": ((20, 16, 500, 3, 15), (20, 16, 1000, 3, 60)),
}
"""Staff, sites, interviews, promotions, days. Sites, interviews and promotions grow with the staff."""


def _task(size: tuple[int, int, int, int, int], seconds: float, seed: int = 1) -> Task:
    return Task("ours", *size, seed, seconds)


def _page(scale: Scale, doubled: Sequence[Measure], growth: dict[str, list[Measure]]) -> str:
    counted = "one seed" if scale.seeds == 1 else f"{scale.seeds} seeds"
    parts = [
        "# Measures of planning: large months",
        f"{described()}. Two threads a solve. Seconds are wall time from a parsed problem in a warm process; "
        "figures of several seeds are median (least to most). The gap of a level is what its value and its "
        "bound are apart, as a share of the value (of 100 at least). `python -m bench --large` makes this page (`--quick`: one seed and shorter limits).",
        f"## A doubled association: 40 staff, 25 sites, 2,000 interviews; {counted}, at most "
        f"{scale.doubled_seconds:g} s each",
        _sentence(doubled),
        table(("level", "value", "bound", "gap, %"), [_level(name, doubled) for name in LEVEL_NAMES]),
        *_growth(growth),
        f"![Clean plan and gap by staff]({NAME}.svg)",
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _sentence(doubled: Sequence[Measure]) -> str:
    clean = sum(one.clean for one in doubled)
    return (
        f"{clean} of {len(doubled)} plans clean; the first after {spread(one.first for one in doubled)} s, "
        f"{spread(one.total for one in doubled)} s in all; peak memory {spread((one.peak_mib for one in doubled), 0)} MiB."
    )


def _level(name: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    return (
        name,
        spread((one.values[name] for one in measures), digits=0),
        spread((one.bounds.get(name, 0) for one in measures), digits=0),
        spread((100 * gap_of(one, name) for one in measures), digits=1),
    )


def _growth(growth: dict[str, list[Measure]]) -> Iterator[str]:
    head = (
        "staff", "sites", "interviews", "days", "clean plan, s", "total, s", "proven levels", "largest gap, %",
        "peak MiB", "clean",
    )  # fmt: skip
    for name, measures in growth.items():
        yield f"## Growth with {name}"
        yield table(head, [_grown(one) for one in measures])


def _grown(one: Measure) -> tuple[str, ...]:
    task, times = one.task, f"{one.task.parts} x " if one.task.parts > 1 else ""
    return (
        *(f"{times}{count}" for count in (task.staff, task.sites, task.interviews)),
        str(task.days),
        f"{one.first:.1f}",
        f"{one.total:.1f}",
        f"{len(one.proof)} of {len(LEVEL_NAMES)}",
        f"{100 * largest_gap(one):.1f}",
        str(one.peak_mib),
        "yes" if one.clean else "no",
    )


def _plot(measures: Sequence[Measure]) -> str:
    first = tuple((float(one.task.staff), one.first) for one in measures)
    gaps = tuple((float(one.task.staff), 100 * largest_gap(one)) for one in measures)
    series = [Series("clean plan, s", first), Series("largest gap, %", gaps)]
    return plot(Axes("Large months, by staff (50 interviews each)", "staff", "seconds, and percent"), series)
