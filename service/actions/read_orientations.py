"""A partner's own orientations, each with its appointment and its state in the partner's words."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.acting import say_oriented
from db.queries.assignments import Wanted, assignments_of
from db.queries.followed import Followed, followed
from db.queries.orientations import Oriented, orientations_of
from db.queries.promotions import FirstSession, first_sessions
from db.queries.waiting import waiting_for
from db.records.assignment import Assignment
from db.records.orientation import Orientation
from db.records.territory import Territory
from db.transaction import snapshot
from service.actions.cancel_orientation import own_orientation
from service.partners.holder import Holder
from service.partners.opened import PartnerFacts, partner_facts
from service.partners.orientation_words import FOLLOWS, convention_of, follow_words, status_of


class OrientationView(msgspec.Struct, frozen=True, kw_only=True):
    """`starts_at` null: a seat whose first session has no date yet. `rank` is the turn of who waits.
    `cancelled_by`: who called it off, the orientation itself or the appointment that it was for.
    `afterwards` is what the convention lets the partner learn of what came later, empty by default."""

    orientation: Orientation
    status: str
    site: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    is_open: bool
    cancelled_by: str | None = None
    rank: int | None = None
    afterwards: str = ""


async def read_orientations(territory: Territory, holder: Holder) -> tuple[OrientationView, ...]:
    """Those of the holder's partner, what comes first at the head, what is over after it."""
    async with snapshot():
        found = await orientations_of(territory.id, Oriented(partner=holder.partner))
        views = await _views(territory, found)
    now = datetime.now(UTC)
    far = datetime.max.replace(tzinfo=UTC)
    ahead = [one for one in views if one.is_open]
    over = [one for one in views if not one.is_open]
    ahead.sort(key=lambda one: one.starts_at or far)
    over.sort(key=lambda one: one.starts_at or one.orientation.cancelled_at or now, reverse=True)
    return (*ahead, *over)


async def read_orientation(territory: Territory, holder: Holder, orientation_id: UUID) -> OrientationView:
    """One of the holder's partner. Raises `NotFound`."""
    async with snapshot():
        found = await own_orientation(territory, holder, orientation_id)
        return (await _views(territory, (found,)))[0]


async def _views(territory: Territory, found: Sequence[Orientation]) -> list[OrientationView]:
    say_oriented(one.code for one in found)
    facts, now = await partner_facts(territory), datetime.now(UTC)
    ids = tuple(one.interview_id for one in found if one.interview_id is not None)
    interviews = {one.id: one for one in await assignments_of(territory.id, Wanted(ids=ids))} if ids else {}
    groups = sorted({one.promotion for one in found if one.promotion is not None})
    firsts = await first_sessions(territory.id, groups) if groups else {}
    turns = await waiting_for(territory.id) if groups else ()
    ranks = {
        turn.orientation_id: sum(
            other.promotion == turn.promotion and other.position <= turn.position for other in turns
        )
        for turn in turns
    }
    known = await _followed(territory, facts, found)
    return [
        msgspec.structs.replace(
            _view(
                facts, one, interviews.get(one.interview_id or one.id), firsts.get(one.promotion or ""), now
            ),
            rank=ranks.get(one.id),
            afterwards=follow_words(
                facts.partners[one.partner], one, known.get(one.participant_id or one.id)
            ),
        )
        for one in found
    ]


async def _followed(
    territory: Territory, facts: PartnerFacts, found: Sequence[Orientation]
) -> dict[UUID, Followed]:
    """Of those whom we know, where a convention lets their partner learn more than the first appointment."""
    people = {
        one.participant_id
        for one in found
        if one.participant_id is not None and convention_of(facts.partners[one.partner]).learns in FOLLOWS
    }
    return await followed(territory.id, sorted(people, key=str)) if people else {}


def _view(
    facts: PartnerFacts,
    one: Orientation,
    interview: Assignment | None,
    first: FirstSession | None,
    now: datetime,
) -> OrientationView:
    promotion = facts.promotions.get(one.promotion or "")
    spot = interview or first
    starts_at = spot.starts_at if spot else None
    status = status_of(facts.partners[one.partner], one, interview, first, now)
    return OrientationView(
        orientation=one,
        status=status,
        site=interview.site if interview else promotion.site if promotion else None,
        starts_at=starts_at,
        ends_at=spot.ends_at if spot else None,
        is_open=status != "cancelled" and (starts_at is None or starts_at > now),
        cancelled_by=one.cancelled_by or (interview.cancelled_by if interview else None),
    )
