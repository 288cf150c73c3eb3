"""The shape of a facts file: what a territory knows of itself, dates relative to a planned month.

Codes are lasting names, unique in their list. A date is an expression of `service.relative_dates`;
lines such as openings and table blocks are read by `service.facts_file.lines` and `.tables`.
"""

from typing import Literal

import msgspec

Kind = Literal["permanence", "session"]
HalfDay = Literal["am", "pm"]


class FactsRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen record that refuses keys it does not know."""


class TerritoryEntry(FactsRecord, frozen=True, kw_only=True):
    """`department` decides the public holidays; the month is planned on `planned_on`."""

    code: str
    name: str
    department: str
    zone: str = "Europe/Paris"
    default_travel_minutes: int = 45
    notice_days: int = 0
    planned_on: str = "previous month 20"


class ProgrammeEntry(FactsRecord, frozen=True, kw_only=True):
    code: str
    name: str
    funders: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    length_months: int | None = None
    individual_target_percent: int | None = None
    collective_target_percent: int | None = None


class StageEntry(FactsRecord, frozen=True, kw_only=True):
    """An interview every `every` weeks, for `weeks` weeks from the entry (null: to the end)."""

    every: int
    tolerance: int = 0
    weeks: int | None = None


class RhythmEntry(FactsRecord, frozen=True, kw_only=True):
    code: str
    stages: tuple[StageEntry, ...]


class RoomEntry(FactsRecord, frozen=True, kw_only=True):
    code: str
    seats: int
    name: str = ""


class ClosureEntry(FactsRecord, frozen=True, kw_only=True):
    code: str
    from_on: str = msgspec.field(name="from")
    until_on: str = msgspec.field(name="until")
    half_day: HalfDay | None = None
    reason: str = ""
    said_by: str = ""


class SiteEntry(FactsRecord, frozen=True, kw_only=True):
    """`openings` are lines such as "tuesday pm 14:00-17:00 slots 45"."""

    code: str
    name: str
    short: str
    kind: str
    address: str = ""
    telephone: str = ""
    detained: bool = False
    phones_outside: bool = False
    partner_premises: bool = False
    access_list: bool = False
    demands_accreditation: bool = False
    access_notice_days: int = 0
    far: bool = False
    interview_places: int = 99
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

    code: str
    name: str
    job: str
    base: str | None = None
    etp_percent: int = 100
    skills: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    accredited: tuple[str, ...] = ()
    accreditations: tuple[AccreditationEntry, ...] = ()
    absences: tuple[AbsenceEntry, ...] = ()
    wishes: tuple[str, ...] = ()
    max_half_days_week: int = 10
    max_half_days_month: int = 50
    protected_half_days: int = 0


class ExceptionEntry(FactsRecord, frozen=True, kw_only=True):
    """One occurrence moved to another date, or dropped when `to` is left out."""

    on: str
    to_on: str | None = msgspec.field(default=None, name="to")


class CadenceEntry(FactsRecord, frozen=True, kw_only=True):
    """A standing need for permanences or open sessions.

    `sort` says what an open session is: workshop, sport, outing. `history`: "pm previous month 18".
    """

    code: str
    name: str
    site: str
    kind: Kind = "permanence"
    programme: str | None = None
    sort: str | None = None
    asked: int = 0
    up_to: int = 0
    weekdays: tuple[str, ...] = ()
    length: Literal["half", "am", "pm", "day"] = "half"
    min_days: int = 1
    staff_count: int = 1
    skills: tuple[str, ...] = ()
    usual_staff: tuple[str, ...] = ()
    partner_places: int = 0
    follows: str | None = None
    history: tuple[str, ...] = ()
    exceptions: tuple[ExceptionEntry, ...] = ()
    seats: int = 0
    needs_room: bool = False
    compulsory: bool = False
    duration_minutes: int = 120
    offset_minutes: int = 0


class SequenceEntry(FactsRecord, frozen=True, kw_only=True):
    """One step of a promotion; with a speaker it falls on one of `speaker_dates`."""

    code: str
    title: str
    from_on: str = msgspec.field(default="month-start", name="from")
    until_on: str = msgspec.field(default="month-end", name="until")
    length: Literal["half", "day"] = "half"
    duration_minutes: int = 120
    offset_minutes: int = 0
    staff_count: int = 2
    skills: tuple[str, ...] = ()
    needs_room: bool = True
    speaker: str | None = None
    speaker_dates: tuple[str, ...] | None = None
    min_days: int = 1
    max_days: int = 31
    compulsory: bool = True
    intervention: bool = False
    done_on: str | None = None


class SpeakerEntry(FactsRecord, frozen=True, kw_only=True):
    """An outside speaker; `name` may be a function, nobody need be named."""

    code: str
    name: str
    organisation: str | None = None


class PromotionEntry(FactsRecord, frozen=True, kw_only=True):
    code: str
    name: str
    site: str
    programme: str
    weekday: str | None = None
    half_day: HalfDay | None = None
    seats: int
    participants: tuple[str, ...] = ()
    animators_before: tuple[str, ...] = ()
    sequences: tuple[SequenceEntry, ...]


class MeetingEntry(FactsRecord, frozen=True, kw_only=True):
    """A fixed time and named staff; `on` may name several dates or "every monday"."""

    code: str
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
    hours: dict[str, tuple[str, ...]] = {}
    participants: str = ""
    needs: str = ""
