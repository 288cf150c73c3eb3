"""Whom an orientation seated in a promotion leaves it with that orientation: the inverse of entering it."""

from collections.abc import Set

import msgspec

from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.orientations import change_orientation, seated_people
from db.records.cadence import Promotion
from db.records.orientation import Orientation
from db.records.territory import Territory


async def leave_seat(territory: Territory, before: Orientation, after: Orientation, promotion: str) -> None:
    """In the caller's transaction. Whoever had a seat by this orientation alone leaves the promotion with it."""
    seated = await seated_people(territory.id, [promotion])
    await change_orientation(territory.id, after, was=before.state)
    still = await seated_people(territory.id, [promotion])
    left = seated.get(promotion, frozenset()) - still.get(promotion, frozenset())
    if left:
        await _leave_promotion(territory, promotion, left)


async def _leave_promotion(territory: Territory, code: str, references: Set[str]) -> None:
    """Who is not in it stays out."""
    promotion = await fact(territory.id, Promotion, code)
    staying = tuple(one for one in promotion.participants if one not in references)
    if staying != promotion.participants:
        changed = msgspec.structs.replace(promotion, participants=staying)
        await change_fact(territory.id, changed, version=promotion.version)
