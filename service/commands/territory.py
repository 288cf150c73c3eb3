"""`escale territory`: open a territory from ten answers, list those there are."""

import asyncio
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from db.queries.territories import all_territories
from service.actions.open_territory import OpenedTerritory, code_taken, open_territory
from service.catalogue import text, typographic
from service.database import open_database
from service.errors import BadInput, Conflict
from service.french_text import capital
from service.pages.forms import Field
from service.pages.new_territory_form import answered, questions, territory_wanted
from service.settings import Settings, read_settings
from service.slugs import slug

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
    settings, told = read_settings(), {name: word or "" for name, word in given.items()}
    if sys.stdin.isatty():
        taken = asyncio.run(_codes(settings))
        for one in questions():
            told[one.name] = told[one.name] or _asked(one, told, taken)
    opened = asyncio.run(_open(settings, told))
    sys.stdout.write(_told(opened))
    if sys.stdin.isatty():
        sys.stderr.write(_in_words(opened, told["coordinator"]))


@app.command("list")
def list_them() -> None:
    """Code, name, départements and zone of each territory, a line each."""
    sys.stdout.write(asyncio.run(_list(read_settings())))


def _asked(question: Field, told: Mapping[str, str], taken: frozenset[str]) -> str:
    """What somebody types at a terminal, asked again until it can be read beside what was `told` before.

    Raises `BadInput` when they end it there.
    """
    while True:
        sys.stderr.write(_shown(question))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
            raise BadInput(text("Arrêté avant la dernière question : aucun territoire n’est ouvert."))
        word = _chosen(question, line.strip())
        wrong = _wrong(question, {**told, question.name: word}, taken)
        if not wrong:
            return word
        sys.stderr.write(f"  {capital(wrong)}{'' if wrong.endswith('.') else '.'}\n")


def _shown(question: Field) -> str:
    """With a hint or the answers there are to choose from, and the usual one."""
    names = dict(question.options)
    hint = question.hint or ", ".join(names.values())
    usual = f" [{names.get(question.default[0], question.default[0])}]" if question.default else ""
    return typographic(f"{question.label} ({hint}){usual} : " if hint else f"{question.label}{usual} : ")


def _chosen(question: Field, word: str) -> str:
    """Of a choice its code, also where its name was typed."""
    codes = {name.casefold(): code for code, name in question.options}
    return codes.get(word.casefold(), word)


def _wrong(question: Field, told: Mapping[str, str], taken: frozenset[str]) -> str:
    """What is wrong with the answer to one question; a code is compared with those there are."""
    code = told["code"] or slug(told["name"])
    if question.name == "code" and code in taken:
        return code_taken(code)
    return answered({name: [word] if word else [] for name, word in told.items()}).at(question.name)


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


async def _codes(settings: Settings) -> frozenset[str]:
    async with open_database(settings):
        return frozenset(one.code for one in await all_territories())


def _in_words(opened: OpenedTerritory, coordinator: str) -> str:
    """What was done and what follows, for who answered at a terminal."""
    done = text("Le territoire « {name} » est ouvert.", name=opened.territory.name)
    follows = (
        text("Ce lien, à donner à {who}, sert une fois : il part aussi par courriel.", who=coordinator)
        if opened.link
        else text("{who} avait déjà un compte, qui y coordonne maintenant.", who=coordinator)
    )
    return f"{done} {follows}\n"


def _told(opened: OpenedTerritory) -> str:
    who = opened.link or "-"
    return f"{opened.territory.code}\n{who}\n"


async def _list(settings: Settings) -> str:
    async with open_database(settings):
        known = await all_territories()
    return "".join(f"{one.code}\t{one.name}\t{','.join(one.departements)}\t{one.zone}\n" for one in known)
