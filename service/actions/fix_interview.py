"""Fix the next date with the person: an interview inside a published half-day, at once and without a new version."""

from datetime import UTC, datetime

from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.agreed_need import Appointment
from service.actions.own_people import must_see
from service.actions.settle_interview import Judge, Settled, settle


async def fix_interview(
    territory: Territory, asked: Appointment, actor: Actor, *, overrule: bool = False
) -> Settled:
    """Raises `NoHalfDay`, `PlaceTaken`, `BreaksRules` (`overrule` is a coordinator's), `NotFoundError`."""
    judge = Judge(actor=actor, now=datetime.now(UTC), overrule=overrule)

    async def work() -> Settled:
        await must_see(territory, actor, asked.participant)
        return await settle(territory, asked, judge)

    return await in_transaction(work, territory_id=territory.id)
