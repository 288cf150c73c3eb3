"""The published plan, alive: assignments keep their identity, hence their calendar UID, for ever."""

from piccolo.columns import UUID, Boolean, Integer
from piccolo.table import Table

from db.tables.cadence import Cadence
from db.tables.columns import (
    Edited,
    Kept,
    belongs_to,
    date,
    half_day,
    instant,
    json,
    label,
    number,
    part_of,
)
from db.tables.need import InterviewNeed
from db.tables.participant import Participant
from db.tables.plan import Plan
from db.tables.programme import Programme
from db.tables.promotion import Promotion, Sequence
from db.tables.site import Room, Site
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class Assignment(Edited, Table):
    """A published permanence, session, office half-day or interview, as it stands now.

    `revision` rises with every change, `sequence_number` (a calendar's SEQUENCE) with each change of
    time, place, people or status. `changed_at` and `former_starts_at` tell of the last such change.
    `half_day` null: the whole day.
    """

    territory = part_of(Territory)
    plan = belongs_to(Plan, null=True)
    kind = label()
    key = label(index=True)
    status = label(index=True)
    held_on = date(index=True)
    half_day = half_day(null=True)
    starts_at = instant(index=True)
    ends_at = instant()
    site = belongs_to(Site, null=True)
    room = belongs_to(Room, null=True)
    cadence = belongs_to(Cadence, null=True)
    number = number(None, null=True)
    promotion = belongs_to(Promotion, null=True)
    sequence = belongs_to(Sequence, null=True)
    need = belongs_to(InterviewNeed, null=True)
    participant = belongs_to(Participant, null=True)
    programme = belongs_to(Programme, null=True)
    host_id = UUID(default=None, null=True, index=True)
    interview_kind = label(null=True)
    mode = label(null=True)
    slots = Integer(default=1)
    places = Integer(default=0)
    revision = Integer(default=1)
    sequence_number = Integer(default=0)
    fixed_with_person = Boolean(default=False)
    cancelled_by = label(null=True)
    cancel_reason = label(null=True)
    changed_at = instant(null=True)
    former_starts_at = instant(null=True)
    last_modified_at = instant(index=True)


class AssignmentStaff(Kept, Table):
    """Who holds an assignment; `left_at` is when a person was replaced: cancelled in their feed."""

    assignment = part_of(Assignment)
    staff = belongs_to(StaffMember)
    left_at = instant(null=True)
    left_sequence_number = number(None, null=True)


class AssignmentEvent(Kept, Table):
    """One change of one thing: what, by whom, from what to what; `overruled` are its breaches."""

    assignment = part_of(Assignment)
    territory = part_of(Territory)
    plan = belongs_to(Plan, null=True)
    at = instant(index=True)
    actor_id = UUID(default=None, null=True)
    actor_label = label(null=True)
    what = label()
    revision = Integer(default=1)
    before = json(null=True)
    after = json(null=True)
    overruled = json(default="[]")


class StaffPresence(Kept, Table):
    """A staff member's claim on a half-day: one at a time while published (the last guard).

    `overruled`: a coordinator wanted it beside another, knowingly.
    """

    staff = part_of(StaffMember)
    held_on = date()
    half_day = half_day()
    assignment = part_of(Assignment)
    overruled = Boolean(default=False)
    released_at = instant(null=True)


class StaffInterview(Kept, Table):
    """A staff member's claim on an interval for an interview: none overlaps (the last guard)."""

    staff = part_of(StaffMember)
    starts_at = instant()
    ends_at = instant()
    assignment = part_of(Assignment)
    overruled = Boolean(default=False)
    released_at = instant(null=True)


class Attendance(Edited, Table):
    """Who came: one row an interview, one a participation in a session."""

    territory = part_of(Territory)
    assignment = part_of(Assignment)
    participant = belongs_to(Participant, null=True)
    status = label()
    noted_by = UUID(default=None, null=True)
    noted_at = instant(null=True)
    next_assignment_id = UUID(default=None, null=True)


class Recall(Edited, Table):
    """ "À rappeler": a participant somebody wants to call on a day."""

    territory = part_of(Territory)
    staff = part_of(StaffMember)
    participant = part_of(Participant)
    assignment = belongs_to(Assignment, null=True)
    due_on = date(index=True)
    done_at = instant(null=True)
