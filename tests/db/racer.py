"""A process that waits for an instant, then tries many times at once to take the last place.

Arguments: the database's address, the territory, the host, the instant (seconds since 1970), how
many attempts. Prints how many won.
"""

import asyncio
import sys
import time
from datetime import timedelta
from uuid import UUID

from db import engine
from db.errors import PlaceTakenError
from db.queries.places import take_place
from db.records.place import PlaceRequest
from tests.db.assignments import NOON


async def main(url: str, territory: str, host: str, start: str, count: str) -> int:
    request = PlaceRequest(
        host_kind="permanence",
        host_id=UUID(host),
        slot=0,
        capacity=1,
        expires_at=NOON + timedelta(minutes=15),
    )

    async def attempt() -> bool:
        try:
            await take_place(UUID(territory), request, now=NOON)
        except PlaceTakenError:
            return False
        return True

    async with engine.connected(url):
        await asyncio.sleep(max(0.0, float(start) - time.time()))
        return sum(await asyncio.gather(*(attempt() for _ in range(int(count)))))


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
