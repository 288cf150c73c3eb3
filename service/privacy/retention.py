"""How long things are kept, by territory: what would go today, and its going."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from db.queries.aging import aged_labels, aged_participants, aged_problems, erase_labels, forget_problem
from db.queries.erasure import erase_participant
from db.queries.sessions import forget_sessions
from db.queries.territories import all_territories
from db.queries.trail import age_trail
from db.records.territory import Territory

MONTH = timedelta(days=30.44)


class Lifetimes(msgspec.Struct, frozen=True, kw_only=True):
    """`settings["retention"]` of a territory; what it does not say has these defaults."""

    participants_months: int = 24
    orientations_days: int = 30
    trail_months: int = 12
    problems_days: int = 90


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What has had its time: references, ids of orientations and of plans. Nothing is changed by reading it."""

    participants: tuple[str, ...] = ()
    labels: tuple[UUID, ...] = ()
    problems: tuple[UUID, ...] = ()


def lifetimes_of(territory: Territory) -> Lifetimes:
    return msgspec.convert(territory.settings.get("retention", {}), Lifetimes)


async def due_in(territory: Territory, now: datetime) -> Due:
    """The dry run."""
    lifetimes = lifetimes_of(territory)
    return Due(
        participants=await aged_participants(
            territory.id, before_at=now - lifetimes.participants_months * MONTH
        ),
        labels=await aged_labels(territory.id, before_at=now - timedelta(days=lifetimes.orientations_days)),
        problems=await aged_problems(territory.id, before_at=now - timedelta(days=lifetimes.problems_days)),
    )


async def apply_retention(now: datetime) -> dict[str, int]:
    """Does it in every territory; how many of each."""
    counts = {"participants": 0, "labels": 0, "problems": 0}
    months = []
    for territory in await all_territories():
        due = await due_in(territory, now)
        for reference in due.participants:
            await erase_participant(territory.id, reference, at=now)
        await erase_labels(due.labels, at=now)
        for plan_id in due.problems:
            await forget_problem(plan_id)
        counts["participants"] += len(due.participants)
        counts["labels"] += len(due.labels)
        counts["problems"] += len(due.problems)
        months.append(lifetimes_of(territory).trail_months)
    # One trail for the house: the longest of the territories' lifetimes holds.
    counts["trail"] = await age_trail(before_at=now - max(months, default=12) * MONTH)
    counts["sessions"] = await forget_sessions(before_at=now - timedelta(days=30))
    return counts
