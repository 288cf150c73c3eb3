"""`escale solve`: a problem file becomes a plan file."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from planner.problem_file import write_plan
from planner.solve import Limits, Planned, Progress, solve
from service.atomic_files import write_atomically
from service.cli import INTERRUPTED
from service.commands.files import LONGEST_SOLVE, check_outputs, left_of, problem_at

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def solve_problem(
    context: typer.Context,
    problem: Annotated[Path, typer.Argument(help="The problem file.")],
    out: Annotated[Path, typer.Option(help="Where to write the plan.")],
    report: Annotated[
        Path | None, typer.Option(help="Where to write the curve: time, level, value, bound.")
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(min=0.01, max=LONGEST_SOLVE, help="Seconds of wall time, start and reading included."),
    ] = 60.0,
    deterministic_limit: Annotated[
        float | None, typer.Option(min=0.0, help="Units of work; with one worker the same bytes each time.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Threads of the search.")] = 2,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Same seed, same search.")] = 1,
) -> None:
    """Plans a problem file; progress on standard error. Ctrl+C or SIGTERM ends early and keeps the best plan.

    Exit codes: 0 a plan was written, 2 the problem is malformed, 130 interrupted before there was any plan.
    """
    file = problem_at(problem)
    check_outputs(problem, out, report)
    limits = Limits(
        time_limit_seconds=left_of(time_limit, context),
        deterministic_limit=deterministic_limit,
        workers=workers,
        seed=seed,
    )
    with _asked_to_stop() as asked:
        outcome = solve(file.problem, limits=limits, stop=asked.is_set, on_progress=_tell)
        if not isinstance(outcome, Planned):
            raise typer.Exit(INTERRUPTED)
        write_atomically(out, write_plan(outcome.plan, file.sha256))
        if report is not None:
            write_atomically(report, _curve(outcome.curve))


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """Set by the first SIGINT or SIGTERM; a second SIGINT ends at once."""
    asked = threading.Event()

    def ask(*_: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _tell(progress: Progress) -> None:
    sys.stderr.write(
        f"{progress.elapsed:7.2f} s  {progress.level:18} {progress.value:6}  at best {progress.bound}\n"
    )


def _curve(curve: tuple[Progress, ...]) -> bytes:
    points = [
        {"seconds": round(point.elapsed, 3), "level": point.level, "value": point.value, "bound": point.bound}
        for point in curve
    ]
    return msgspec.json.format(msgspec.json.encode({"curve": points}), indent=1) + b"\n"
