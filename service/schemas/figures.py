"""Figures without names, and who waits for another place."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from db.records.assignment import Assignment
from db.records.attendance import Attendance, AttendanceStatus
from service.indicators import Cell, PathCell
from service.schemas.base import Outgoing, Page


class IndicatorsView(Outgoing, frozen=True, kw_only=True):
    """`leaving`: merged and withheld, as it may leave the association."""

    cells: tuple[Cell, ...]
    paths: tuple[PathCell, ...]
    leaving: bool


class AttendanceView(Outgoing, frozen=True, kw_only=True):
    """Who came to what; `next_assignment_id` is the date that was fixed then."""

    assignment_id: UUID
    held_on: date
    kind: str
    site: str | None
    programme: str | None
    staff: tuple[str, ...]
    participant: str | None
    status: AttendanceStatus
    next_assignment_id: UUID | None


class AttendancePage(Page, frozen=True, kw_only=True):
    items: tuple[AttendanceView, ...]


def attendance_views(found: Iterable[Assignment], noted: Iterable[Attendance]) -> list[AttendanceView]:
    """In the order of time."""
    things = {one.id: one for one in found}
    rows = sorted(noted, key=lambda one: (things[one.assignment_id].starts_at, one.participant or ""))
    return [_attendance(one, things[one.assignment_id]) for one in rows]


def _attendance(one: Attendance, thing: Assignment) -> AttendanceView:
    return AttendanceView(
        assignment_id=thing.id,
        held_on=thing.held_on,
        kind=thing.interview_kind or thing.kind,
        site=thing.site,
        programme=thing.programme,
        staff=thing.staff,
        participant=one.participant,
        status=one.status,
        next_assignment_id=one.next_assignment_id,
    )


class DisplacedView(Outgoing, frozen=True, kw_only=True):
    """Somebody without a date: the interview that was cancelled, by whom, and the need that waits."""

    assignment_id: UUID
    participant: str
    staff: tuple[str, ...]
    starts_at: datetime
    site: str | None
    need: str | None
    cancelled_by: str | None


class DisplacedPage(Page, frozen=True, kw_only=True):
    """The longest waiting first."""

    items: tuple[DisplacedView, ...]


def displaced_views(
    found: Iterable[Assignment], people: frozenset[str] | None, now: datetime
) -> list[DisplacedView]:
    """Each person's latest cancelled interview, unless they have one ahead or later; `people` null: all of them."""
    cancelled: dict[str, Assignment] = {}
    standing: dict[str, datetime] = {}
    for one in found:
        if one.participant is None or (people is not None and one.participant not in people):
            continue
        if one.status == "cancelled":
            cancelled[one.participant] = one
        else:
            standing[one.participant] = one.starts_at
    waiting = [
        one
        for person, one in cancelled.items()
        if person not in standing or standing[person] <= min(one.starts_at, now)
    ]
    return [_view(one, one.participant or "") for one in sorted(waiting, key=lambda one: one.starts_at)]


def _view(one: Assignment, participant: str) -> DisplacedView:
    return DisplacedView(
        assignment_id=one.id,
        participant=participant,
        staff=one.staff,
        starts_at=one.starts_at,
        site=one.site,
        need=one.need,
        cancelled_by=one.cancelled_by,
    )
