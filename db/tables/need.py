"""What interviews are asked for: one person's need, or a volume without names."""

from piccolo.columns import UUID, Boolean, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, belongs_to, code, date, instant, json, label, part_of
from db.tables.participant import Participant, Path
from db.tables.programme import Programme
from db.tables.site import Site
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class InterviewNeed(Edited, Table):
    """A need for `needed_count` interviews between two dates; `state` is open, met or closed."""

    territory = part_of(Territory)
    code = code()
    participant = part_of(Participant, null=True)
    path = part_of(Path, null=True)
    programme = belongs_to(Programme, null=True)
    referent = belongs_to(StaffMember, null=True)
    orientation_id = UUID(default=None, null=True, index=True)
    kind = label()
    mode = label()
    priority = label()
    slots = Integer(default=1)
    needed_count = Integer(default=1)
    from_on = date()
    until_on = date(index=True)
    only_in_permanence = Boolean(default=False)
    other_staff = Boolean(default=False)
    leave_notice_days = Integer(default=0)
    min_days = Integer(default=0)
    last_on = date(null=True)
    misses = Integer(default=0)
    origin = label()
    state = label()
    closed_at = instant(null=True)


class InterviewNeedSite(Kept, Table):
    """A site where the need may be met; their order is the order of preference."""

    need = part_of(InterviewNeed)
    site = part_of(Site)
    position = Integer(default=0)


class Volume(Edited, Table):
    """Follow-ups of a referent without names: `amount` people every `every_weeks` weeks."""

    territory = part_of(Territory)
    code = code()
    referent = belongs_to(StaffMember, null=True)
    programme = belongs_to(Programme, null=True)
    kind = label()
    mode = label()
    priority = label()
    amount = Integer(default=0)
    every_weeks = Integer(default=1)
    slots = Integer(default=1)
    sites = json(default="[]")
    from_on = date(null=True)
    until_on = date(null=True)
    archived_at = instant(null=True)
