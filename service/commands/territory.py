"""`escale territory`: open a territory from ten answers, list those there are."""

import asyncio
import sys
from typing import Annotated

import typer

from db.queries.territories import all_territories
from service.actions.open_territory import OpenedTerritory, open_territory
from service.database import open_database
from service.errors import BadInput, Conflict
from service.french_text import capital
from service.pages.forms import Field
from service.pages.new_territory_form import answered, questions, territory_wanted
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
Given = Annotated[str | None, typer.Option()]


@app.command("new")
def new(
    name: Given = None,
    code: Given = None,
    departements: Annotated[str | None, typer.Option(help="Their numbers: 80, or 75,93.")] = None,
    zone: Annotated[str | None, typer.Option(help="Europe/Paris unless overseas.")] = None,
    office: Given = None,
    morning: Annotated[str | None, typer.Option(help="Hours of the office: 09:00-12:00.")] = None,
    afternoon: Annotated[str | None, typer.Option(help="Hours of the office: 14:00-17:00.")] = None,
    travel_minutes: Annotated[
        str | None, typer.Option(help="Between two sites, where nothing else is said.")
    ] = None,
    notice_days: Annotated[
        str | None, typer.Option(help="Days within which nothing published moves.")
    ] = None,
    coordinator: Annotated[str | None, typer.Option(help="Mail address of who coordinates.")] = None,
) -> None:
    """Opens an empty territory: its office stands, its coordinator is invited.

    On a terminal, what no option says is asked, in French; elsewhere it keeps its usual value, and what has none is an
    error (code 2). Prints the link of the invitation, which is mailed too. Exit code 1: the territory exists.
    """
    given = {
        "name": name, "code": code, "departements": departements, "zone": zone, "office": office, "morning": morning,
        "afternoon": afternoon, "travel_minutes": travel_minutes, "notice_days": notice_days,
        "coordinator": coordinator,
    }  # fmt: skip
    told = {one.name: _answer(one, given[one.name]) for one in questions()}
    sys.stdout.write(_told(asyncio.run(_open(read_settings(), told))))


@app.command("list")
def list_them() -> None:
    """Code, name, départements and zone of each territory, a line each."""
    sys.stdout.write(asyncio.run(_list(read_settings())))


def _answer(question: Field, given: str | None) -> str:
    """The option's value, else what somebody types at a terminal, asked again until it can be read, else nothing."""
    if given is not None or not sys.stdin.isatty():
        return given or ""
    usual = f" [{question.default[0]}]" if question.default else ""
    shown = f"{question.label} ({question.hint})" if question.hint else question.label
    while True:
        sys.stderr.write(f"{shown}{usual} : ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        wrong = answered({question.name: [line.strip()]}).at(question.name)
        if not wrong or not line:
            return line.strip()
        sys.stderr.write(f"  {capital(wrong)}.\n")


async def _open(settings: Settings, told: dict[str, str]) -> OpenedTerritory:
    answers = answered({name: [word] if word else [] for name, word in told.items()})
    if answers.problems:
        first = answers.problems[0]
        raise BadInput(f"--{first.field.replace('_', '-')}: {first.message}")
    async with open_database(settings):
        try:
            return await open_territory(territory_wanted(answers), settings.address)
        except Conflict as error:
            raise Conflict(f"--code: {error.detail}") from error


def _told(opened: OpenedTerritory) -> str:
    who = opened.link or "-"
    return f"{opened.territory.code}\n{who}\n"


async def _list(settings: Settings) -> str:
    async with open_database(settings):
        known = await all_territories()
    return "".join(f"{one.code}\t{one.name}\t{','.join(one.departements)}\t{one.zone}\n" for one in known)
