"""What has had its time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.states import ENDED_PLANS
from db.tables.assignment import Assignment
from db.tables.participant import Participant
from db.tables.partner import Orientation
from db.tables.plan import Plan, PlanFile
from db.transaction import transaction


async def aged_participants(territory_id: UUID, *, before_at: datetime) -> tuple[str, ...]:
    """References of those whose last contact (or interview, or entry here) is older; erased ones left out."""
    rows = await Participant.select().where(
        (Participant.territory == territory_id) & Participant.erased_at.is_null()
    )
    recent = await Assignment.select(Assignment.participant).where(
        (Assignment.territory == territory_id)
        & Assignment.participant.is_not_null()
        & (Assignment.starts_at >= before_at)
    )
    met = {row["participant"] for row in recent}
    limit = before_at.date()
    return tuple(
        sorted(
            row["code"]
            for row in rows
            if row["id"] not in met and (row["last_contact_on"] or row["created_at"].date()) < limit
        )
    )


async def aged_labels(territory_id: UUID, *, before_at: datetime) -> tuple[UUID, ...]:
    """Orientations whose label is older than its appointment allows; a seat's is the promotion's first session."""
    table: Any = Orientation
    rows = await table.select(
        table.id,
        table.promotion,
        table.created_at,
        table.cancelled_at,
        table.assignment.ends_at.as_alias("ends_at"),
    ).where((table.territory == territory_id) & table.label_erased_at.is_null())
    firsts = await _first_sessions(sorted({row["promotion"] for row in rows if row["promotion"]}, key=str))
    return tuple(row["id"] for row in rows if _ended_at(row, firsts, before_at) < before_at)


async def _first_sessions(promotions: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the first published session of each ends."""
    if not promotions:
        return {}
    table = Assignment
    found = (
        await table.select(table.promotion, table.ends_at)
        .where(table.promotion.is_in(list(promotions)) & (table.status != "cancelled"))
        .order_by(table.ends_at, ascending=False)
    )
    return {row["promotion"]: row["ends_at"] for row in found}


def _ended_at(row: dict[str, Any], firsts: dict[UUID, datetime], never: datetime) -> datetime:
    """`never` for a seat in a promotion of which nothing is published yet."""
    if row["promotion"] is not None:
        ended: datetime = firsts.get(row["promotion"]) or row["cancelled_at"] or never
    else:
        ended = row["ends_at"] or row["cancelled_at"] or row["created_at"]
    return ended


async def erase_labels(ids: Sequence[UUID], *, at: datetime) -> None:
    """The label and who was named beside it."""
    table = Orientation
    async with transaction():
        for id_ in ids:
            await table.update(
                {table.label: "", table.officer: None, table.officer_phone: None, table.label_erased_at: at}
            ).where(table.id == id_)


async def aged_problems(territory_id: UUID, *, before_at: datetime) -> tuple[UUID, ...]:
    """Plans that ended long ago (superseded, withdrawn, discarded, failed, cancelled) whose files are still there."""
    table: Any = PlanFile
    rows = await table.select(table.plan).where(
        (table.plan.territory == territory_id)
        & table.plan.state.is_in([state.value for state in ENDED_PLANS])
        & (table.plan.updated_at < before_at)
    )
    return tuple(sorted({row["plan"] for row in rows}, key=str))


async def forget_problem(plan_id: UUID) -> None:
    """The files that name participants; figures and items of the plan stay."""
    async with transaction():
        await PlanFile.delete().where(PlanFile.plan == plan_id)
        await Plan.update({Plan.problem_sha256: None}).where(Plan.id == plan_id)
