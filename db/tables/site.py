"""Sites with their rooms, openings, closures and the travel between them."""

from piccolo.columns import Boolean, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, code, date, half_day, hour, instant, label, part_of, text
from db.tables.territory import Territory


class Site(Edited, Table):
    territory = part_of(Territory)
    code = code()
    name = label()
    short_name = label()
    neutral_name = label(null=True)
    kind = label()
    address = text()
    directions = text()
    phone = label(null=True)
    contact_name = label(null=True)
    contact_email = label(null=True)
    gate_margin_minutes = Integer(default=0)
    holds_detained = Boolean(default=False)
    phones_outside = Boolean(default=False)
    of_partner = Boolean(default=False)
    demands_accreditation = Boolean(default=False)
    asks_access_list = Boolean(default=False)
    access_notice_days = Integer(default=0)
    far = Boolean(default=False)
    open_on_holidays = Boolean(default=False)
    interview_places = Integer(default=99)
    position = Integer(default=0)
    archived_at = instant(null=True)


class Room(Kept, Table):
    site = part_of(Site)
    code = code()
    name = label()
    seats = Integer(default=0)
    position = Integer(default=0)


class Opening(Kept, Table):
    """Hours of one half-day in which a site opens, from a date until a date, both included."""

    site = part_of(Site)
    weekday = Integer(default=1)
    half_day = half_day()
    from_hour = hour()
    to_hour = hour()
    slot_minutes = Integer(default=60)
    buffer_minutes = Integer(default=0)
    from_on = date(null=True)
    until_on = date(null=True)


class Closure(Edited, Table):
    territory = part_of(Territory)
    site = part_of(Site)
    code = code()
    from_on = date()
    until_on = date()
    half_day = half_day(null=True)
    reason = label(null=True)
    said_by = label(null=True)


class Travel(Kept, Table):
    territory = part_of(Territory)
    from_site = part_of(Site)
    to_site = part_of(Site)
    minutes = Integer(default=0)
