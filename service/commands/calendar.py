"""`escale calendar`: what an .ics file says of somebody's time."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from calendars.busy import NotACalendar, busy_json
from service.atomic_files import read_bytes
from service.errors import BadInput

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def calendar() -> None:
    """Reads calendars; needs no database."""


@app.command()
def busy(
    file: Annotated[Path, typer.Argument(help="The .ics file.")],
    from_when: Annotated[str, typer.Option("--from", help="ISO date or instant, included.")],
    to_when: Annotated[str, typer.Option("--to", help="ISO date or instant, excluded.")],
    zone: Annotated[str, typer.Option(help="Zone of floating times and of dates.")] = "Europe/Paris",
) -> None:
    """Prints busy intervals as JSON (UTC, merged, clipped to the range) and a warning for all that was doubtful.

    Exit codes: 0 read, however doubtful; 2 no calendar at all, or a bad option.
    """
    content = read_bytes(file)
    try:
        answer = busy_json(content, from_when, to_when, zone)
    except NotACalendar as error:
        raise BadInput(f"{file}: no calendar ({error})") from error
    except ValueError as error:
        raise BadInput(f"--from, --to or --zone: {error}") from error
    sys.stdout.write(answer + "\n")
