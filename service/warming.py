"""What the first page of a process would otherwise wait for, done beside its start: it is ready meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import structlog

from db.queries.territories import all_territories
from service.pages.board.facts_since import with_facts_since
from service.pages.board.source import load_month, month_dates, usual_month
from service.pages.board.with_standing import with_standing
from service.pages.month_board_view import Options, month_board
from service.pages.rendering import know_templates
from service.public_holidays import public_holidays

MAINLAND, ANY_DAY = "75", date(2026, 1, 1)
MOST_TERRITORIES = 4
log = structlog.get_logger()


def warm_up() -> None:
    """Templates are compiled, the calendars of the library of holidays are loaded: about a second in all."""
    know_templates()
    public_holidays(MAINLAND, ANY_DAY, ANY_DAY)


@asynccontextmanager
async def reading_ahead() -> AsyncIterator[None]:
    """Meanwhile the months of the first boards are read; a service that cannot goes on without."""
    task = asyncio.create_task(_read_ahead())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _read_ahead() -> None:
    """What goes wrong is told at once, not when the service ends."""
    try:
        await know_months()
    except Exception:
        log.exception("months were not read ahead")


async def know_months() -> None:
    """The usual month of the territories that are worked with most: its version, how it stands by now, its board."""
    busiest = sorted(await all_territories(), key=lambda one: one.facts_revision, reverse=True)
    for territory in busiest[:MOST_TERRITORIES]:
        first_on, last_on = month_dates(f"{await usual_month(territory):%Y-%m}")
        month = await with_facts_since(territory, await load_month(territory, first_on, last_on))
        facts = (await with_standing(territory, month)).facts
        await asyncio.to_thread(month_board, facts, Options())
