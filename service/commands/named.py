"""What commands on the database share: a territory and a month by their names on the command line."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from db.errors import NotFoundError
from db.queries.territories import all_territories, territory_by_code
from db.records.territory import Territory
from service.errors import BadInput


class Month(NamedTuple):
    first_on: date
    last_on: date


async def territory_named(code: str) -> Territory:
    """Raises `BadInput` that lists the territories there are."""
    try:
        return await territory_by_code(code)
    except NotFoundError as error:
        known = ", ".join(one.code for one in await all_territories()) or "none"
        raise BadInput(f"--territory: no {code!r}; there are: {known}") from error


def month_named(text: str) -> Month:
    """`2026-12` as its first and last day. Raises `BadInput`."""
    try:
        first_on = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise BadInput(f"--month: {text!r} is no month such as 2026-12") from error
    return Month(first_on, first_on.replace(day=monthrange(first_on.year, first_on.month)[1]))
