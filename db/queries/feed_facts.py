"""What feeds need beside facts and assignments: stamps of facts, who left a meeting, places, orientations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.queries.assignments import CHUNK
from db.records.feed import OrientationEvent
from db.records.staff import MeetingLeaver
from db.tables.meeting import MeetingAttendee
from db.tables.partner import Orientation, TakenPlace
from db.tables.site import Closure
from db.tables.staff import BusyMark

_OF_ORIENTATION = (
    "id",
    "version",
    "label",
    "interview_id",
    "created_at",
    "updated_at",
    "cancelled_at",
    "cancelled_by",
)
Stamps = dict[UUID, tuple[datetime, datetime]]


async def event_stamps(territory_id: UUID) -> Stamps:
    """Birth and last change of every closure and "je suis pris" of a territory, by id."""
    found: Stamps = {}
    for table in (Closure, BusyMark):
        rows = await table.select(table.id, table.created_at, table.updated_at).where(
            table.territory == territory_id
        )
        found |= {row["id"]: (row["created_at"], row["updated_at"]) for row in rows}
    return found


async def meeting_leavers(territory_id: UUID) -> tuple[MeetingLeaver, ...]:
    """Who was taken off a meeting, the latest of each."""
    table: Any = MeetingAttendee
    rows = (
        await table.select(table.meeting, table.staff.code.as_alias("code"), table.left_at)
        .where((table.meeting.territory == territory_id) & table.left_at.is_not_null())
        .order_by(table.left_at)
    )
    latest = {(row["meeting"], row["code"]): row["left_at"] for row in rows}
    return tuple(
        MeetingLeaver(meeting_id=meeting_id, staff=code, left_at=left_at)
        for (meeting_id, code), left_at in latest.items()
    )


async def places_changed_at(host_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """By host, when a place was last taken for good or given back; a hold alone changes nothing that is shown."""
    table, found = TakenPlace, dict[UUID, datetime]()
    for start in range(0, len(host_ids), CHUNK):
        chunk = list(host_ids[start : start + CHUNK])
        rows = await table.select(table.host_id, table.updated_at).where(
            table.host_id.is_in(chunk) & (table.state != "held")
        )
        for row in rows:
            found[row["host_id"]] = max(row["updated_at"], found.get(row["host_id"], row["updated_at"]))
    return found


async def orientation_events(territory_id: UUID) -> tuple[OrientationEvent, ...]:
    """Every orientation of a territory that was confirmed, those that ended since included."""
    table: Any = Orientation
    rows = await table.select(
        *(getattr(table, name) for name in _OF_ORIENTATION),
        table.partner.code.as_alias("partner_code"),
        table.promotion.code.as_alias("promotion_code"),
    ).where((table.territory == territory_id) & table.confirmed_at.is_not_null())
    return tuple(
        OrientationEvent(
            partner=row["partner_code"],
            promotion=row["promotion_code"],
            **{name: row[name] for name in _OF_ORIENTATION},
        )
        for row in rows
    )
