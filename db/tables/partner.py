"""Partners: what is opened to them, whom they orient, which places are taken."""

from piccolo.columns import UUID, Boolean, Integer, Varchar
from piccolo.table import Table

from db.tables.assignment import Assignment
from db.tables.columns import Edited, Kept, belongs_to, code, date, instant, json, part_of, text
from db.tables.columns import label as short_text
from db.tables.promotion import Promotion
from db.tables.site import Site
from db.tables.territory import Territory


class Partner(Edited, Table):
    """A service that orients people; `convention` says what it learns afterwards."""

    territory = part_of(Territory)
    code = code()
    name = short_text()
    kind = short_text()
    email = short_text(null=True)
    phone = short_text(null=True)
    convention = json()
    lead_hours = Integer(default=24)
    cut_off_hours = Integer(default=0)
    archived_at = instant(null=True)


class PartnerSite(Kept, Table):
    """A site or office opened to a partner, from a date until a date, both included."""

    partner = part_of(Partner)
    site = part_of(Site)
    lead_hours = Integer(default=None, null=True)
    cut_off_hours = Integer(default=None, null=True)
    from_on = date(null=True)
    until_on = date(null=True)


class Orientation(Edited, Table):
    """A place booked for a person whom a partner refers, under the partner's own label."""

    territory = part_of(Territory)
    code = code()
    partner = belongs_to(Partner)
    label = Varchar(length=12, default="")
    need = short_text()
    officer = short_text(null=True)
    officer_phone = short_text(null=True)
    asks_leave = Boolean(default=False)
    leave_by_on = date(null=True)
    state = short_text(index=True)
    assignment = belongs_to(Assignment, null=True)
    interview_id = UUID(default=None, null=True, index=True)
    promotion = belongs_to(Promotion, null=True)
    participant_id = UUID(default=None, null=True, index=True)
    slot = Integer(default=None, null=True)
    place = Integer(default=None, null=True)
    made_by = UUID(default=None, null=True)
    confirmed_at = instant(null=True)
    cancelled_at = instant(null=True)
    cancelled_by = short_text(null=True)
    cancel_reason = short_text(null=True)
    label_erased_at = instant(null=True)


class TakenPlace(Kept, Table):
    """A place that nobody else can have: held, booked, or taken by a published interview.

    Its key is (`host_kind`, `host_id`, `slot`, `place`), unique while not released. An expired hold
    is released by whoever comes next, in the same transaction.
    """

    territory = part_of(Territory)
    host_kind = short_text()
    host_id = UUID(default=None, index=True)
    slot = Integer(default=0)
    place = Integer(default=1)
    state = short_text()
    partner = belongs_to(Partner, null=True)
    orientation = belongs_to(Orientation, null=True)
    interview = belongs_to(Assignment, null=True)
    holder_id = UUID(default=None, null=True)
    expires_at = instant(null=True)
    released_at = instant(null=True)
    release_reason = short_text(null=True)


class WaitingEntry(Kept, Table):
    """A partner's turn on the ordered waiting list of a promotion."""

    promotion = part_of(Promotion)
    orientation = part_of(Orientation)
    position = Integer(default=0)
    left_at = instant(null=True)


class PartnerDemand(Kept, Table):
    """What a partner asked for at a site in a week, and what it got: counts only."""

    partner = part_of(Partner)
    site = part_of(Site)
    week_on = date()
    asked_count = Integer(default=0)
    got_count = Integer(default=0)


class SiteAnswer(Edited, Table):
    """What a site says to a proposed date: agreed, impossible, or nothing yet."""

    territory = part_of(Territory)
    site = part_of(Site)
    assignment = part_of(Assignment, null=True)
    plan_id = UUID(default=None, null=True)
    proposed_on = date()
    half_day = Varchar(length=2, default=None, null=True)
    answer = short_text()
    via = short_text(null=True)
    said_by = short_text(null=True)
    noted_by = UUID(default=None, null=True)
    note = text(null=True)
    asked_at = instant(null=True)
    answered_at = instant(null=True)


class AccessList(Edited, Table):
    """A version of what a site was sent for a month: who enters, when, with what material."""

    territory = part_of(Territory)
    site = part_of(Site)
    month_on = date()
    number = Integer(default=1)
    lines = json(default="[]")
    sent_at = instant(null=True)
    sent_to = short_text(null=True)
    sent_by = UUID(default=None, null=True)
