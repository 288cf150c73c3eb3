"""Somebody else takes a published half-day, with the interviews in it: a draft of one move, published at once.

Offered are only people who are free, authorised and announced there: for whom no rule speaks against it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.errors import AlreadyThereError, RefusedError
from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignment, assignments_of
from db.queries.facts import pins
from db.queries.pin_storing import put_pin
from db.records.assignment import Assignment, Write
from db.records.territory import Territory
from db.transaction import in_transaction, snapshot
from service.actions.actor import Actor
from service.actions.cancel_today import AlreadyOver
from service.actions.landed_on import STANDING
from service.actions.publish_move import open_move, publish_move
from service.actions.settle_interview import PlaceTaken, read_living
from service.actions.told_broken import told_broken
from service.errors import BadInput
from service.translate.draft import Lost
from service.translate.living import broken_with
from service.translate.quick_move import move_of_thing

WHAT = "replaced"
TOLERATED = frozenset({"frozen", "interview_staff", "workload"})
"""Of a morning's replacement: that it changes what is near, that a referent is replaced, that somebody does more."""


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """The half-day and its interviews as they stand now, and the rules that this breaks by decision."""

    assignments: tuple[Assignment, ...]
    broken: tuple[Lost, ...] = ()


async def replacements_for(
    territory: Territory, assignment_id: UUID, actor: Actor, *, leaving: str | None = None
) -> tuple[str, ...]:
    """Codes of the people who may come in the place of one who leaves. Raises `NotFoundError`, `AlreadyOver`."""
    now = datetime.now(UTC)
    async with snapshot():
        found, guests = await _standing(territory, assignment_id, actor, now)
        living = await read_living(territory, found.held_on, now)
    gone = _leaving(found, leaving)
    others = [one for one in living.problem.staff if one.id not in found.staff]
    archived = {one.code for one in living.snapshot.facts.staff if one.archived_at is not None}
    return tuple(
        one.id
        for one in others
        if one.id not in archived
        and not broken_with(living, _swaps((found, *guests), gone, one.id), but=TOLERATED)
    )


async def replace_today(
    territory: Territory,
    assignment_id: UUID,
    coming: str,
    actor: Actor,
    *,
    leaving: str | None = None,
    overrule: bool = False,
) -> Replaced:
    """Raises `NotFoundError`, `AlreadyOver`, `Forbidden`, `BreaksRules` (a coordinator may overrule), `PlaceTaken`."""
    now = datetime.now(UTC)

    async def work() -> Replaced:
        found, guests = await _standing(territory, assignment_id, actor, now)
        gone = _leaving(found, leaving)
        actor.must_be_for(gone)
        living = await read_living(territory, found.held_on, now)
        if coming not in {one.id for one in living.problem.staff} or coming in found.staff:
            raise BadInput("coming: une autre personne de l’équipe")
        broken = broken_with(living, _swaps((found, *guests), gone, coming), but=TOLERATED)
        if broken and (not overrule or actor.only_staff is not None):
            raise await told_broken(territory, actor, broken)
        moving = [found, *(one for one in guests if gone in one.staff)]
        draft = await open_move(territory, move_of_thing(WHAT, found, actor.label, coming=coming), actor)
        author = actor.author(now, draft.id if draft else None)
        await _write(territory, moving, (gone, coming), author, broken)
        if draft is not None:
            await publish_move(territory, draft, actor, now)
        ids = tuple(one.id for one in moving)
        return Replaced(assignments=await assignments_of(territory.id, Wanted(ids=ids)), broken=broken)

    try:
        return await in_transaction(work, territory_id=territory.id)
    except (AlreadyThereError, RefusedError) as error:
        raise PlaceTaken from error


async def _standing(
    territory: Territory, assignment_id: UUID, actor: Actor, now: datetime
) -> tuple[Assignment, list[Assignment]]:
    found = await assignment(territory.id, assignment_id)
    actor.must_be_for(*found.staff)
    if found.status not in STANDING or found.ends_at <= now:
        raise AlreadyOver
    guests = await assignments_of(territory.id, Wanted(host_ids=(found.id,)))
    return found, [one for one in guests if one.status in STANDING]


def _leaving(found: Assignment, leaving: str | None) -> str:
    if leaving is None and len(found.staff) == 1:
        return found.staff[0]
    if leaving is None or leaving not in found.staff:
        raise BadInput("leaving: une des personnes qui y sont publiées")
    return leaving


def _swaps(things: Iterable[Assignment], gone: str, coming: str) -> dict[str, tuple[str, ...]]:
    """Staff by key of each item that changes hands."""
    return {one.key: _swapped(one.staff, gone, coming) for one in things if gone in one.staff}


def _swapped(staff: Sequence[str], gone: str, coming: str) -> tuple[str, ...]:
    return tuple(coming if one == gone else one for one in staff)


async def _write(
    territory: Territory,
    moving: Sequence[Assignment],
    hands: tuple[str, str],
    author: Author,
    broken: tuple[Lost, ...],
) -> None:
    decided = tuple(msgspec.to_builtins(one) for one in broken)
    writes = [
        Write(
            id=one.id,
            content=msgspec.structs.replace(content_of(one), staff=_swapped(one.staff, *hands)),
            what=WHAT,
            overruled=decided,
        )
        for one in moving
    ]
    await write_assignments(territory.id, writes, author)
    keys = {one.key for one in moving}
    for pin in await pins(territory.id):
        if pin.key in keys:
            staff = _swapped(pin.staff_codes, *hands)
            await put_pin(territory.id, msgspec.structs.replace(pin, staff_codes=staff), at=author.at)
