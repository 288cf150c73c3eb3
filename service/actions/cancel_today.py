"""Annuler aujourd'hui: published things and what lies in them, a draft of one move that is published at once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.assignments import assignment
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.as_read import must_be_as_read
from service.actions.call_off import CallOff, call_off
from service.actions.cancel_reasons import must_be_listed, whose
from service.actions.publish_move import open_move, publish_move, standing_version
from service.actions.wait_again import wait_again
from service.errors import Conflict
from service.territory_settings import REASONS as DEFAULT_REASONS
from service.translate.cancelled import Canceller
from service.translate.quick_move import move_of_thing

WHAT = "cancelled_today"
REASONS = tuple(DEFAULT_REASONS)
"""Empêchement du site, absence, transport, autre: used where a territory has no list of its own."""


class AlreadyOver(Conflict):
    """Held, cancelled, or past."""

    code = "already-over"
    title = "Ce rendez-vous est déjà passé ou annulé"


class Displaced(msgspec.Struct, frozen=True, kw_only=True):
    """One thing called off, the nearest in time first: who held it and, by reference, who was to come."""

    id: UUID
    kind: str
    starts_at: datetime
    site: str | None
    staff: tuple[str, ...]
    participant: str | None


async def cancel_today(
    territory: Territory,
    assignment_id: UUID,
    actor: Actor,
    *,
    reason: str,
    by: Canceller = "us",
    revision: int | None = None,
) -> tuple[Displaced, ...]:
    """What was called off, interviews of a permanence included: these wait for another place.

    Raises `NotFoundError`, `AlreadyOver`, `BadInput` on a reason that is not in the territory's list, and
    `Changed` when it is no longer at `revision`.
    """
    must_be_listed(territory, reason)
    now = datetime.now(UTC)

    async def work() -> list[Assignment]:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff)
        if not _is_ahead(found, now):
            raise AlreadyOver
        await must_be_as_read(found, revision)
        return await _publish_without(
            territory, [found], actor, CallOff(by=whose(reason, by), reason=reason, what=WHAT), now
        )

    return _in_order(await in_transaction(work, territory_id=territory.id))


async def cancel_all_today(
    territory: Territory,
    assignment_ids: Sequence[UUID],
    actor: Actor,
    *,
    reason: str,
    by: Canceller = "us",
) -> tuple[Displaced, ...]:
    """Several things in one version; what is over or called off already stays as it is.

    One version for each that promises some of them. Raises `NotFoundError`, `Forbidden`, `BadInput`.
    """
    must_be_listed(territory, reason)
    now = datetime.now(UTC)

    async def work() -> list[Assignment]:
        groups: dict[UUID | None, list[UUID]] = {}
        for one in [await assignment(territory.id, wanted) for wanted in assignment_ids]:
            actor.must_be_for(*one.staff)
            version = await standing_version(territory, one.held_on, one.kind)
            groups.setdefault(version.id if version else None, []).append(one.id)
        gone: list[Assignment] = []
        for ids in groups.values():
            still = [
                one for one in [await assignment(territory.id, each) for each in ids] if _is_ahead(one, now)
            ]
            how = CallOff(by=whose(reason, by), reason=reason, what=WHAT)
            gone += await _publish_without(territory, still, actor, how, now) if still else []
        return gone

    return _in_order(await in_transaction(work, territory_id=territory.id))


def _is_ahead(one: Assignment, now: datetime) -> bool:
    return one.status in ("planned", "to_confirm") and one.ends_at > now


async def _publish_without(
    territory: Territory, found: Sequence[Assignment], actor: Actor, how: CallOff, now: datetime
) -> list[Assignment]:
    """What went, guests included: all of `found` stands in one version, or in none."""
    first, *others = found
    together = tuple(one.id for one in others)
    move = move_of_thing(how.what, first, actor.label, together, cancelled_by=how.by, reason=how.reason)
    draft = await open_move(territory, move, actor)
    how = msgspec.structs.replace(how, plan_id=draft.id if draft else None)
    done = await call_off(territory, found, how, actor, now)
    await wait_again(territory, done.assignments, now)
    if draft is not None:
        await publish_move(territory, draft, actor, now)
    return list(done.assignments)


def _in_order(gone: Iterable[Assignment]) -> tuple[Displaced, ...]:
    return tuple(displaced(one) for one in sorted(gone, key=lambda one: one.starts_at))


def displaced(one: Assignment) -> Displaced:
    """What people are told of it."""
    return Displaced(
        id=one.id,
        kind=one.kind,
        starts_at=one.starts_at,
        site=one.site,
        staff=one.staff,
        participant=one.participant,
    )
