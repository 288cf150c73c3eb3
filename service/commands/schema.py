"""`escale schema`: the two files as JSON Schema."""

import sys
from typing import Annotated, Literal

import typer

from planner.problem_file import schema_bytes

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def print_schema(
    of: Annotated[Literal["problem", "plan"], typer.Argument(help="Which file.")],
) -> None:
    """Prints the JSON Schema of the problem or plan file."""
    sys.stdout.buffer.write(schema_bytes(of) + b"\n")
