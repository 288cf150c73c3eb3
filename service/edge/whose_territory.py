"""The territory that an address names, read once for a request: the guards, the handler and its page ask for it."""

from functools import partial

from db.queries.territories import territory_by_code
from db.records.territory import Territory
from db.transaction import inside_one
from service.actions.asked_at_once import SharedReading
from service.edge.identity import Connection

_KEPT = "escale_territory"
_read_at_once: SharedReading[Territory] = SharedReading()


async def territory_at(connection: Connection, code: str) -> Territory:
    """Raises `NotFoundError`."""
    kept: Territory | None = connection.scope["state"].get(_KEPT)
    if kept is None or kept.code != code:
        read = partial(territory_by_code, code)
        kept = await (read() if inside_one() else _read_at_once.ask(code, read))
        connection.scope["state"][_KEPT] = kept
    return kept
