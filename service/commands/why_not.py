"""`escale why-not`: why something is not placed, who would have to leave, what would help."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from planner.errors import PlannerError
from planner.wanted import Wanted
from planner.why_not import Explainer, WhyNot
from service.commands.files import plan_at, problem_at, wanted_by
from service.errors import BadInput
from service.messages.explanations import Explained, costs_words
from service.schemas.explanations import why_not_view

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def explain_unplaced(
    problem: Annotated[Path, typer.Argument(help="The problem file.")],
    plan: Annotated[Path, typer.Argument(help="The plan file.")],
    need: Annotated[str | None, typer.Option(help="An interview, by its need.")] = None,
    cadence: Annotated[str | None, typer.Option(help="A permanence or an open session.")] = None,
    sequence: Annotated[str | None, typer.Option(help="A session: PROMOTION/SEQUENCE.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object.")] = False,
) -> None:
    """Says why what the plan leaves out is not placed: everything, or the one thing named.

    Exit codes: 0 also when nothing is left out, 2 a malformed file, an unknown thing, one that is placed.
    """
    file = problem_at(problem)
    explainer = Explainer(file.problem, plan_at(plan, file))
    asked = wanted_by(need, cadence, sequence)
    words = Explained(explainer.view, {})
    found = _found(explainer, asked)
    if as_json:
        answer = {"why_not": [why_not_view(one, words) for one in found]}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=1) + b"\n")
        return
    for one in found:
        sys.stdout.write("\n".join(_lines(one, words)) + "\n")
        sys.stdout.flush()


def _found(explainer: Explainer, asked: Wanted | None) -> Iterable[WhyNot]:
    if asked is None:
        return explainer.all()
    try:
        return [explainer.why_not(asked)]
    except PlannerError as error:
        raise BadInput(str(error)) from error


def _lines(found: WhyNot, words: Explained) -> Iterable[str]:
    count = f" ({found.count})" if found.count > 1 else ""
    yield f"{words.summary(found)}{count}  [{found.wanted.about}]"
    yield from (f"  {one}" for one in words.reasons(found))
    for repair in found.repairs:
        place = words.placement(repair.placement)
        yield f"  → {words.repair(repair)} : {place} ({costs_words(repair.costs)})"
