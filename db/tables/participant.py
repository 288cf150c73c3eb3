"""Participants: a reference and what planning needs, nothing more; the rest lies sealed."""

from piccolo.columns import Boolean, Bytea, Integer, Varchar
from piccolo.table import Table

from db.tables.columns import (
    Edited,
    Kept,
    belongs_to,
    code,
    date,
    hour,
    instant,
    json,
    label,
    number,
    part_of,
)
from db.tables.programme import Programme
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class Participant(Edited, Table):
    """Known by the reference that the house gave (`code`: two letters, four digits, not in order)."""

    territory = part_of(Territory)
    code = code()
    any_hour = Boolean(default=True)
    minor = Boolean(default=False)
    informed_on = date(null=True)
    charter_on = date(null=True)
    practical_note = Varchar(length=80, default="")
    last_contact_on = date(null=True)
    erased_at = instant(null=True)


class ParticipantHours(Kept, Table):
    """Hours of one weekday in which the person may come; none and not `any_hour`: never."""

    participant = part_of(Participant)
    weekday = Integer(default=1)
    from_hour = hour()
    to_hour = hour()


class ParticipantVault(Kept, Table):
    """Optional fields, encrypted under a key of their own that a master key wraps.

    Erasing a person destroys `wrapped_key`: what copies remain of `sealed` can no longer be read.
    """

    participant = part_of(Participant)
    master_key_id = label()
    wrapped_key = Bytea(default=None, null=True)
    sealed = Bytea(default=None, null=True)


class Path(Edited, Table):
    """A participant in a programme: entry, exit, referent; `suspended` carries no reason.

    `rhythm` is a list of stages, null when nothing is asked; the fields after it say what its
    interviews are like. `last_interview_on` and `missed_on` are what came before the house knew.
    """

    territory = part_of(Territory)
    code = code()
    programme = belongs_to(Programme)
    participant = part_of(Participant)
    referent = belongs_to(StaffMember, null=True)
    state = label(index=True)
    entry_on = date(null=True)
    starts_on = date(null=True)
    exit_on = date(null=True)
    rhythm = json(null=True)
    kind = label()
    mode = label()
    priority = label()
    slots = number(1)
    sites = json(default="[]")
    only_in_permanence = Boolean(default=False)
    other_staff = Boolean(default=False)
    leave_notice_days = Integer(default=0)
    min_days = Integer(default=0)
    last_interview_on = date(null=True)
    missed_on = date(null=True)
    misses_in_a_row = number(0)
    asked_referent_at = instant(null=True)
