"""Every kind of fact: its table, its record, and the rows that are parts of it.

One line here makes a kind readable and writable through `db.queries.facts`.
"""

from typing import Any

import msgspec
from piccolo.table import Table

from db.records import cadence as cadence_records
from db.records import participant as participant_records
from db.records import partner as partner_records
from db.records import site as site_records
from db.records import staff as staff_records
from db.records import territory as territory_records
from db.records.base import Fact, Record
from db.tables import cadence, meeting, need, participant, partner, programme, promotion, site, staff


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that are a part of a fact, in its field `field`.

    `record` is what each becomes; without it the value of the one column `value` stands for a row.
    `key` names the column that tells rows apart for ever (others refer to them), `left` the instant
    at which a row was left behind: such rows are kept.
    """

    field: str
    table: type[Table]
    owner: str
    record: type[Record] | None = None
    value: str | None = None
    key: str | None = None
    left: str | None = None


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of fact; `name` is its field in `Facts`."""

    name: str
    table: type[Table]
    record: type[Fact]
    parts: tuple[Part, ...] = ()


_SITE_PARTS = (
    Part(field="rooms", table=site.Room, owner="site", record=site_records.Room, key="code"),
    Part(field="openings", table=site.Opening, owner="site", record=site_records.Opening),
)
_STAFF_PARTS = (
    Part(field="skills", table=staff.Skill, owner="staff", value="name"),
    Part(
        field="availability",
        table=staff.WeeklyAvailability,
        owner="staff",
        record=staff_records.WeeklyAvailability,
    ),
    Part(
        field="accreditations", table=staff.Accreditation, owner="staff", record=staff_records.Accreditation
    ),
)
_SPEAKER_PARTS = (
    Part(
        field="accreditations", table=staff.Accreditation, owner="speaker", record=staff_records.Accreditation
    ),
)
_CADENCE_PARTS = (
    Part(field="usual_staff", table=cadence.CadenceStaff, owner="cadence", value="staff"),
    Part(
        field="exceptions",
        table=cadence.CadenceException,
        owner="cadence",
        record=cadence_records.CadenceException,
    ),
    Part(field="history", table=cadence.CadenceHistory, owner="cadence", record=cadence_records.HistoryDate),
)
_PROMOTION_PARTS = (
    Part(
        field="sequences",
        table=promotion.Sequence,
        owner="promotion",
        record=cadence_records.Sequence,
        key="code",
    ),
    Part(field="participants", table=promotion.PromotionParticipant, owner="promotion", value="participant"),
    Part(field="animators_before", table=promotion.PromotionAnimator, owner="promotion", value="staff"),
)
_PARTICIPANT_PARTS = (
    Part(
        field="hours",
        table=participant.ParticipantHours,
        owner="participant",
        record=participant_records.Hours,
    ),
)
_NEED_PARTS = (Part(field="sites", table=need.InterviewNeedSite, owner="need", value="site"),)
_MEETING_PARTS = (
    Part(field="attendees", table=meeting.MeetingAttendee, owner="meeting", value="staff", left="left_at"),
)
_PARTNER_PARTS = (
    Part(field="sites", table=partner.PartnerSite, owner="partner", record=partner_records.PartnerSite),
)

KINDS: tuple[Kind, ...] = (
    Kind(name="programmes", table=programme.Programme, record=territory_records.Programme),
    Kind(name="sites", table=site.Site, record=site_records.Site, parts=_SITE_PARTS),
    Kind(name="closures", table=site.Closure, record=site_records.Closure),
    Kind(name="staff", table=staff.StaffMember, record=staff_records.StaffMember, parts=_STAFF_PARTS),
    Kind(name="absences", table=staff.Absence, record=staff_records.Absence),
    Kind(name="busy_marks", table=staff.BusyMark, record=staff_records.BusyMark),
    Kind(name="wishes", table=staff.Wish, record=staff_records.Wish),
    Kind(name="speakers", table=staff.Speaker, record=staff_records.Speaker, parts=_SPEAKER_PARTS),
    Kind(name="meetings", table=meeting.Meeting, record=staff_records.Meeting, parts=_MEETING_PARTS),
    Kind(
        name="participants",
        table=participant.Participant,
        record=participant_records.Participant,
        parts=_PARTICIPANT_PARTS,
    ),
    Kind(name="paths", table=participant.Path, record=participant_records.Path),
    Kind(
        name="promotions",
        table=promotion.Promotion,
        record=cadence_records.Promotion,
        parts=_PROMOTION_PARTS,
    ),
    Kind(name="cadences", table=cadence.Cadence, record=cadence_records.Cadence, parts=_CADENCE_PARTS),
    Kind(name="needs", table=need.InterviewNeed, record=participant_records.InterviewNeed, parts=_NEED_PARTS),
    Kind(name="volumes", table=need.Volume, record=participant_records.Volume),
    Kind(name="partners", table=partner.Partner, record=partner_records.Partner, parts=_PARTNER_PARTS),
)
"""In an order in which each kind stands after those that it refers to."""

BY_RECORD: dict[type[Any], Kind] = {kind.record: kind for kind in KINDS}
