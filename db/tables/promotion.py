"""Promotions, their sequences, and who goes through them."""

from piccolo.columns import Boolean, Integer
from piccolo.table import Table

from db.tables.columns import (
    Edited,
    Kept,
    belongs_to,
    code,
    date,
    half_day,
    instant,
    json,
    label,
    number,
    part_of,
)
from db.tables.participant import Participant
from db.tables.programme import Programme
from db.tables.site import Site
from db.tables.staff import Speaker, StaffMember
from db.tables.territory import Territory


class Promotion(Edited, Table):
    territory = part_of(Territory)
    code = code()
    name = label()
    site = belongs_to(Site)
    programme = belongs_to(Programme, null=True)
    weekday = number(None, null=True)
    half_day = half_day(null=True)
    seats = Integer(default=0)
    open_to_partners = Boolean(default=False)
    state = label()
    archived_at = instant(null=True)


class Sequence(Kept, Table):
    """One step of a promotion; `speaker_dates` null means that no date is asked of a speaker."""

    promotion = part_of(Promotion)
    code = code()
    position = Integer(default=0)
    title = label()
    from_on = date()
    until_on = date()
    length = label()
    duration_minutes = Integer(default=120)
    offset_minutes = Integer(default=0)
    staff_count = Integer(default=1)
    skills = json(default="[]")
    needs_room = Boolean(default=True)
    speaker = belongs_to(Speaker, null=True)
    speaker_name = label(null=True)
    speaker_dates = json(null=True)
    min_days = Integer(default=1)
    max_days = Integer(default=31)
    compulsory = Boolean(default=True)
    intervention = Boolean(default=False)
    done_on = date(null=True)


class PromotionParticipant(Kept, Table):
    promotion = part_of(Promotion)
    participant = part_of(Participant)
    joined_on = date(null=True)
    left_on = date(null=True)


class PromotionAnimator(Kept, Table):
    """Who animated sessions of the promotion before the house knew it."""

    promotion = part_of(Promotion)
    staff = part_of(StaffMember)
