"""`escale retention`: what has had its time in each territory, told before anything goes."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from db.queries.territories import all_territories
from service.database import open_database
from service.privacy.erasing import memory_beside
from service.privacy.retention import Due, apply_retention, due_in, lifetimes_of
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def retention(
    apply: Annotated[
        bool, typer.Option("--apply", help="Let it go, as every night at 3:30; without, nothing changes.")
    ] = False,
) -> None:
    """Says by territory what has had its time today: participants by reference, labels and stored problems by count."""
    settings = read_settings()
    sys.stdout.write(asyncio.run(_told(settings, apply=apply)))


async def _told(settings: Settings, *, apply: bool) -> str:
    now = datetime.now(UTC)
    async with open_database(settings):
        lines = []
        for territory in await all_territories():
            lifetimes = lifetimes_of(territory)
            lines.append(f"{territory.code}  (participants {lifetimes.participants_months} months, ")
            lines.append(f"orientations {lifetimes.orientations_days} days, ")
            lines.append(f"problems {lifetimes.problems_days} days, trail {lifetimes.trail_months} months)\n")
            lines += _lines(await due_in(territory, now))
        if not apply:
            return "".join([*lines, "nothing was changed; --apply lets it go\n"])
        counts = await apply_retention(now, memory_beside(settings.keys_path))
        return "".join([*lines, "gone: ", ", ".join(f"{name} {n}" for name, n in counts.items()), "\n"])


def _lines(due: Due) -> list[str]:
    return [
        f"  participants to erase: {' '.join(due.participants) or 'none'}\n",
        f"  labels of orientations to erase: {len(due.labels)}\n",
        f"  stored problems to forget: {len(due.problems)}\n",
        f"  entries of the trail to forget: {due.trail_count}\n",
        f"  mails to empty: {due.mails_count}\n",
    ]
