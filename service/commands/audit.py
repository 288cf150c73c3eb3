"""`escale audit`: every rule and level of a plan, recounted without the solver."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.audit import audit
from service.commands.files import plan_at, problem_at

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def audit_plan(
    problem: Annotated[Path, typer.Argument(help="The problem file.")],
    plan: Annotated[Path, typer.Argument(help="The plan file.")],
) -> None:
    """Prints the audit as JSON: violations, overruled, goals, items.

    Exit codes: 0 the plan is clean, 1 a rule is broken, 2 a file is malformed.
    """
    file = problem_at(problem)
    report = audit(file.problem, plan_at(plan, file))
    sys.stdout.buffer.write(report.to_json() + b"\n")
    raise typer.Exit(0 if report.is_clean else 1)
