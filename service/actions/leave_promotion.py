"""Whom an orientation seated in a promotion leaves it with that orientation: the inverse of entering it."""

from collections.abc import Set

import msgspec

from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.records.cadence import Promotion
from db.records.territory import Territory


async def leave_promotion(territory: Territory, code: str, references: Set[str]) -> None:
    """In the caller's transaction; who is not in it stays out."""
    promotion = await fact(territory.id, Promotion, code)
    staying = tuple(one for one in promotion.participants if one not in references)
    if staying != promotion.participants:
        changed = msgspec.structs.replace(promotion, participants=staying)
        await change_fact(territory.id, changed, version=promotion.version)
