"""Programmes and the rhythm of follow-ups that they ask for."""

from piccolo.columns import Integer
from piccolo.table import Table

from db.tables.columns import Edited, code, date, instant, json, label, number, part_of
from db.tables.territory import Territory


class Programme(Edited, Table):
    """What a funder pays: every path, interview, promotion and indicator belongs to one."""

    territory = part_of(Territory)
    code = code()
    name = label()
    funder = label(null=True)
    departements = json(default="[]")
    valid_from_on = date(null=True)
    valid_until_on = date(null=True)
    length_days = number(None, null=True)
    targets = json()
    rhythm = json(default="[]")
    position = Integer(default=0)
    archived_at = instant(null=True)
