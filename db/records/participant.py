"""Participants by reference, their paths, and the interviews that are asked for."""

from datetime import date
from typing import Literal
from uuid import UUID

from db.records.base import Fact, HalfDay, Instant, Record
from db.records.territory import Stage

Kind = Literal["diagnostic", "suivi", "bilan"]
Mode = Literal["on_site", "phone", "video"]
Priority = Literal["normal", "urgent", "flexible"]


class Hours(Record, frozen=True, kw_only=True):
    weekday: int
    from_hour: str
    to_hour: str


class Participant(Fact, frozen=True, kw_only=True):
    """`code` is the reference. `any_hour` false: only within `hours`."""

    any_hour: bool = True
    minor: bool = False
    informed_on: date | None = None
    charter_on: date | None = None
    practical_note: str = ""
    last_contact_on: date | None = None
    erased_at: Instant | None = None
    hours: tuple[Hours, ...] = ()


class Path(Fact, frozen=True, kw_only=True):
    """`rhythm` null: nothing is asked. The fields after it say what its interviews are like."""

    programme: str
    participant: str
    referent: str | None = None
    state: Literal["running", "suspended", "ended"] = "running"
    entry_on: date | None = None
    starts_on: date | None = None
    exit_on: date | None = None
    rhythm: tuple[Stage, ...] | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    priority: Priority = "normal"
    slots: int = 1
    sites: tuple[str, ...] = ()
    only_in_permanence: bool = False
    other_staff: bool = False
    leave_notice_days: int = 0
    min_days: int = 0
    last_interview_on: date | None = None
    missed_on: date | None = None
    misses_in_a_row: int = 0
    asked_referent_at: Instant | None = None


class InterviewNeed(Fact, frozen=True, kw_only=True):
    """`needed_count` interviews between two dates, both included; `sites` in order of preference."""

    from_on: date
    until_on: date
    participant: str | None = None
    path: str | None = None
    programme: str | None = None
    referent: str | None = None
    orientation_id: UUID | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    priority: Priority = "normal"
    slots: int = 1
    needed_count: int = 1
    only_in_permanence: bool = False
    other_staff: bool = False
    leave_notice_days: int = 0
    min_days: int = 0
    last_on: date | None = None
    misses: int = 0
    origin: str = "typed"
    state: Literal["open", "met", "closed"] = "open"
    closed_at: Instant | None = None
    sites: tuple[str, ...] = ()


class Volume(Fact, frozen=True, kw_only=True):
    """`amount` follow-ups every `every_weeks` weeks, nobody named."""

    amount: int
    every_weeks: int = 1
    referent: str | None = None
    programme: str | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    priority: Priority = "normal"
    slots: int = 1
    sites: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    archived_at: Instant | None = None


class Pin(Record, frozen=True, kw_only=True):
    """What must stay exactly, told by codes; `key` tells the thing apart in its territory.

    `origin`: `coordinator`, `fixed_with_person` or `orientation`.
    """

    key: str
    kind: Literal["permanence", "session", "interview"]
    held_on: date
    staff_codes: tuple[str, ...]
    starts_hour: str | None = None
    half_day: HalfDay | None = None
    site_code: str | None = None
    room_code: str | None = None
    cadence_code: str | None = None
    promotion_code: str | None = None
    sequence_code: str | None = None
    need_code: str | None = None
    number: int | None = None
    origin: str = "coordinator"
    pinned_by: UUID | None = None
    id: UUID | None = None
    version: int = 0
