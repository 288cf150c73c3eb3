"""What a solve proposes: assignments, what is left out and why, and how good it is.

Assignments are told apart by their need, never by an index: a permanence by (cadence, on,
half_day), a session by (promotion, sequence) or (cadence, number), an interview by (need, number).
"""

from datetime import date
from typing import Any, Literal

from planner.records import HalfDay, Identifier, Instant, Positive, Record, Total

LEVEL_NAMES = (
    "unmet_sessions",
    "unmet_permanences",
    "unmet_urgent",
    "changes",
    "unmet_rest",
    "continuity",
    "fairness",
    "comfort",
)
"""The eight goals, in the order in which each is settled before the next."""
PRESSING, ORDINARY = LEVEL_NAMES[:4], LEVEL_NAMES[4:]
"""Those that are settled soon, each by itself; those that are looked at together before they are proven."""


class PlannedPermanence(Record, frozen=True, kw_only=True):
    cadence: Identifier
    on: date
    half_day: HalfDay
    staff: tuple[Identifier, ...]


class PlannedSession(Record, frozen=True, kw_only=True):
    """A sequence of a promotion (`promotion`, `sequence`) or an open session (`cadence`, `number`)."""

    starts_at: Instant
    ends_at: Instant
    site: Identifier
    staff: tuple[Identifier, ...]
    room: Identifier | None = None
    promotion: Identifier | None = None
    sequence: Identifier | None = None
    cadence: Identifier | None = None
    number: Positive | None = None


class OfficeHalfDay(Record, frozen=True, kw_only=True):
    staff: Identifier
    site: Identifier
    on: date
    half_day: HalfDay


class PlannedInterview(Record, frozen=True, kw_only=True):
    """`site` is null for a telephone or video interview."""

    need: Identifier
    starts_at: Instant
    ends_at: Instant
    staff: Identifier
    number: Positive = 1
    site: Identifier | None = None


Assignment = PlannedPermanence | PlannedSession | OfficeHalfDay | PlannedInterview


class Reason(Record, frozen=True, kw_only=True):
    """Why something is left out: a code of the message catalogue and the facts it speaks of."""

    code: str
    facts: tuple[dict[str, Any], ...] = ()


class Unplaced(Record, frozen=True, kw_only=True):
    reason: Reason
    count: Positive = 1
    need: Identifier | None = None
    cadence: Identifier | None = None
    promotion: Identifier | None = None
    sequence: Identifier | None = None


class Level(Record, frozen=True, kw_only=True):
    """Value and proven bound of one goal; the bound holds for plans no worse on earlier levels."""

    name: str
    value: Total
    bound: Total = 0
    status: Literal["optimal", "bounded", "not_reached"] = "not_reached"


class Plan(Record, frozen=True, kw_only=True):
    """A month: what happens when, where, with whom. Every list is sorted by its identifying key."""

    format: Literal["escale-plan/1"] = "escale-plan/1"
    problem_sha256: str = ""
    permanences: tuple[PlannedPermanence, ...] = ()
    sessions: tuple[PlannedSession, ...] = ()
    office: tuple[OfficeHalfDay, ...] = ()
    interviews: tuple[PlannedInterview, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    levels: tuple[Level, ...] = ()
    overruled: tuple[dict[str, Any], ...] = ()
