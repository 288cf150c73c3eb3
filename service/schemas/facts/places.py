"""Sites with rooms and openings, closures, travel, programmes."""

from datetime import date
from typing import Annotated

from service.schemas.base import (
    Archivable,
    Code,
    Count,
    Days,
    Few,
    HalfDay,
    Hour,
    Incoming,
    Length,
    Line,
    Lines,
    Mail,
    Minutes,
    Name,
    Phone,
    Positive,
    Weekday,
)
from service.schemas.facts.dates import in_order, once


class RoomBody(Incoming, frozen=True, kw_only=True):
    code: Code
    name: Line = ""
    seats: Count = 0


class OpeningBody(Incoming, frozen=True, kw_only=True):
    """Hours of one half-day of a weekday (1 is Monday), cut into slots; both dates included."""

    weekday: Weekday
    half_day: HalfDay
    from_hour: Hour
    to_hour: Hour
    slot_minutes: Length = 60
    buffer_minutes: Minutes = 0
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_hour=self.from_hour, to_hour=self.to_hour, apart=True)
        in_order(from_on=self.from_on, until_on=self.until_on)


class SiteBody(Archivable, frozen=True, kw_only=True):
    """`kind` is a label; what rules read are the properties after it."""

    name: Name
    kind: Name
    short_name: Line = ""
    neutral_name: Name | None = None
    address: Lines = ""
    directions: Lines = ""
    phone: Phone | None = None
    contact_name: Name | None = None
    contact_email: Mail | None = None
    gate_margin_minutes: Minutes = 0
    holds_detained: bool = False
    phones_outside: bool = False
    of_partner: bool = False
    demands_accreditation: bool = False
    asks_access_list: bool = False
    access_notice_days: Days = 0
    far: bool = False
    open_on_holidays: bool = False
    interview_places: Count = 99
    position: Count = 0
    rooms: Annotated[tuple[RoomBody, ...], Few] = ()
    openings: Annotated[tuple[OpeningBody, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("rooms", tuple(one.code for one in self.rooms))


class ClosureBody(Incoming, frozen=True, kw_only=True):
    """Both dates included; `half_day` null: both. `said_by`: who said so."""

    site: Code
    from_on: date
    until_on: date
    half_day: HalfDay | None = None
    reason: Line | None = None
    said_by: Line | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_on=self.from_on, until_on=self.until_on)


class TravelBody(Incoming, frozen=True, kw_only=True):
    """Minutes from one site to another; the way back too unless it is given."""

    from_site: Code
    to_site: Code
    minutes: Minutes


class HolidayBody(Incoming, frozen=True, kw_only=True):
    """A day that is a holiday here though no calendar says so, or the reverse."""

    held_on: date
    is_holiday: bool = True
    name: Line = ""
    said_by: Line | None = None


class StageBody(Incoming, frozen=True, kw_only=True):
    """Every `every_weeks` weeks, up to `tolerance_weeks` later, until a date or for so many weeks."""

    every_weeks: Positive = 1
    tolerance_weeks: Count = 0
    until_on: date | None = None
    for_weeks: Positive | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tolerance_weeks >= self.every_weeks:
            raise ValueError("tolerance_weeks: not below every_weeks")


class ProgrammeBody(Archivable, frozen=True, kw_only=True):
    """`rhythm` is what its paths start with; `targets` are percentages or counts by name."""

    name: Name
    funder: Line | None = None
    departements: Annotated[tuple[Code, ...], Few] = ()
    valid_from_on: date | None = None
    valid_until_on: date | None = None
    length_days: Count | None = None
    targets: Annotated[dict[Code, Count], Few] = {}
    rhythm: Annotated[tuple[StageBody, ...], Few] = ()
    position: Count = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(valid_from_on=self.valid_from_on, valid_until_on=self.valid_until_on)
