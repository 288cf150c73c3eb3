"""On what published thing one fact lands."""

from datetime import UTC, datetime

from db.records.territory import Territory
from service.actions.landed_on import Landed, Touching, landed_on


async def land_fact(territory: Territory, reach: Touching | None) -> Landed:
    """Nothing when the fact reaches nowhere in particular."""
    return Landed() if reach is None else await landed_on(territory, [reach], datetime.now(UTC))
