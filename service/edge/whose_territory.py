"""The territory that an address names, read once for a request: the guards, the handler and its page ask for it."""

from db.queries.territories import territory_by_code
from db.records.territory import Territory
from service.edge.identity import Connection

_KEPT = "escale_territory"


async def territory_at(connection: Connection, code: str) -> Territory:
    """Raises `NotFoundError`."""
    kept: Territory | None = connection.scope["state"].get(_KEPT)
    if kept is None or kept.code != code:
        kept = await territory_by_code(code)
        connection.scope["state"][_KEPT] = kept
    return kept
