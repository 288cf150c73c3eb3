"""`escale demo`: the example territories loaded, planned, printed and published; twice changes nothing."""

import asyncio
import re
import shutil
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from db.engine import connected
from db.queries.territories import all_territories
from service.demo.accounts import make_demo_accounts
from service.demo.closing import closing_words
from service.demo.story import Screen, tell
from service.errors import BadInput
from service.relative_dates import months_later
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
MONTH = re.compile(r"^(20\d{2})-(0[1-9]|1[0-2])$")
ZONE = ZoneInfo("Europe/Paris")


@app.command()
def demo(
    month: Annotated[
        str | None, typer.Option(help="The month to plan, 2027-03; the coming one if left out.")
    ] = None,
) -> None:
    """Loads the example territories, plans the month with live progress, prints it, publishes it, writes its feeds.

    Without --month the month under way is planned before it, so that there is a today to work with.
    Everything lies under var/. Exit codes: 0 done, 2 a month or an example file that cannot be read.
    """
    settings = read_settings()
    today_on = datetime.now(ZONE).date()
    first_on = month_named(month) if month else coming_month(today_on)
    under_way_on = None if month else today_on.replace(day=1)
    width = shutil.get_terminal_size(fallback=(120, 40)).columns
    screen = Screen(sys.stdout, sys.stderr, width, time.monotonic())
    story = asyncio.run(tell(first_on, settings, screen, under_way_on=under_way_on))
    passwords = asyncio.run(_accounts(settings))
    screen.say(closing_words(story, settings))
    screen.say(f"  comptes de démonstration  {passwords}")


async def _accounts(settings: Settings) -> Path:
    async with connected(settings.database_address):
        return await make_demo_accounts(list(await all_territories()), settings.var_path)


def month_named(text: str) -> date:
    """The first of a month written 2027-03. Raises `BadInput`."""
    found = MONTH.match(text)
    if found is None:
        raise BadInput(f"--month: {text!r} is no month; write for example 2027-03")
    return date(int(found[1]), int(found[2]), 1)


def coming_month(today_on: date) -> date:
    return months_later(today_on, 1)
