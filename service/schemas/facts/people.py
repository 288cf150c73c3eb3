"""Participants by reference, their paths, interview needs, volumes; partners."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from service.schemas.base import (
    END,
    Archivable,
    Code,
    Count,
    Days,
    Few,
    Hour,
    Incoming,
    Mail,
    Name,
    Phone,
    Weekday,
)
from service.schemas.facts.dates import in_order, once
from service.schemas.facts.places import StageBody
from service.schemas.facts.practical_note import refuse_personal

Reference = Annotated[str, msgspec.Meta(pattern=rf"^[A-Z]{{2}}[0-9]{{4}}{END}")]
"""Of a participant: as the house gives them, so that no name, birth date or écrou number can be one."""
Kind = Literal["diagnostic", "suivi", "bilan"]
Mode = Literal["on_site", "phone", "video"]
Priority = Literal["normal", "urgent", "flexible"]
Slots = Annotated[int, msgspec.Meta(ge=1, le=12)]
Note = Annotated[str, msgspec.Meta(max_length=80)]
Sites = Annotated[tuple[Code, ...], Few]


class HoursBody(Incoming, frozen=True, kw_only=True):
    """Hours of a weekday in which the person may come."""

    weekday: Weekday
    from_hour: Hour
    to_hour: Hour

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_hour=self.from_hour, to_hour=self.to_hour, apart=True)


class ParticipantBody(Incoming, frozen=True, kw_only=True):
    """Nothing but what planning needs. `any_hour` false: only within `hours`."""

    any_hour: bool = True
    minor: bool = False
    informed_on: date | None = None
    charter_on: date | None = None
    practical_note: Note = ""
    hours: Annotated[tuple[HoursBody, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_personal(self.practical_note)


class PathBody(Incoming, frozen=True, kw_only=True):
    """A participant in a programme; `rhythm` null: nothing is asked."""

    programme: Code
    participant: Code
    referent: Code | None = None
    state: Literal["running", "suspended", "ended"] = "running"
    entry_on: date | None = None
    starts_on: date | None = None
    exit_on: date | None = None
    rhythm: Annotated[tuple[StageBody, ...], Few] | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    priority: Priority = "normal"
    slots: Slots = 1
    sites: Sites = ()
    only_in_permanence: bool = False
    other_staff: bool = False
    leave_notice_days: Days = 0
    min_days: Days = 0
    last_interview_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        once("sites", self.sites)
        in_order(entry_on=self.entry_on, exit_on=self.exit_on)


class NeedBody(Incoming, frozen=True, kw_only=True):
    """`needed_count` interviews between two dates, both included; `sites` in order of preference."""

    from_on: date
    until_on: date
    participant: Code | None = None
    path: Code | None = None
    programme: Code | None = None
    referent: Code | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    priority: Priority = "normal"
    slots: Slots = 1
    needed_count: Annotated[int, msgspec.Meta(ge=1, le=200)] = 1
    only_in_permanence: bool = False
    other_staff: bool = False
    leave_notice_days: Days = 0
    min_days: Days = 0
    last_on: date | None = None
    misses: Count = 0
    state: Literal["open", "met", "closed"] = "open"
    sites: Sites = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("sites", self.sites)
        in_order(from_on=self.from_on, until_on=self.until_on)
        if self.participant is not None and self.needed_count > 1:
            raise ValueError("needed_count: one, when a participant is named")


class VolumeBody(Archivable, frozen=True, kw_only=True):
    """`amount` follow-ups every `every_weeks` weeks, nobody named."""

    amount: Annotated[int, msgspec.Meta(ge=0, le=200)]
    every_weeks: Annotated[int, msgspec.Meta(ge=1, le=52)] = 1
    referent: Code | None = None
    programme: Code | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    priority: Priority = "normal"
    slots: Slots = 1
    sites: Sites = ()
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        once("sites", self.sites)
        in_order(from_on=self.from_on, until_on=self.until_on)


class PartnerSiteBody(Incoming, frozen=True, kw_only=True):
    """A site opened to a partner; null hours: those of the partner."""

    site: Code
    lead_hours: Count | None = None
    cut_off_hours: Count | None = None
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_on=self.from_on, until_on=self.until_on)


class PartnerBody(Archivable, frozen=True, kw_only=True):
    """`convention` says what the partner learns afterwards."""

    name: Name
    kind: Name = "spip"
    email: Mail | None = None
    phone: Phone | None = None
    convention: Annotated[dict[Code, bool | int | str | None], Few] = {}
    lead_hours: Count = 24
    cut_off_hours: Count = 0
    sites: Annotated[tuple[PartnerSiteBody, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("sites", tuple(one.site for one in self.sites))
