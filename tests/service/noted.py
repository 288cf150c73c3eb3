"""What the trail knows of readings: written right after an answer has left, so a moment later elsewhere."""

import asyncio

from db.queries.trail import Sought, trail
from db.records.trail import TrailEntry


async def noted(sought: Sought, *, least: int) -> tuple[TrailEntry, ...]:
    """The entries, the newest first, once there are so many or five seconds have passed."""
    found = await trail(sought, limit=10_000)
    for _ in range(100):
        if len(found) >= least:
            break
        await asyncio.sleep(0.05)
        found = await trail(sought, limit=10_000)
    return found
