"""`escale compare`: two plans of one problem, level by level and thing by thing."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from planner.compare import compare
from service.commands.files import plan_at, problem_at
from service.errors import BadInput
from service.messages.assignment_words import Things
from service.messages.levels import level_title
from service.schemas.comparisons import ComparisonView, comparison_view

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def compare_plans(
    problem: Annotated[Path, typer.Argument(help="The problem file.")],
    first: Annotated[Path, typer.Argument(help="A plan file.")],
    second: Annotated[Path, typer.Argument(help="Another plan file of the same problem.")],
    staff: Annotated[str | None, typer.Option(help="Only what differs for one person of the team.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object.")] = False,
) -> None:
    """What the second plan changes of the first. Each level's items sum to its difference.

    Exit codes: 0 also when they are the same, 2 a malformed file or an unknown person.
    """
    file = problem_at(problem)
    facts = file.problem
    if staff is not None and staff not in {person.id for person in facts.staff}:
        raise BadInput(f"--staff {staff}: the problem does not know this person")
    found = compare(facts, plan_at(first, file), plan_at(second, file))
    view = comparison_view(found, Things(facts, {}), staff)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(view), indent=1) + b"\n")
        return
    sys.stdout.writelines(f"{line}\n" for line in _lines(view))


def _lines(view: ComparisonView) -> list[str]:
    lines = []
    for level in view.levels:
        lines.append(f"{level_title(level.level):45}{level.before:>7}{level.after:>7}")
        lines += [f"  {item.after - item.before:+6}  {item.about}" for item in level.items]
    return [*lines, *(one.text for one in view.things)]
