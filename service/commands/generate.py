"""`escale generate`: invented months as problem files, the same for the same options."""

from pathlib import Path
from typing import Annotated

import typer

from planner.generate import generate, generate_real, generate_small, generate_tiny, problem_bytes
from planner.problem import Problem
from service.atomic_files import write_atomically
from service.errors import BadInput

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
READY_MADE = {"real": generate_real, "small": generate_small, "tiny": generate_tiny}


@app.command()
def generate_months(
    out: Annotated[Path, typer.Option(help="File to write; with --count above 1 a folder, one file a seed.")],
    kind: Annotated[str, typer.Option(help="real, small or tiny; sized: of the numbers below.")] = "real",
    size: Annotated[
        str, typer.Option(help="For sized: staff,sites,interviews,promotions,days.")
    ] = "7,13,350,1,30",
    seed: Annotated[int, typer.Option(min=0, help="The first seed.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="How many months, of following seeds.")] = 1,
) -> None:
    """Makes believable months of a given size, or small ones full of odd features, from a seed."""
    if count == 1:
        write_atomically(out, problem_bytes(_month(kind, size, seed)))
        return
    out.mkdir(parents=True, exist_ok=True)
    for number in range(seed, seed + count):
        write_atomically(out / f"{kind}-{number}.json", problem_bytes(_month(kind, size, number)))


def _month(kind: str, size: str, seed: int) -> Problem:
    if kind in READY_MADE:
        return READY_MADE[kind](seed)
    if kind != "sized":
        raise BadInput(f"--kind: {kind!r} is none of {', '.join(READY_MADE)}, sized")
    numbers = [int(part) for part in size.split(",") if part.strip().isdigit()]
    if len(numbers) != 5:
        raise BadInput(f"--size: {size!r} is not five whole numbers: staff,sites,interviews,promotions,days")
    staff, sites, interviews, promotions, days = numbers
    return generate(staff, sites, interviews, promotions, days, seed)
