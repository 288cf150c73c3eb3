"""A fact, or a part of it, that cannot go because others refer to it: by what, for whoever wanted it gone."""

from uuid import UUID

import msgspec

from db.queries.referrers import referrers
from db.records.base import Fact
from service.errors import StillUsed
from service.messages.still_used import still_used_by


async def told_used(
    territory_id: UUID, record: type[Fact], code: str, *, of_parts: bool = False
) -> StillUsed:
    """What to raise: the sentence counts, `used_by` names the first of each kind."""
    found = await referrers(territory_id, record, code, of_parts=of_parts)
    used_by = [msgspec.to_builtins(one) for one in found]
    return StillUsed(still_used_by(found) if found else "", used_by=used_by)
