"""Whether somebody may see or touch a participant: a coordinator everybody, staff those they follow or meet."""

from datetime import UTC, datetime, timedelta

from db.errors import NotFoundError
from db.queries.own_participants import own_participants
from db.records.territory import Territory
from service.actions.actor import Actor

MET_WITHIN = timedelta(days=60)
"""Whom one met that lately is still one's own: to note who came, to fix the next date."""


async def visible_participants(territory: Territory, actor: Actor) -> frozenset[str] | None:
    """References that somebody may see; null is no limit."""
    if actor.only_staff is None:
        return None
    since_on = (datetime.now(UTC) - MET_WITHIN).date()
    return await own_participants(territory.id, actor.only_staff, since_on=since_on)


async def must_see(territory: Territory, actor: Actor, participant: str) -> None:
    """Raises `NotFoundError` when that participant is not theirs: that there is one is not told."""
    seen = await visible_participants(territory, actor)
    if seen is not None and participant not in seen:
        raise NotFoundError("participant", "(…)")
