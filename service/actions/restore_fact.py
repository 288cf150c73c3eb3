"""Bring back a fact that was put away: a site, a person, a cadence asks again for what it asked for."""

from uuid import UUID

import msgspec

from db.queries.facts import facts_of
from db.records.base import Fact
from db.transaction import in_transaction
from service.actions.keep_facts import change_one_fact
from service.coming_back import must_come_back
from service.errors import NotFound


async def restore_fact(territory_id: UUID, record: Fact, *, version: int) -> None:
    """Raises `NotFound` on what cannot be put away, `StaleVersion` when somebody changed it in between,
    `NameTaken`, `StillAway` when it may not come back as things are.
    """
    if not hasattr(record, "archived_at"):
        raise NotFound("Cela ne se remet pas : notez-le de nouveau.")
    back = msgspec.structs.replace(record, archived_at=None)

    async def work() -> None:
        must_come_back(record, back, await facts_of(territory_id))
        await change_one_fact(territory_id, back, version=version)

    await in_transaction(work, territory_id=territory_id)
