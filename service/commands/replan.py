"""`escale replan`: a published month planned again with least change, and who is to be told."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from planner.audit import Auditor
from planner.errors import PlannerError
from planner.problem_file import problem_sha256, write_plan, write_problem
from planner.replan import replan
from planner.solve import Limits, Stopped
from planner.supposed import changed
from planner.told import Told
from planner.wanted import Wanted
from service.atomic_files import write_atomically
from service.cli import INTERRUPTED
from service.commands.files import LONGEST_SOLVE, change_of, check_outputs, left_of, problem_at
from service.errors import BadInput
from service.french_text import initials
from service.messages.explanations import Explained, costs_words
from service.schemas.comparisons import told_view

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def replan_problem(
    context: typer.Context,
    problem: Annotated[Path, typer.Argument(help="The problem file, with what is published.")],
    out: Annotated[Path, typer.Option(help="Where to write the plan.")],
    change: Annotated[
        list[str] | None,
        typer.Option(
            help="A fact supposed otherwise, 'staff_leaves staff=BK on=2027-01-11'; several allowed."
        ),
    ] = None,
    problem_out: Annotated[
        Path | None, typer.Option(help="Where to write the problem under the changed facts.")
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(min=0.01, max=LONGEST_SOLVE, help="Seconds of wall time, start and reading included."),
    ] = 3.0,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Threads of the search.")] = 2,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Same seed, same search.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one object.")] = False,
) -> None:
    """Plans again with as few changes of what is published as can be; says what changes and who is to be told.

    Exit codes: 0 a plan was written, 2 a malformed file, nothing published or an unknown fact, 130 interrupted
    before there was any plan.
    """
    file = problem_at(problem)
    check_outputs(problem, out, problem_out)
    limits = Limits(time_limit_seconds=left_of(time_limit, context), workers=workers, seed=seed)
    try:
        facts = changed(file.problem, [change_of(one) for one in change or ()])
        found = replan(facts, limits)
    except PlannerError as error:
        raise BadInput(f"{problem}: {error}") from error
    if isinstance(found, Stopped):
        raise typer.Exit(INTERRUPTED)
    written = write_problem(facts)
    write_atomically(out, write_plan(found.plan, problem_sha256(written) if change else file.sha256))
    if problem_out is not None:
        write_atomically(problem_out, written)
    _tell(found, Explained(Auditor(facts).view(found.plan), {}), as_json=as_json)


def _tell(found: Told, words: Explained, *, as_json: bool) -> None:
    if as_json:
        answer = msgspec.json.encode(told_view(found, words))
        sys.stdout.buffer.write(msgspec.json.format(answer, indent=1) + b"\n")
        return
    sys.stdout.writelines(f"{line}\n" for line in _lines(found, words))


def _lines(found: Told, words: Explained) -> list[str]:
    view, lines = told_view(found, words), []
    for one in found.to_replace:
        wanted = Wanted(need=one.need, number=one.number)
        lines.append(f"À replacer : {words.words.thing(one.was)}  [{wanted.about}]")
        lines += [f"  → {words.placement(p.placement)} ({costs_words(p.costs)})" for p in one.proposals]
    lines += [one.text for one in view.changes] or ["Rien ne change."]
    people = {
        "Équipe": [initials(one) for one in view.staff],
        "Personnes reçues": view.participants,
        "Lieux": [words.words.site(one) for one in view.sites],
        "Partenaires": dict.fromkeys(one.text for one in view.partners),
    }
    return [*lines, *(f"{who} à prévenir : {', '.join(names)}" for who, names in people.items() if names)]
