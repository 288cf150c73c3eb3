"""What an explanation speaks of: records that a person entered, never variables."""

from datetime import date
from typing import Literal

from planner.records import HalfDay, Record

FactKind = Literal[
    "absence",
    "busy",
    "meeting",
    "pattern",
    "authorisation",
    "skill",
    "opening",
    "opening_hours",
    "closure",
    "holiday",
    "access_notice",
    "notice",
    "window",
    "hours",
    "leave_notice",
    "weekday",
    "half_day",
    "previous",
    "spacing",
    "speaker_dates",
    "room",
    "places",
    "partner_places",
    "booking",
    "contract",
    "protected",
    "exception",
    "pin",
    "published",
    "placed",
]
"""In the order in which facts are told. `placed` is an assignment that nobody decided."""

RANK: dict[str, int] = {kind: rank for rank, kind in enumerate(FactKind.__args__)}  # type: ignore[attr-defined]


class Fact(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One record: its kind and what tells it from others of its kind.

    `about` is the id of an absence, closure, meeting, need, cadence or room, "promotion/sequence", the
    skill, the period of a contract limit (day, week, month), or the name of an assignment.
    """

    kind: FactKind
    about: str = ""
    site: str = ""
    staff: str = ""
    on: date | None = None
    weekday: int | None = None
    half_day: HalfDay | None = None

    @property
    def order(self) -> tuple[object, ...]:
        when = self.on.isoformat() if self.on else ""
        return (
            RANK[self.kind],
            self.site,
            self.staff,
            self.about,
            when,
            self.weekday or 0,
            self.half_day or "",
        )


Condition = frozenset[Fact]
"""A breach stands while all of these facts are in force."""

Family = frozenset[Condition]
"""The breaches of one placement: it is blocked while one of them stands. Empty: nothing blocks it."""
