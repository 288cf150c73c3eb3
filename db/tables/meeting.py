"""Meetings: fixed time and named staff, facts that the solver never moves."""

from piccolo.columns import Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, belongs_to, code, instant, label, part_of, text
from db.tables.site import Site
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class Meeting(Edited, Table):
    """`id` is its calendar UID; `sequence_number` rises with each change of time, place or status."""

    territory = part_of(Territory)
    code = code()
    title = label()
    kind = label()
    starts_at = instant(index=True)
    ends_at = instant()
    site = belongs_to(Site, null=True)
    place = text()
    status = label()
    sequence_number = Integer(default=0)
    last_modified_at = instant()


class MeetingAttendee(Kept, Table):
    """`left_at` is when a person was taken off: the event is cancelled in their feed."""

    meeting = part_of(Meeting)
    staff = part_of(StaffMember)
    left_at = instant(null=True)
