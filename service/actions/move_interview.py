"""Move an interview to another hour that the person agreed to, or confirm the hour that the plan proposed."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.assignments import assignment
from db.records.assignment import Assignment
from db.records.participant import Kind, Mode
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.agreed_need import Appointment
from service.actions.as_read import must_be_as_read
from service.actions.cancel_today import AlreadyOver
from service.actions.settle_interview import Judge, Settled, is_interview_to_come, settle
from service.errors import Conflict, NotFound


class OtherHour(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an interview; null leaves as it is."""

    starts_at: datetime | None = None
    staff: str | None = None
    site: str | None = None
    mode: Mode | None = None


async def move_interview(
    territory: Territory,
    assignment_id: UUID,
    asked: OtherHour,
    actor: Actor,
    *,
    revision: int | None = None,
    overrule: bool = False,
) -> Settled:
    """Raises what `fix_interview` does, `AlreadyOver`, and `Changed` when it is no longer at `revision`."""
    judge = Judge(actor=actor, now=datetime.now(UTC), overrule=overrule)

    async def work() -> Settled:
        before = await own_interview(territory, assignment_id, actor)
        await must_be_as_read(before, revision, _wanted(asked))
        return await settle(territory, _appointment(before, asked), judge, moved=before)

    return await in_transaction(work, territory_id=territory.id)


def _wanted(asked: OtherHour) -> dict[str, object]:
    """As a published thing has it."""
    staff = None if asked.staff is None else (asked.staff,)
    return {"starts_at": asked.starts_at, "staff": staff, "site": asked.site, "mode": asked.mode}


async def own_interview(territory: Territory, assignment_id: UUID, actor: Actor) -> Assignment:
    """An interview to come that somebody may change. Raises `NotFound`, `AlreadyOver`, `Forbidden`."""
    found = await assignment(territory.id, assignment_id)
    if found.kind != "interview":
        raise NotFound
    actor.must_be_for(*found.staff)
    if not is_interview_to_come(found):
        raise AlreadyOver
    return found


def _appointment(before: Assignment, asked: OtherHour) -> Appointment:
    if before.participant is None:
        raise Conflict("Cet entretien n’a pas encore de personne : fixez-le avec elle.")
    mode = asked.mode or before.mode or "on_site"
    moves = asked.starts_at not in (None, before.starts_at) or asked.staff is not None
    return Appointment(
        participant=before.participant,
        staff=asked.staff or before.staff[0],
        starts_at=asked.starts_at or before.starts_at,
        site=asked.site or (None if moves else before.site),
        kind=msgspec.convert(before.interview_kind or "suivi", Kind),
        mode=msgspec.convert(mode, Mode),
        slots=before.slots,
        need=before.need,
    )
