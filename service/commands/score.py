"""`escale score`: what a plan, ours or not, is worth on each level."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.audit import score
from service.commands.files import plan_at, problem_at

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def score_plan(
    problem: Annotated[Path, typer.Argument(help="The problem file.")],
    plan: Annotated[Path, typer.Argument(help="The plan file.")],
    items: Annotated[bool, typer.Option("--items", help="Also what each level is made of.")] = False,
) -> None:
    """Prints the value of each level, one a line, in the order in which they count; broken rules last.

    Exit codes: 0 whatever the values, also of a plan that breaks rules; 2 a file is malformed.
    """
    file = problem_at(problem)
    report = score(file.problem, plan_at(plan, file))
    for level, value in report.goals.items():
        sys.stdout.write(f"{level:20}{value:>8}\n")
        for item in report.items[level] if items else ():
            sys.stdout.write(f"{'':20}{item.cost:>8}  {item.about}\n")
    sys.stdout.write(f"{'broken rules':20}{len(report.violations):>8}\n")
