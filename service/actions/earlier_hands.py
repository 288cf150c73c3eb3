"""Who decided what in a draft, also by steps that are too old to be undone: of these only the authors are kept."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.plans import plan_file, store_plan_file

EARLIER = "earlier_hands"
"""The plan file of these authors."""


async def read_earlier_hands(plan_id: UUID) -> dict[str, str]:
    """Who last touched each thing by such a step, by key, as edits are signed; empty where nobody knows."""
    try:
        return msgspec.json.decode(await plan_file(plan_id, EARLIER), type=dict[str, str])
    except NotFoundError:
        return {}


async def keep_earlier_hands(plan_id: UUID, more: Mapping[str, str]) -> None:
    """In the caller's transaction, beside those kept before."""
    if more:
        every = {**await read_earlier_hands(plan_id), **more}
        await store_plan_file(plan_id, EARLIER, msgspec.json.encode(every))
