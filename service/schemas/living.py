"""The living plan as the JSON interface speaks of it: published things, who came, the next date."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from db.records.assignment import Assignment, AssignmentEvent, Kind, Status
from db.records.attendance import Attendance, AttendanceStatus
from db.records.staff import Absence
from service.actions.agreed_need import Appointment
from service.actions.landed_on import Landed
from service.actions.move_interview import OtherHour
from service.actions.record_attendance import Came, Recorded
from service.actions.settle_interview import Settled
from service.schemas.base import Code, Incoming, Instant, Outgoing, Page, Version
from service.schemas.facts.people import Kind as InterviewKind
from service.schemas.facts.people import Mode, Reference, Slots
from service.translate.cancelled import Canceller
from service.translate.draft import Lost

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class NextDate(Incoming, frozen=True, kw_only=True):
    """An hour agreed with a person: `site` null is wherever `staff` is published then, none for a call."""

    starts_at: Instant
    staff: Code
    site: Code | None = None
    kind: InterviewKind = "suivi"
    mode: Mode = "on_site"
    slots: Slots = 1
    programme: Code | None = None

    def appointment(self, participant: str, need: str | None = None) -> Appointment:
        fields = {name: getattr(self, name) for name in NextDate.__struct_fields__}
        return Appointment(participant=participant, need=need, **fields)


class FixRequest(NextDate, frozen=True, kw_only=True):
    """`need`: the waiting need that this meets; null: one that fits, or one of its own."""

    participant: Reference
    need: Code | None = None
    overrule: bool = False


class MoveInterviewRequest(Incoming, frozen=True, kw_only=True):
    """Null leaves as it is; nothing at all confirms the hour. `revision` is that of what was read."""

    revision: Version | None = None
    starts_at: Instant | None = None
    staff: Code | None = None
    site: Code | None = None
    mode: Mode | None = None
    overrule: bool = False

    def hour(self) -> OtherHour:
        return OtherHour(starts_at=self.starts_at, staff=self.staff, site=self.site, mode=self.mode)


class CancelInterviewRequest(Incoming, frozen=True, kw_only=True):
    """A reason of the territory's list, and by whom."""

    reason: Reason = "other"
    by: Canceller = "us"


class CameBody(Incoming, frozen=True, kw_only=True):
    """A status; of a session the participant whose it is."""

    status: AttendanceStatus
    participant: Reference | None = None


class AttendanceRequest(Incoming, frozen=True, kw_only=True):
    """Who came, and the next date in the same call; the same call again is a correction."""

    came: Annotated[tuple[CameBody, ...], msgspec.Meta(min_length=1, max_length=100)]
    next: NextDate | None = None
    overrule: bool = False

    def statuses(self) -> tuple[Came, ...]:
        return tuple(Came(status=one.status, participant=one.participant) for one in self.came)


class LateRequest(Incoming, frozen=True, kw_only=True):
    minutes: Annotated[int, msgspec.Meta(ge=1, le=240)]


class ReplaceRequest(Incoming, frozen=True, kw_only=True):
    """`leaving` may be left out where one person alone is published."""

    coming: Code
    leaving: Code | None = None
    overrule: bool = False


class DecisionRequest(Incoming, frozen=True, kw_only=True):
    """Relancer, suspendre, terminer."""

    decision: Literal["resume", "suspend", "end"]


class AssignmentView(Outgoing, frozen=True, kw_only=True):
    """A published thing as it stands; `host_id` is the half-day that an interview lies in."""

    id: UUID
    kind: Kind
    status: Status
    held_on: date
    starts_at: datetime
    ends_at: datetime
    staff: tuple[str, ...]
    revision: int
    half_day: str | None = None
    site: str | None = None
    room: str | None = None
    cadence: str | None = None
    promotion: str | None = None
    sequence: str | None = None
    need: str | None = None
    participant: str | None = None
    programme: str | None = None
    host_id: UUID | None = None
    interview_kind: str | None = None
    mode: str | None = None
    slots: int = 1
    places: int = 0
    fixed_with_person: bool = False
    cancelled_by: str | None = None
    cancel_reason: str | None = None


class AssignmentPage(Page, frozen=True, kw_only=True):
    items: tuple[AssignmentView, ...]


class ReplacementPage(Page, frozen=True, kw_only=True):
    """People of the team, by code."""

    items: tuple[str, ...]


class NotedPage(Page, frozen=True, kw_only=True):
    """Who came to one thing."""

    items: tuple[Attendance, ...]


class EventView(Outgoing, frozen=True, kw_only=True):
    """One change: what, when, by whom, and what was overruled by it."""

    at: datetime
    what: str
    revision: int
    by: str | None = None
    overruled: tuple[dict[str, Any], ...] = ()


class EventPage(Page, frozen=True, kw_only=True):
    """The oldest first."""

    items: tuple[EventView, ...]


class SettledView(Outgoing, frozen=True, kw_only=True):
    """The interview as it stands now, and the rules that it breaks by decision."""

    interview: AssignmentView
    broken: tuple[Lost, ...] = ()


class AskedView(Outgoing, frozen=True, kw_only=True):
    """A path that is suspended until its referent decides."""

    path: str
    participant: str
    referent: str | None
    misses: int


class RecordedView(Outgoing, frozen=True, kw_only=True):
    attendance: tuple[Attendance, ...]
    next: SettledView | None = None
    asked: tuple[AskedView, ...] = ()


class DeclaredView(Outgoing, frozen=True, kw_only=True):
    """The absences, and on which published things they land; `already` are people for whom it was noted before."""

    absences: tuple[Absence, ...]
    landed: Landed
    already: tuple[str, ...] = ()


class ReplacedView(Outgoing, frozen=True, kw_only=True):
    assignments: tuple[AssignmentView, ...]
    broken: tuple[Lost, ...] = ()


def assignment_view(one: Assignment, people: frozenset[str] | None = None) -> AssignmentView:
    """`people` are the references that may be shown; null is all of them."""
    fields = {name: getattr(one, name) for name in AssignmentView.__struct_fields__}
    if people is not None and one.participant not in people:
        fields |= {"participant": None, "need": None}
    return AssignmentView(**fields)


def settled_view(settled: Settled) -> SettledView:
    return SettledView(interview=assignment_view(settled.assignment), broken=settled.broken)


def recorded_view(recorded: Recorded) -> RecordedView:
    asked = tuple(
        AskedView(path=one.path, participant=one.participant, referent=one.referent, misses=one.misses)
        for one in recorded.asked
    )
    following = None if recorded.next is None else settled_view(recorded.next)
    return RecordedView(attendance=recorded.attendance, next=following, asked=asked)


def event_view(event: AssignmentEvent, *, hidden: bool) -> EventView:
    """`hidden`: without what names a person."""
    return EventView(
        at=event.at,
        what=event.what,
        revision=event.revision,
        by=event.actor_label,
        overruled=() if hidden else event.overruled,
    )
