"""`escale feed`: a calendar feed as a file, without its secret address."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from service.actions.read_feeds import read_feeds
from service.atomic_files import write_atomically
from service.commands.named import territory_named
from service.database import open_database
from service.errors import BadInput
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
Kind = Literal["staff", "site", "promotion", "territory", "partner", "free_busy"]


@app.command()
def feed(
    territory: Annotated[str, typer.Option(help="Code of the territory.")],
    kind: Annotated[Kind, typer.Option(help="Whose feed.")] = "territory",
    code: Annotated[str | None, typer.Option(help="Code of the person, site, promotion or partner.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; else standard output.")] = None,
) -> None:
    """Writes the .ics of one person, site, promotion, partner or territory as published at this moment."""
    body = asyncio.run(_read(read_settings(), territory, kind, code or territory))
    if out is None:
        sys.stdout.buffer.write(body)
    else:
        write_atomically(out, body)


async def _read(settings: Settings, territory_code: str, kind: str, code: str) -> bytes:
    now = datetime.now(UTC)
    async with open_database(settings):
        territory = await territory_named(territory_code)
        feeds = await read_feeds(territory.id, now, f"{settings.address}/t/{territory.code}")
    for subject in feeds.subjects():
        if (subject.kind, subject.code) == (kind, code):
            return feeds.write(subject, now).body
    raise BadInput(f"--code: no {kind} {code!r} in {territory.code}")
