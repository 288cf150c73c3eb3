"""Staff, outside speakers, and everything that says when and where they can work."""

from piccolo.columns import Boolean, Integer
from piccolo.table import Table

from db.tables.columns import (
    Edited,
    Kept,
    belongs_to,
    code,
    date,
    half_day,
    hour,
    instant,
    label,
    number,
    part_of,
)
from db.tables.site import Site
from db.tables.territory import Territory


class StaffMember(Edited, Table):
    territory = part_of(Territory)
    code = code()
    name = label()
    job = label(null=True)
    email = label(null=True)
    phone = label(null=True)
    base = belongs_to(Site, null=True)
    etp_percent = Integer(default=100)
    max_half_days_day = Integer(default=2)
    max_half_days_week = Integer(default=10)
    max_half_days_month = Integer(default=50)
    protected_half_days = Integer(default=0)
    active_from_on = date(null=True)
    active_until_on = date(null=True)
    position = Integer(default=0)
    archived_at = instant(null=True)


class Skill(Kept, Table):
    staff = part_of(StaffMember)
    name = label()


class WeeklyAvailability(Kept, Table):
    """One half-day of a person's weekly pattern; `place` is office, remote or field."""

    staff = part_of(StaffMember)
    weekday = Integer(default=1)
    half_day = half_day()
    from_hour = hour()
    to_hour = hour()
    place = label()
    from_on = date(null=True)
    until_on = date(null=True)


class Absence(Edited, Table):
    """A dated absence: congé, formation, indisponible; never a health reason."""

    territory = part_of(Territory)
    staff = part_of(StaffMember)
    code = code()
    starts_at = instant()
    ends_at = instant()
    kind = label()
    declared_by = label(null=True)


class BusyMark(Edited, Table):
    """ "Je suis pris": one date's half-day, or a weekday's while it is valid."""

    territory = part_of(Territory)
    staff = part_of(StaffMember)
    code = code()
    weekday = number(None, null=True)
    busy_on = date(null=True)
    half_day = half_day()
    from_on = date(null=True)
    until_on = date(null=True)


class Wish(Edited, Table):
    """Prefers or would rather avoid a half-day: a weekday's, or one date's."""

    territory = part_of(Territory)
    staff = part_of(StaffMember)
    code = code()
    weekday = number(None, null=True)
    wished_on = date(null=True)
    half_day = half_day()
    wish = label()


class Speaker(Edited, Table):
    """An outside speaker (intervenant extérieur)."""

    territory = part_of(Territory)
    code = code()
    name = label()
    organisation = label(null=True)
    function = label(null=True)
    email = label(null=True)
    phone = label(null=True)
    archived_at = instant(null=True)


class Accreditation(Kept, Table):
    """Who may enter a site, and between which dates: a staff member or an outside speaker."""

    staff = part_of(StaffMember, null=True)
    speaker = part_of(Speaker, null=True)
    site = part_of(Site)
    from_on = date(null=True)
    until_on = date(null=True)
    unannounced = Boolean(default=True)
    asked_on = date(null=True)
    renewal_lead_days = Integer(default=60)
    material = label(null=True)


class LedgerEntry(Kept, Table):
    """What a month added to a person's fairness balance of one kind, in hundredths."""

    staff = part_of(StaffMember)
    month_on = date()
    kind = label()
    balance_hundredths = Integer(default=0)
