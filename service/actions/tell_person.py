"""Prévenu: tick that somebody was told of a change, with the hour; a slip is taken back."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from db.queries.assignment_events import last_events_of
from db.queries.assignments import assignment
from db.queries.told import Ticked, tick, ticked, untick
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor

LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def tell_person(
    territory: Territory, assignment_id: UUID, recipient: str, actor: Actor, *, told: bool = True
) -> None:
    """`recipient` is a kind and a code, as site/gagny. Raises `NotFoundError`, `Forbidden`."""

    async def work() -> None:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff, *(one.staff for one in found.former_staff))
        if told:
            now, since = datetime.now(UTC), (await _last_news([found]))[found.id]
            await tick(territory.id, found.id, recipient, by=actor.account_id, at=now, since=since)
        else:
            await untick(territory.id, found.id, recipient)

    await in_transaction(work, territory_id=territory.id)


async def told_by_now(territory: Territory, things: Iterable[Assignment]) -> tuple[Ticked, ...]:
    """Who was told of the last that happened to each of them: who heard of a delay knows nothing of what came after it."""
    news = await _last_news(things)
    done = await ticked(territory.id, list(news))
    return tuple(one for one in done if one.told_at >= news[one.assignment_id])


async def _last_news(things: Iterable[Assignment]) -> dict[UUID, datetime]:
    """Of each, what happened to the half-day that it lies in included."""
    hosts = {one.id: one.host_id for one in things}
    at = await last_events_of([*hosts, *(host for host in hosts.values() if host is not None)])
    return {
        one: max(at.get(one, LONG_AGO), at.get(host, LONG_AGO) if host else LONG_AGO)
        for one, host in hosts.items()
    }
