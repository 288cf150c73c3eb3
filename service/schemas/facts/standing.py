"""Cadences with their exceptions, promotions with their sequences."""

from datetime import date
from typing import Annotated, Literal

from service.schemas.base import (
    Archivable,
    Code,
    Count,
    Days,
    Few,
    HalfDay,
    Incoming,
    Length,
    Line,
    Minutes,
    Name,
    Positive,
    Weekday,
)
from service.schemas.facts.dates import in_order, once


class ExceptionBody(Incoming, frozen=True, kw_only=True):
    """One occurrence moved to another date, or dropped when `to_on` is null."""

    from_on: date
    to_on: date | None = None
    said_by: Line | None = None


class HistoryBody(Incoming, frozen=True, kw_only=True):
    """A date held before the house knew of it."""

    held_on: date
    half_day: HalfDay


class CadenceBody(Archivable, frozen=True, kw_only=True):
    """`asked` a month (and `up_to` more), or one on each given weekday; `length` half is morning or afternoon."""

    name: Name
    site: Code
    programme: Code | None = None
    kind: Literal["permanence", "session"] = "permanence"
    sort: Line | None = None
    asked: Count = 0
    up_to: Count = 0
    weekdays: Annotated[tuple[Weekday, ...], Few] = ()
    length: Literal["half", "am", "pm", "day"] = "half"
    min_days: Days = 1
    staff_count: Positive = 1
    skills: Annotated[tuple[Name, ...], Few] = ()
    partner_places: Count = 0
    follows: Code | None = None
    seats: Count = 0
    needs_room: bool = False
    compulsory: bool = False
    duration_minutes: Length = 120
    offset_minutes: Minutes = 0
    from_on: date | None = None
    until_on: date | None = None
    position: Count = 0
    usual_staff: Annotated[tuple[Code, ...], Few] = ()
    exceptions: Annotated[tuple[ExceptionBody, ...], Few] = ()
    history: Annotated[tuple[HistoryBody, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("weekdays", self.weekdays)
        once("usual_staff", self.usual_staff)
        once("exceptions", tuple(one.from_on for one in self.exceptions))
        once("history", self.history)
        in_order(from_on=self.from_on, until_on=self.until_on)


class SequenceBody(Incoming, frozen=True, kw_only=True):
    """One step: its window, its length, who leads or speaks, days since the step before."""

    code: Code
    title: Name
    from_on: date
    until_on: date
    length: Literal["half", "day"] = "half"
    duration_minutes: Length = 120
    offset_minutes: Minutes = 0
    staff_count: Positive = 1
    skills: Annotated[tuple[Name, ...], Few] = ()
    needs_room: bool = True
    speaker: Code | None = None
    speaker_name: Line | None = None
    speaker_dates: Annotated[tuple[date, ...], Few] | None = None
    min_days: Days = 1
    max_days: Days = 31
    compulsory: bool = True
    intervention: bool = False
    done_on: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_order(from_on=self.from_on, until_on=self.until_on)
        if self.max_days < self.min_days:
            raise ValueError("max_days: below min_days")


class PromotionBody(Archivable, frozen=True, kw_only=True):
    """A cohort and its ordered steps; participants by reference."""

    name: Name
    site: Code
    seats: Count
    programme: Code | None = None
    weekday: Weekday | None = None
    half_day: HalfDay | None = None
    open_to_partners: bool = False
    state: Literal["planned", "running", "ended"] = "planned"
    sequences: Annotated[tuple[SequenceBody, ...], Few] = ()
    participants: Annotated[tuple[Code, ...], Few] = ()
    animators_before: Annotated[tuple[Code, ...], Few] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        once("sequences", tuple(one.code for one in self.sequences))
        once("participants", self.participants)
        once("animators_before", self.animators_before)
