"""Who came to an interview or a collective session."""

from typing import Literal
from uuid import UUID

from db.records.base import Instant, Record

AttendanceStatus = Literal[
    "honoured", "missed", "excused", "cancelled_by_us", "cancelled_by_site", "cancelled_by_person"
]
"""Honoré, absence non excusée, excusé, annulé par nous, par le site, par la personne."""


class Attendance(Record, frozen=True, kw_only=True):
    """One row an interview, one a participation in a session; `participant` null: nobody is named."""

    id: UUID
    version: int
    assignment_id: UUID
    status: AttendanceStatus
    participant: str | None = None
    noted_by: UUID | None = None
    noted_at: Instant | None = None
    next_assignment_id: UUID | None = None


class NewAttendance(Record, frozen=True, kw_only=True):
    """A status to note, or to correct."""

    assignment_id: UUID
    status: AttendanceStatus
    participant: str | None = None
    noted_by: UUID | None = None
    noted_at: Instant
    next_assignment_id: UUID | None = None
