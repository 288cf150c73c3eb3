"""`python -m bench.network`: a national network, territory by territory, on one machine.

Every territory is a problem of its own, solved by one thread; the same territories by one worker and by two.
Prints its page and writes it, with a plot, to docs/planner-bench-network.md.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from bench.machine import described
from bench.once import Measure, Task
from bench.planner import ROOT, gap_of, largest_gap, measure, spread, table
from bench.svg import Axes, Series, plot
from planner.plan import LEVEL_NAMES

REPORT = ROOT / "docs" / "planner-bench-network.md"
NETWORK, MINUTES = 50, 10
STAFF, SITES, INTERVIEWS, PROMOTIONS, DAYS = 7, 13, 400, 1, 30
WITHIN = 0.01
SECONDS = 2 * 60 * MINUTES / NETWORK
"""A territory's share of the time of two workers."""


class Run(NamedTuple):
    """The same territories by a number of workers, in seconds of wall time."""

    workers: int
    seconds: float
    measures: list[Measure]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="bench.network", description=f"{NETWORK} territories, or a share of them."
    )
    parser.add_argument("--territories", type=int, default=6, help="how many are measured (6)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="workers side by side (1 2)")
    parser.add_argument("--out", type=Path, default=REPORT, help="file of the report")
    given = parser.parse_args()
    runs = [run(given.territories, workers) for workers in given.workers]
    text = report(runs)
    given.out.write_text(text, encoding="utf-8")
    given.out.with_suffix(".svg").write_text(_plot(runs), encoding="utf-8")
    sys.stdout.write(text)


def run(territories: int, workers: int) -> Run:
    """Each territory has what is its share of the whole network's time with two workers."""
    tasks = [
        Task("ours", STAFF, SITES, INTERVIEWS, PROMOTIONS, DAYS, seed, SECONDS, workers=1)
        for seed in range(territories)
    ]
    began = perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        measures = list(pool.map(measure, tasks))
    return Run(workers, perf_counter() - began, measures)


def report(runs: Sequence[Run]) -> str:
    """A Markdown page: what each number of workers took, and how far the plans are from their bounds."""
    head = ("workers", "territories", "wall, s", f"as {NETWORK} territories, s", "clean", "within 1 % on every level",
            "largest gap, median", "largest of all", "peak MiB of one")  # fmt: skip
    parts = [
        "# A national network",
        f"{described()}. Territories of {STAFF} staff, {SITES} sites and {INTERVIEWS} interviews; one thread "
        f"and at most {SECONDS:g} s each. The aim: {NETWORK} territories in {MINUTES} minutes, every "
        "level within 1 % of its bound. `python -m bench.network` makes this page.",
        table(head, [_line(one) for one in runs]),
        "## Level by level",
        table(
            ("level", "proven", "within 1 %", "gap, %: median (least to most)"),
            [_level(name, runs[-1].measures) for name in LEVEL_NAMES],
        ),
        f"With {runs[-1].workers} workers.",
        "![Seconds by workers](planner-bench-network.svg)",
    ]
    return "\n\n".join(parts) + "\n"


def _level(name: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    gaps = [gap_of(found, name) for found in measures]
    return (
        name,
        f"{sum(gap <= 0 for gap in gaps)} of {len(gaps)}",
        f"{sum(gap <= WITHIN for gap in gaps)} of {len(gaps)}",
        spread((100 * gap for gap in gaps), digits=1),
    )


def _line(one: Run) -> tuple[str, ...]:
    gaps = [largest_gap(found) for found in one.measures]
    count = len(gaps)
    return (
        str(one.workers),
        str(count),
        f"{one.seconds:.1f}",
        f"{one.seconds * NETWORK / count:.0f}",
        f"{sum(found.clean for found in one.measures)} of {count}",
        f"{sum(gap <= WITHIN for gap in gaps)} of {count}",
        f"{100 * median(gaps):.1f} %",
        f"{100 * max(gaps):.1f} %",
        str(max(found.peak_mib for found in one.measures)),
    )


def _plot(runs: Sequence[Run]) -> str:
    points = tuple((float(one.workers), one.seconds * NETWORK / len(one.measures)) for one in runs)
    return plot(
        Axes("A national network, by workers", "workers", "seconds"),
        [Series(f"{NETWORK} territories", points)],
    )


if __name__ == "__main__":
    main()
