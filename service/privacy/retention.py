"""How long things are kept, by territory: what would go today, and its going."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from db.queries.aging import aged_labels, aged_participants, aged_problems, erase_labels, forget_problem
from db.queries.kept_answers import forget_answers
from db.queries.one_time_links import forget_links
from db.queries.outbox import aged_mails, forget_mails
from db.queries.sessions import forget_sessions
from db.queries.territories import all_territories
from db.queries.trail import age_trail, aged_trail
from db.records.territory import Territory
from service.privacy.erasing import erase_person
from service.privacy.lifetimes import DEFAULTS, Lifetimes

MONTH = timedelta(days=30.44)


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What has had its time: references, ids of orientations and of plans, counts. Nothing is changed by reading it."""

    participants: tuple[str, ...] = ()
    labels: tuple[UUID, ...] = ()
    problems: tuple[UUID, ...] = ()
    trail_count: int = 0
    mails_count: int = 0


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
        trail_count=await aged_trail(
            before_at=now - lifetimes.trail_months * MONTH, territory_id=territory.id
        ),
        mails_count=await aged_mails(territory.id, before_at=now - lifetimes.trail_months * MONTH),
    )


async def apply_retention(now: datetime, memory: Path) -> dict[str, int]:
    """Does it in every territory, each erasure remembered in `memory` first; how many of each."""
    counts = {"participants": 0, "labels": 0, "problems": 0, "trail": 0, "mails": 0}
    longest = 0
    for territory in await all_territories():
        due, lifetimes = await due_in(territory, now), lifetimes_of(territory)
        for reference in due.participants:
            await erase_person(territory.id, reference, memory)
        await erase_labels(due.labels, at=now)
        for plan_id in due.problems:
            await forget_problem(plan_id)
        counts["participants"] += len(due.participants)
        counts["labels"] += len(due.labels)
        counts["problems"] += len(due.problems)
        before_at = now - lifetimes.trail_months * MONTH
        counts["trail"] += await age_trail(before_at=before_at, territory_id=territory.id)
        counts["mails"] += await forget_mails(territory.id, before_at=before_at)
        longest = max(longest, lifetimes.trail_months)
    # What happened outside of any territory (signing in): the longest of their lifetimes holds.
    house_before_at = now - (longest or DEFAULTS.trail_months) * MONTH
    counts["trail"] += await age_trail(before_at=house_before_at)
    counts["mails"] += await forget_mails(None, before_at=house_before_at)
    await forget_answers(now=now)
    counts["links"] = await forget_links(before_at=now - timedelta(days=30))
    counts["sessions"] = await forget_sessions(before_at=now - timedelta(days=30))
    return counts
