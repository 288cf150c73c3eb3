"""Cancel an orientation, by the partner or by us: its place is free at once, the other side is told."""

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.assignment_writing import content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.orientations import change_orientation, orientation
from db.queries.place_hosts import places_for
from db.queries.places import release_places
from db.queries.waiting import leave_waiting
from db.records.assignment import Assignment, Write
from db.records.orientation import Orientation
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.cancel_reasons import whose
from service.actions.forget_need import forget_need
from service.actions.leave_promotion import leave_seat
from service.actions.serve_waiting import serve_waiting
from service.errors import BadInput, NotFound
from service.partners.errors import OrientationOver, TooLateHere
from service.partners.holder import Holder
from service.partners.opened import changeable_until, partner_facts
from service.partners.settings import partner_settings
from service.translate.cancelled import Canceller

By = Canceller | Literal["partner"]


async def cancel_orientation(
    territory: Territory, holder: Holder, orientation_id: UUID, reason: str
) -> Orientation:
    """Cancelled; a second time it is what it was. Raises `NotFound`, `OrientationOver`, `BadInput`."""
    now = datetime.now(UTC)
    settings = partner_settings(territory)
    by: By = whose(reason, "us") if holder.coordinator else "partner"
    if reason not in (settings.our_reasons if holder.coordinator else settings.partner_reasons):
        raise BadInput("Cette raison n’existe pas.")

    async def work() -> Orientation:
        found = await own_orientation(territory, holder, orientation_id)
        if found.state == "cancelled":
            return found
        interview = await interview_of(territory, found)
        await refuse_too_late(territory, holder, interview, now)
        return await give_up(territory, found, interview, holder, (by, reason, now))

    return await in_transaction(work, territory_id=territory.id)


async def refuse_too_late(
    territory: Territory, holder: Holder, interview: Assignment | None, now: datetime
) -> None:
    """A seat has no interview and can always be given up. Raises `OrientationOver`, `TooLateHere` with whom to call."""
    if interview is None:
        return
    if interview.starts_at <= now:
        raise OrientationOver
    facts = await partner_facts(territory)
    partner = facts.partner(holder.partner)
    until = changeable_until(partner, facts.opened_to(partner).get(interview.site or ""), interview.starts_at)
    if until <= now and not holder.coordinator:
        raise TooLateHere(partner_settings(territory))


async def own_orientation(territory: Territory, holder: Holder, orientation_id: UUID) -> Orientation:
    """One of the holder's partner. Raises `NotFound` for any other."""
    try:
        found = await orientation(territory.id, orientation_id)
    except NotFoundError as error:
        raise NotFound("Cette orientation n’existe pas.") from error
    if found.partner != holder.partner:
        raise NotFound("Cette orientation n’existe pas.")
    return found


async def interview_of(territory: Territory, found: Orientation) -> Assignment | None:
    """Its published interview; a seat has none."""
    return None if found.interview_id is None else await assignment(territory.id, found.interview_id)


async def give_up(
    territory: Territory,
    found: Orientation,
    interview: Assignment | None,
    holder: Holder,
    how: tuple[str, str, datetime],
) -> Orientation:
    """In the caller's transaction: interview called off, place given back, turn left, the next one served."""
    by, reason, now = how
    if interview is not None and interview.status != "cancelled":
        content = msgspec.structs.replace(
            content_of(interview), status="cancelled", cancelled_by=by, cancel_reason=reason
        )
        write = Write(id=interview.id, content=content, what="orientation_cancelled")
        await write_assignments(territory.id, [write], holder.actor.author(now))
    if interview is not None:
        await forget_need(territory, interview, now)
    await release_places([one.id for one in await places_for(found.id)], reason=f"cancelled_by_{by}", at=now)
    await leave_waiting(found.id, at=now)
    gone = msgspec.structs.replace(
        found,
        state="cancelled",
        participant_id=None,
        cancelled_at=now,
        cancelled_by=by,
        cancel_reason=reason,
    )
    if found.promotion is None:
        return await change_orientation(territory.id, gone, was=found.state)
    await leave_seat(territory, found, gone, found.promotion)
    await serve_waiting(territory, found.promotion, now)
    return gone
