"""`escale generate`: invented months as problem files, the same for the same options."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from planner.checks.frame import MOST_DAYS
from planner.errors import ProblemError
from planner.generate import (
    Size,
    Strain,
    generate,
    generate_real,
    generate_small,
    generate_tiny,
    problem_bytes,
)
from planner.problem import Problem
from planner.problem_file import check_problem
from service.atomic_files import write_atomically
from service.errors import BadInput

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
READY_MADE = {"real": generate_real, "small": generate_small, "tiny": generate_tiny}
MOST_SITES = 200
"""More would need more distances between two of them than a problem file may have."""
Kind = Literal["sized", "real", "small", "tiny"]


@app.command()
def generate_months(
    out: Annotated[Path, typer.Option(help="File to write; with --count above 1 a folder, one file a seed.")],
    staff: Annotated[int, typer.Option(min=1, max=1_000)] = 7,
    sites: Annotated[int, typer.Option(min=1, max=MOST_SITES)] = 13,
    interviews: Annotated[int, typer.Option(min=0, max=20_000, help="Two thirds of them pinned.")] = 350,
    promotions: Annotated[int, typer.Option(min=0, max=100)] = 1,
    days: Annotated[int, typer.Option(min=1, max=400)] = 30,
    seed: Annotated[int, typer.Option(min=0, help="The first seed.")] = 1,
    strain: Annotated[Strain, typer.Option(help="How much does not fit.")] = "usual",
    kind: Annotated[Kind, typer.Option(help="sized: of these numbers; the others have their own.")] = "sized",
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many, of following seeds.")] = 1,
) -> None:
    """Makes believable months of a given size, or small ones full of odd features, from a seed."""
    size = Size(staff, sites, interviews, promotions, days)
    things = staff + sites + promotions
    if kind == "sized" and things * days > MOST_DAYS:
        raise BadInput(f"--days: {days} of {things} people, sites and promotions are more than {MOST_DAYS}")
    months = ((number, _month(kind, size, number, strain)) for number in range(seed, seed + count))
    if count == 1:
        write_atomically(out, problem_bytes(next(months)[1]))
        return
    if out.exists() and not out.is_dir():
        raise BadInput(f"--out: {out} is no folder, and --count asks for one")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror})") from error
    for number, month in months:
        write_atomically(out / f"{kind}-{number}.json", problem_bytes(month))


def _month(kind: Kind, size: Size, seed: int, strain: Strain) -> Problem:
    """Raises `BadInput` where it grew beyond what a file may hold."""
    ready_made = READY_MADE.get(kind)
    problem = ready_made(seed) if ready_made else generate(size, seed, strain)
    try:
        check_problem(problem)
    except ProblemError as error:
        raise BadInput(f"a month of this size is no problem file: {error}") from error
    return problem
