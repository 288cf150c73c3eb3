"""Territories, and settings of the whole house."""

from piccolo.columns import Boolean, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, code, date, instant, json, label, part_of, text


class Territory(Edited, Table):
    """Staff, sites and plans belong to one.

    `facts_revision` rises with each fact a plan rests on, `published_revision` with each change of
    what is published: feeds and pages made from an older one are stale.
    """

    code = code()
    name = label()
    zone = label()
    departements = json(default="[]")
    settings = json()
    facts_revision = Integer(default=0)
    published_revision = Integer(default=0)
    archived_at = instant(null=True)


class HolidayOverride(Kept, Table):
    """A day that is a holiday here though no calendar says so, or the reverse."""

    territory = part_of(Territory)
    held_on = date()
    is_holiday = Boolean(default=True)
    name = label()
    said_by = label(null=True)


class Setting(Edited, Table):
    """One setting of the whole house, as JSON."""

    key = label()
    value = json(default="null")
    note = text(null=True)
