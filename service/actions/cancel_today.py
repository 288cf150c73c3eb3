"""Annuler aujourd'hui: one published thing and what lies in it, a draft of one move that is published at once."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.assignments import assignment
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.as_read import must_be_as_read
from service.actions.call_off import CalledOff, CallOff, call_off
from service.actions.cancel_reasons import must_be_listed
from service.actions.publish_move import open_move, publish_move
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

    async def work() -> CalledOff:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff)
        if found.status not in ("planned", "to_confirm") or found.ends_at <= now:
            raise AlreadyOver
        await must_be_as_read(found, revision)
        move = move_of_thing(WHAT, found, actor.label, cancelled_by=by, reason=reason)
        draft = await open_move(territory, move, actor)
        how = CallOff(by=by, reason=reason, what=WHAT, plan_id=draft.id if draft else None)
        done = await call_off(territory, [found], how, actor, now)
        await wait_again(territory, done.assignments, now)
        if draft is not None:
            await publish_move(territory, draft, actor, now)
        return done

    done = await in_transaction(work, territory_id=territory.id)
    return tuple(displaced(one) for one in sorted(done.assignments, key=lambda one: one.starts_at))


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
