"""`escale suggest`: where one thing would best stand, everything else staying."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from planner.errors import PlannerError
from planner.suggest import TEN, Suggester
from planner.wanted import IsNotPlacedError, placed
from service.commands.files import half_day_of, plan_at, problem_at, wanted_by
from service.errors import BadInput
from service.messages.explanations import Explained, costs_words
from service.schemas.explanations import suggestion_view

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def suggest_places(
    problem: Annotated[Path, typer.Argument(help="The problem file.")],
    plan: Annotated[Path, typer.Argument(help="The plan file.")],
    need: Annotated[str | None, typer.Option(help="An interview, by its need.")] = None,
    cadence: Annotated[
        str | None, typer.Option(help="A permanence, or an open session CADENCE#NUMBER.")
    ] = None,
    sequence: Annotated[str | None, typer.Option(help="A session: PROMOTION/SEQUENCE.")] = None,
    on: Annotated[str | None, typer.Option(help="The date of a permanence that is placed.")] = None,
    half_day: Annotated[str | None, typer.Option(help="am or pm of that date.")] = None,
    count: Annotated[int, typer.Option(min=1, max=200, help="How many places.")] = TEN,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object.")] = False,
) -> None:
    """The best places of one thing, placed or not, and by how much each level rises there; none may be.

    Exit codes: 0, 2 a malformed file or an unknown thing.
    """
    file = problem_at(problem)
    suggester = Suggester(file.problem, plan_at(plan, file))
    asked = wanted_by(need, cadence, sequence)
    if asked is None:
        raise BadInput("--need, --cadence, --sequence: one of them")
    if on is not None or half_day is not None:
        if asked.cadence is None or on is None:
            raise BadInput("--on, --half-day: they name a permanence of --cadence, and --half-day needs --on")
        asked = msgspec.structs.replace(asked, on=_date(on), half_day=half_day_of(half_day))
    try:
        if asked.on is not None and not placed(suggester.view, asked):
            raise IsNotPlacedError(asked.about)
        found = suggester.suggest(asked, count=count)
    except PlannerError as error:
        raise BadInput(str(error)) from error
    words = Explained(suggester.view, {})
    views = [suggestion_view(one, words) for one in found]
    if as_json:
        answer = {"wanted": asked, "suggestions": views}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=1) + b"\n")
        return
    for one in found:
        sys.stdout.write(f"{words.placement(one.placement)} ({costs_words(one.costs)})\n")


def _date(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadInput(f"--on {given}: no date") from None
