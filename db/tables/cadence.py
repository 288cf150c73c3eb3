"""Cadences: the standing needs of a territory."""

from piccolo.columns import Boolean, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, belongs_to, code, date, half_day, instant, json, label, part_of
from db.tables.programme import Programme
from db.tables.promotion import Promotion
from db.tables.site import Site
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class Cadence(Edited, Table):
    """`asked` a calendar month, or one on each weekday when `asked` is 0."""

    territory = part_of(Territory)
    code = code()
    name = label()
    site = belongs_to(Site)
    programme = belongs_to(Programme, null=True)
    kind = label()
    sort = label(null=True)
    asked = Integer(default=0)
    up_to = Integer(default=0)
    weekdays = json(default="[]")
    length = label()
    min_days = Integer(default=1)
    staff_count = Integer(default=1)
    skills = json(default="[]")
    partner_places = Integer(default=0)
    follows = belongs_to(Promotion, null=True)
    seats = Integer(default=0)
    needs_room = Boolean(default=False)
    compulsory = Boolean(default=False)
    duration_minutes = Integer(default=120)
    offset_minutes = Integer(default=0)
    from_on = date(null=True)
    until_on = date(null=True)
    position = Integer(default=0)
    archived_at = instant(null=True)


class CadenceStaff(Kept, Table):
    """Who usually serves the cadence."""

    cadence = part_of(Cadence)
    staff = part_of(StaffMember)


class CadenceException(Kept, Table):
    """One occurrence moved to `to_on`, or dropped when `to_on` is null."""

    cadence = part_of(Cadence)
    from_on = date()
    to_on = date(null=True)
    said_by = label(null=True)


class CadenceHistory(Kept, Table):
    """An occurrence held before the house knew the cadence."""

    cadence = part_of(Cadence)
    held_on = date()
    half_day = half_day()
