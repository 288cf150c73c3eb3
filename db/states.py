"""The life of a plan: its states, and which step leads from which to which.

Room service imports this table; the database is moved only along it, by compare-and-set.
"""

from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    SOLVING = "solving"
    READY = "ready"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"

    @property
    def is_open(self) -> bool:
        """Whether another step can follow."""
        return bool(PLAN_STEPS[self])


PLAN_STEPS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PUBLISHED, PlanState.DISCARDED}),
    PlanState.QUEUED: frozenset({PlanState.SOLVING, PlanState.CANCELLED}),
    PlanState.SOLVING: frozenset(
        {PlanState.READY, PlanState.FAILED, PlanState.INTERRUPTED, PlanState.CANCELLED}
    ),
    PlanState.READY: frozenset({PlanState.PUBLISHED, PlanState.DISCARDED}),
    PlanState.FAILED: frozenset(),
    PlanState.INTERRUPTED: frozenset({PlanState.QUEUED}),
    PlanState.CANCELLED: frozenset(),
    PlanState.PUBLISHED: frozenset({PlanState.SUPERSEDED, PlanState.WITHDRAWN}),
    PlanState.SUPERSEDED: frozenset(),
    PlanState.WITHDRAWN: frozenset(),
    PlanState.DISCARDED: frozenset(),
}

ACTIVE_PLANS = (PlanState.QUEUED, PlanState.SOLVING, PlanState.INTERRUPTED)
"""Requested and not over: one for a territory and horizon at a time."""

ENDED_PLANS = tuple(state for state in PlanState if not state.is_open)
"""Nothing follows: superseded, withdrawn, discarded, failed, cancelled."""

EDITABLE_PLANS = (PlanState.DRAFT, PlanState.READY)


def allows(before: PlanState, after: PlanState) -> bool:
    """Whether a plan may step from one state to the other."""
    return after in PLAN_STEPS[before]


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PlaceState(StrEnum):
    HELD = "held"
    BOOKED = "booked"
    PUBLISHED = "published"
