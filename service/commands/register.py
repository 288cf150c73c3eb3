"""`escale register`: what is kept of whom, as the French document for processing registers shows it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.atomic_files import write_atomically
from service.errors import BadInput
from service.privacy.register_document import register_tables, with_register

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
READABLE = 0o644


@app.command()
def register(
    into: Annotated[
        Path | None,
        typer.Option(help="A document to bring up to date between its two marks, instead of printing."),
    ] = None,
) -> None:
    """Prints every kind of personal datum: why, who sees it, how long, where it goes. Exit code 2: a document without marks."""
    if into is None:
        sys.stdout.write(register_tables() + "\n")
        return
    try:
        write_atomically(into, with_register(into.read_text()).encode(), mode=READABLE)
    except (OSError, ValueError) as error:
        raise BadInput(f"{into}: {error}") from error
    sys.stdout.write(f"brought up to date: {into}\n")
