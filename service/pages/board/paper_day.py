"""The day whose sheets are offered from the board."""

from collections.abc import Iterable
from datetime import date, timedelta

from service.pages.board.activities import Activity


def paper_day(found: Iterable[Activity], asked_on: date | None, today: date) -> date | None:
    """The one looked at; else from tomorrow on the first on which something is held, or the last one of the month."""
    if asked_on is not None:
        return asked_on
    dates = sorted({one.on for one in found})
    tomorrow = today + timedelta(days=1)
    return next((on for on in dates if on >= tomorrow), dates[-1] if dates else None)
