"""What happened to places and orientations without their partner's doing, since an instant."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from db.queries.places import record_of
from db.records.base import Instant, Record
from db.records.place import TakenPlace
from db.tables.assignment import AssignmentEvent
from db.tables.partner import Orientation
from db.tables.partner import TakenPlace as PlaceTable

OWN_DOING = ("expired", "given_back", "moved")


class OrientationNews(Record, frozen=True, kw_only=True):
    """`cancelled` by us or by the site, or `seated` after waiting."""

    territory_id: UUID
    orientation_id: UUID
    what: Literal["cancelled", "seated"]
    at: Instant


class InterviewMoved(Record, frozen=True, kw_only=True):
    """An orientation's interview whose time or site a publication changed; hours before and after."""

    territory_id: UUID
    orientation_id: UUID
    event_id: UUID
    at: Instant


async def orientation_news(since_at: datetime) -> tuple[OrientationNews, ...]:
    """Oldest first."""
    table: Any = Orientation
    gone = await table.select(table.id, table.territory, table.cancelled_at).where(
        (table.cancelled_at > since_at) & (table.cancelled_by != "partner")
    )
    seated = await table.select(table.id, table.territory, table.confirmed_at, table.created_at).where(
        (table.confirmed_at > since_at) & (table.state == "planned") & table.promotion.is_not_null()
    )
    found = [
        OrientationNews(
            territory_id=row["territory"], orientation_id=row["id"], what="cancelled", at=row["cancelled_at"]
        )
        for row in gone
    ]
    found += [
        OrientationNews(
            territory_id=row["territory"], orientation_id=row["id"], what="seated", at=row["confirmed_at"]
        )
        for row in seated
        if row["confirmed_at"] > row["created_at"]
    ]
    return tuple(sorted(found, key=lambda one: (one.at, str(one.orientation_id))))


async def moved_interviews(since_at: datetime) -> tuple[InterviewMoved, ...]:
    """Changes of orientations' interviews that a publication made, oldest first."""
    table: Any = Orientation
    standing = table.interview_id.is_not_null() & (table.state == "planned")
    events = (
        await AssignmentEvent.select(AssignmentEvent.id, AssignmentEvent.assignment, AssignmentEvent.at)
        .where(
            (AssignmentEvent.at > since_at)
            & AssignmentEvent.what.is_in(["followed", "published"])
            & AssignmentEvent.assignment.is_in(table.select(table.interview_id).where(standing))
        )
        .order_by(AssignmentEvent.at, AssignmentEvent.id)
    )
    oriented: dict[UUID, dict[str, Any]] = {}
    ids = sorted({row["assignment"] for row in events}, key=str)
    for start in range(0, len(ids), 500):
        rows = await table.select(table.id, table.territory, table.interview_id).where(
            table.interview_id.is_in(ids[start : start + 500]) & standing
        )
        oriented |= {row["interview_id"]: row for row in rows}
    return tuple(
        InterviewMoved(
            territory_id=oriented[event["assignment"]]["territory"],
            orientation_id=oriented[event["assignment"]]["id"],
            event_id=event["id"],
            at=event["at"],
        )
        for event in events
        if event["assignment"] in oriented
    )


async def lost_holds(since_at: datetime) -> tuple[TakenPlace, ...]:
    """Holds that ended because their half-day was called off or changed."""
    rows = await PlaceTable.select().where(
        (PlaceTable.released_at > since_at)
        & (PlaceTable.state == "held")
        & PlaceTable.partner.is_not_null()
        & PlaceTable.release_reason.not_in(list(OWN_DOING))
    )
    return tuple(record_of(row) for row in rows)
