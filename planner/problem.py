"""The facts of one territory and one horizon, as frozen records.

A `Problem` is everything the planner may know: it reads no clock, no file and no database.
Pairs of dates (`_on`) include both ends; intervals of instants and hours contain their start, not
their end. Field names in JSON are those of `docs/formats.md`; where a JSON name is a Python keyword
(`from`) the attribute has another name.
"""

from datetime import date
from typing import Literal

import msgspec

from planner.plan import Plan
from planner.records import Count, HalfDay, Hour, Identifier, Instant, Positive, Record, Weekday


class Room(Record, frozen=True, kw_only=True):
    id: Identifier
    seats: Count


class Opening(Record, frozen=True, kw_only=True):
    """Hours of a half-day in which a site opens; slots of `slot_minutes` every slot + buffer."""

    weekday: Weekday
    half_day: HalfDay
    from_hour: Hour = msgspec.field(name="from")
    to_hour: Hour = msgspec.field(name="to")
    slot_minutes: Positive = 60
    buffer_minutes: Count = 0
    from_on: date | None = None
    until_on: date | None = None


class Closure(Record, frozen=True, kw_only=True):
    id: Identifier
    from_on: date
    until_on: date
    half_day: HalfDay | None = None


class Site(Record, frozen=True, kw_only=True):
    id: Identifier
    name: str
    kind: str
    demands_accreditation: bool = False
    access_notice_days: Count = 0
    far: bool = False
    open_on_holidays: bool = False
    interview_places: Count = 99
    rooms: tuple[Room, ...] = ()
    openings: tuple[Opening, ...] = ()
    closures: tuple[Closure, ...] = ()


class Travel(Record, frozen=True, kw_only=True):
    from_site: Identifier = msgspec.field(name="from")
    to_site: Identifier = msgspec.field(name="to")
    minutes: Count


class Accreditation(Record, frozen=True, kw_only=True):
    site: Identifier
    from_on: date | None = None
    until_on: date | None = None
    unannounced: bool = True


class WeeklyAvailability(Record, frozen=True, kw_only=True):
    """One half-day of a person's weekly pattern, and what can be done in it."""

    weekday: Weekday
    half_day: HalfDay
    from_hour: Hour = msgspec.field(name="from")
    to_hour: Hour = msgspec.field(name="to")
    where: Literal["office", "remote", "field"] = "field"
    from_on: date | None = None
    until_on: date | None = None


class Absence(Record, frozen=True, kw_only=True):
    id: Identifier
    starts_at: Instant
    ends_at: Instant


class Busy(Record, frozen=True, kw_only=True):
    """A busy interval imported from the person's own agenda."""

    starts_at: Instant = msgspec.field(name="from")
    ends_at: Instant = msgspec.field(name="to")


class Meeting(Record, frozen=True, kw_only=True):
    id: Identifier
    starts_at: Instant
    ends_at: Instant
    site: Identifier | None = None


class Wish(Record, frozen=True, kw_only=True):
    """Prefers or would rather avoid a half-day: a weekday's, or one date's."""

    half_day: HalfDay
    wish: Literal["prefer", "avoid"]
    weekday: Weekday | None = None
    on: date | None = None


class MaxHalfDays(Record, frozen=True, kw_only=True):
    day: Count = 2
    week: Count = 10
    month: Count = 50


class EngagedOutside(Record, frozen=True, kw_only=True):
    """A published half-day of the person outside the horizon."""

    on: date
    half_day: HalfDay


class StaffMember(Record, frozen=True, kw_only=True):
    id: Identifier
    name: str
    base: Identifier | None = None
    etp_percent: Count = 100
    skills: tuple[str, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    availability: tuple[WeeklyAvailability, ...] = ()
    absences: tuple[Absence, ...] = ()
    busy: tuple[Busy, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    wishes: tuple[Wish, ...] = ()
    max_half_days: MaxHalfDays = MaxHalfDays()
    protected_half_days: Count = 0
    engaged_outside: tuple[EngagedOutside, ...] = ()
    ledger: dict[str, int] = {}


class HistoryDate(Record, frozen=True, kw_only=True):
    on: date
    half_day: HalfDay


class CadenceException(Record, frozen=True, kw_only=True):
    """One occurrence moved to `to_on`, or dropped when `to_on` is null."""

    on: date
    to_on: date | None = None


class Cadence(Record, frozen=True, kw_only=True):
    """A standing need: `asked` a calendar month, or one on each weekday when `asked` is 0."""

    id: Identifier
    site: Identifier
    kind: Literal["permanence", "session"] = "permanence"
    asked: Count = 0
    up_to: Count = 0
    weekdays: tuple[Weekday, ...] = ()
    length: Literal["half", "am", "pm", "day"] = "half"
    min_days: Count = 1
    staff_count: Positive = 1
    skills: tuple[str, ...] = ()
    usual_staff: tuple[Identifier, ...] = ()
    partner_places: Count = 0
    history: tuple[HistoryDate, ...] = ()
    follows: Identifier | None = None
    exceptions: tuple[CadenceException, ...] = ()
    seats: Count = 0
    needs_room: bool = False
    compulsory: bool = False
    duration_minutes: Positive = 120
    offset_minutes: Count = 0


class Sequence(Record, frozen=True, kw_only=True):
    """One step of a promotion; days to the step before lie in `min_days..max_days`."""

    id: Identifier
    title: str
    from_on: date
    until_on: date
    length: Literal["half", "day"] = "half"
    duration_minutes: Positive
    offset_minutes: Count = 0
    staff_count: Positive = 1
    skills: tuple[str, ...] = ()
    needs_room: bool = True
    speaker_dates: tuple[date, ...] | None = None
    min_days: Count = 1
    max_days: Count = 31
    compulsory: bool = True
    intervention: bool = False
    done_on: date | None = None


class Promotion(Record, frozen=True, kw_only=True):
    id: Identifier
    site: Identifier
    weekday: Weekday | None = None
    half_day: HalfDay | None = None
    participants: tuple[Identifier, ...] = ()
    seats: Count
    animators_before: tuple[Identifier, ...] = ()
    sequences: tuple[Sequence, ...] = ()


class ParticipantHours(Record, frozen=True, kw_only=True):
    weekday: Weekday
    from_hour: Hour = msgspec.field(name="from")
    to_hour: Hour = msgspec.field(name="to")


class Participant(Record, frozen=True, kw_only=True):
    id: Identifier
    hours: tuple[ParticipantHours, ...] | None = None


class Interview(Record, frozen=True, kw_only=True):
    """A need for `count` interviews of `slots` slots in a row between two dates."""

    id: Identifier
    participant: Identifier | None = None
    count: Positive = 1
    kind: Literal["diagnostic", "suivi", "bilan"]
    mode: Literal["on_site", "phone", "video"] = "on_site"
    priority: Literal["normal", "urgent", "flexible"] = "normal"
    slots: Positive = 1
    from_on: date
    until_on: date
    sites: tuple[Identifier, ...] = ()
    only_in_permanence: bool = False
    referent: Identifier | None = None
    other_staff: bool = False
    leave_notice_days: Count = 0
    min_days: Count = 0
    last_on: date | None = None
    misses: Count = 0


class Pin(Record, frozen=True, kw_only=True):
    """What must stay exactly: an interview, a permanence or a session, told by its fields.

    Interview: need, on, start, site, staff. Permanence: cadence, on, half_day, staff.
    Session: promotion and sequence (or cadence and number), on, start, room, staff.
    """

    on: date
    staff: tuple[Identifier, ...]
    need: Identifier | None = None
    cadence: Identifier | None = None
    number: Positive | None = None
    promotion: Identifier | None = None
    sequence: Identifier | None = None
    half_day: HalfDay | None = None
    start: Hour | None = None
    site: Identifier | None = None
    room: Identifier | None = None


class Booked(Record, frozen=True, kw_only=True):
    """A partner's booking of one place of a permanence."""

    cadence: Identifier
    on: date
    half_day: HalfDay
    slot: Count
    place: Positive = 1


class Problem(Record, frozen=True, kw_only=True):
    """One territory and one horizon (`first_on` to `last_on`, both included)."""

    format: Literal["escale-problem/1"]
    territory: Identifier
    zone: str
    first_on: date
    last_on: date
    today_on: date | None = None
    notice_days: Count = 0
    holidays: tuple[date, ...] = ()
    default_travel_minutes: Count = 45
    weights: dict[str, Count] = {}
    tolerances: dict[str, Count] = {}
    sites: tuple[Site, ...] = ()
    travel: tuple[Travel, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    participants: tuple[Participant, ...] = ()
    interviews: tuple[Interview, ...] = ()
    pins: tuple[Pin, ...] = ()
    booked: tuple[Booked, ...] = ()
    published: Plan | None = None
