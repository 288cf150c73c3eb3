"""Bring back a fact that was put away: a site, a person, a cadence asks again for what it asked for."""

from uuid import UUID

import msgspec

from db.records.base import Fact
from service.actions.keep_facts import change_one_fact
from service.errors import NotFound


async def restore_fact(territory_id: UUID, record: Fact, *, version: int) -> None:
    """Raises `NotFound` on what cannot be put away, `StaleVersion` when somebody changed it in between."""
    if not hasattr(record, "archived_at"):
        raise NotFound("Cela ne se remet pas : notez-le de nouveau.")
    await change_one_fact(territory_id, msgspec.structs.replace(record, archived_at=None), version=version)
