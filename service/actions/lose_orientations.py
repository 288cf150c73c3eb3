"""Orientations whose interview was called off with its half-day: over, and their partners are told by the next mail."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from db.queries.orientations import Oriented, change_orientation, orientations_of
from db.records.assignment import Assignment
from db.records.territory import Territory
from service.actions.forget_need import forget_need


async def lose_orientations(
    territory: Territory, called_off: Sequence[Assignment], how: tuple[str, str | None, datetime]
) -> None:
    """In the caller's transaction, under the territory's lock; `how` is by whom, why and when."""
    by, reason, now = how
    interviews = {one.id: one for one in called_off if one.kind == "interview"}
    if not interviews:
        return
    wanted = Oriented(states=("planned",), interview_ids=tuple(interviews))
    for found in await orientations_of(territory.id, wanted):
        gone = msgspec.structs.replace(
            found, state="cancelled", cancelled_at=now, cancelled_by=by, cancel_reason=reason
        )
        await change_orientation(territory.id, gone, was="planned")
        if found.interview_id is not None:
            await forget_need(territory, interviews[found.interview_id], now)
