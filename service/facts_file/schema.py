"""The shape of a facts file: what a territory knows of itself, dates relative to a planned month.

Codes are lasting names, unique in their list. A date is an expression of `service.relative_dates`;
lines such as openings and table blocks are read by `service.facts_file.lines` and `.tables`.
"""

from typing import Annotated, Literal

import msgspec

Kind = Literal["permanence", "session"]
HalfDay = Literal["am", "pm"]
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Department = Annotated[str, msgspec.Meta(pattern=r"^(\d{2,3}|2A|2B)$")]


class FactsRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen record that refuses keys it does not know."""


class TerritoryEntry(FactsRecord, frozen=True, kw_only=True):
    """`department` decides the public holidays; the month is planned on `planned_on`.

    `contact` and `contact_telephone` are whom partners and the people they orient may call.
    """

    code: Code
    name: Name
    department: Department
    zone: str = "Europe/Paris"
    default_travel_minutes: Count = 45
    notice_days: Count = 0
    planned_on: str = "previous month 20"
    contact: str = ""
    contact_telephone: str = ""


class ProgrammeEntry(FactsRecord, frozen=True, kw_only=True):
    code: Code
    name: Name
    funders: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    length_months: Positive | None = None
    individual_target_percent: Count | None = None
    collective_target_percent: Count | None = None


class StageEntry(FactsRecord, frozen=True, kw_only=True):
    """An interview every `every` weeks, for `weeks` weeks from the entry (null: to the end)."""

    every: Positive
    tolerance: Count = 0
    weeks: Positive | None = None


class RhythmEntry(FactsRecord, frozen=True, kw_only=True):
    code: Code
    stages: tuple[StageEntry, ...]


class RoomEntry(FactsRecord, frozen=True, kw_only=True):
    code: Code
    seats: Count
    name: str = ""


class ClosureEntry(FactsRecord, frozen=True, kw_only=True):
    code: Code
    from_on: str = msgspec.field(name="from")
    until_on: str = msgspec.field(name="until")
    half_day: HalfDay | None = None
    reason: str = ""
    said_by: str = ""


class SiteEntry(FactsRecord, frozen=True, kw_only=True):
    """`openings` are lines such as "tuesday pm 14:00-17:00 slots 45"."""

    code: Code
    name: Name
    short: str
    kind: str
    neutral_name: str | None = None
    address: str = ""
    directions: str = ""
    telephone: str = ""
    contact_email: str | None = None
    detained: bool = False
    phones_outside: bool = False
    partner_premises: bool = False
    access_list: bool = False
    demands_accreditation: bool = False
    access_notice_days: Count = 0
    far: bool = False
    interview_places: Count = 99
    rooms: tuple[RoomEntry, ...] = ()
    openings: tuple[str, ...] = ()
    closures: tuple[ClosureEntry, ...] = ()


class AccreditationEntry(FactsRecord, frozen=True, kw_only=True):
    """Valid from and until given dates (null: without limit); renewal asked on a date."""

    site: str
    from_on: str | None = msgspec.field(default=None, name="from")
    until_on: str | None = msgspec.field(default=None, name="until")
    asked_on: str | None = msgspec.field(default=None, name="asked")


class AbsenceEntry(FactsRecord, frozen=True, kw_only=True):
    """Whole days, or one half-day of each day; never a reason of health."""

    kind: Literal["leave", "training", "unavailable"]
    from_on: str = msgspec.field(name="from")
    until_on: str | None = msgspec.field(default=None, name="until")
    half_day: HalfDay | None = None


class StaffEntry(FactsRecord, frozen=True, kw_only=True):
    """`pattern` lines: "monday-friday am 08:30-13:00 field"; `wishes`: "avoid friday pm"."""

    code: Code
    name: Name
    job: str
    base: str | None = None
    etp_percent: Count = 100
    skills: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    accredited: tuple[str, ...] = ()
    accreditations: tuple[AccreditationEntry, ...] = ()
    absences: tuple[AbsenceEntry, ...] = ()
    wishes: tuple[str, ...] = ()
    max_half_days_week: Count = 10
    max_half_days_month: Count = 50
    protected_half_days: Count = 0


class ExceptionEntry(FactsRecord, frozen=True, kw_only=True):
    """One occurrence moved to another date, or dropped when `to` is left out."""

    on: str
    to_on: str | None = msgspec.field(default=None, name="to")


class CadenceEntry(FactsRecord, frozen=True, kw_only=True):
    """A standing need for permanences or open sessions.

    `sort` says what an open session is: workshop, sport, outing. `history`: "pm previous month 18".
    """

    code: Code
    name: Name
    site: str
    kind: Kind = "permanence"
    programme: str | None = None
    sort: str | None = None
    asked: Count = 0
    up_to: Count = 0
    weekdays: tuple[str, ...] = ()
    length: Literal["half", "am", "pm", "day"] = "half"
    min_days: Count = 1
    staff_count: Positive = 1
    skills: tuple[str, ...] = ()
    usual_staff: tuple[str, ...] = ()
    partner_places: Count = 0
    follows: str | None = None
    history: tuple[str, ...] = ()
    exceptions: tuple[ExceptionEntry, ...] = ()
    seats: Count = 0
    needs_room: bool = False
    compulsory: bool = False
    duration_minutes: Positive = 120
    offset_minutes: Count = 0


class SequenceEntry(FactsRecord, frozen=True, kw_only=True):
    """One step of a promotion; with a speaker it falls on one of `speaker_dates`."""

    code: Code
    title: str
    from_on: str = msgspec.field(default="month-start", name="from")
    until_on: str = msgspec.field(default="month-end", name="until")
    length: Literal["half", "day"] = "half"
    duration_minutes: Positive = 120
    offset_minutes: Count = 0
    staff_count: Positive = 2
    skills: tuple[str, ...] = ()
    needs_room: bool = True
    speaker: str | None = None
    speaker_dates: tuple[str, ...] | None = None
    min_days: Count = 1
    max_days: Count = 31
    compulsory: bool = True
    intervention: bool = False
    done_on: str | None = None


class SpeakerEntry(FactsRecord, frozen=True, kw_only=True):
    """An outside speaker; `name` may be a function, nobody need be named."""

    code: Code
    name: Name
    organisation: str | None = None


class PromotionEntry(FactsRecord, frozen=True, kw_only=True):
    code: Code
    name: Name
    site: str
    programme: str
    weekday: str | None = None
    half_day: HalfDay | None = None
    seats: Count
    open_to_partners: bool = False
    participants: tuple[str, ...] = ()
    animators_before: tuple[str, ...] = ()
    sequences: tuple[SequenceEntry, ...]


class PartnerEntry(FactsRecord, frozen=True, kw_only=True):
    """A service that orients people to the sites opened to it, at the latest `lead_hours` before."""

    code: Code
    name: Name
    kind: str = "spip"
    email: str | None = None
    telephone: str | None = None
    sites: tuple[str, ...] = ()
    lead_hours: Count = 24
    learns: Literal["first", "nothing", "presence", "path"] = "first"


class MeetingEntry(FactsRecord, frozen=True, kw_only=True):
    """A fixed time and named staff; `on` may name several dates or "every monday"."""

    code: Code
    title: str
    on: str | tuple[str, ...]
    from_hour: str = msgspec.field(name="from")
    until_hour: str = msgspec.field(name="until")
    staff: tuple[str, ...]
    site: str | None = None


class FactsFile(FactsRecord, frozen=True, kw_only=True):
    """One territory; `hours`, `travel`, `participants` and `needs` are written as lines."""

    territory: TerritoryEntry
    programmes: tuple[ProgrammeEntry, ...] = ()
    rhythms: tuple[RhythmEntry, ...] = ()
    sites: tuple[SiteEntry, ...] = ()
    travel: tuple[str, ...] = ()
    staff: tuple[StaffEntry, ...] = ()
    cadences: tuple[CadenceEntry, ...] = ()
    promotions: tuple[PromotionEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    speakers: tuple[SpeakerEntry, ...] = ()
    partners: tuple[PartnerEntry, ...] = ()
    hours: dict[str, tuple[str, ...]] = {}
    participants: str = ""
    needs: str = ""
