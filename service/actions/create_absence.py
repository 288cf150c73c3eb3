"""Declare an absence, of several people in one call; the answer says on what published thing it lands."""

from datetime import UTC, datetime
from typing import Literal

import msgspec

from db.queries.fact_storing import add_fact
from db.queries.facts import all_facts, fact
from db.records.staff import Absence, StaffMember
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.landed_on import Landed, Touching, landed_on
from service.actions.run_plan import local_date
from service.errors import BadInput

AbsenceKind = Literal["leave", "training", "unavailable"]


class NewAbsence(msgspec.Struct, frozen=True, kw_only=True):
    """The same interval for each of some people; its end is not included."""

    staff: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind = "unavailable"


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    absences: tuple[Absence, ...]
    landed: Landed


async def create_absence(territory: Territory, wanted: NewAbsence, actor: Actor) -> Declared:
    """All of them or none. Raises `NotFoundError` on an unknown person, `Forbidden`, `BadInput`."""
    if wanted.starts_at >= wanted.ends_at:
        raise BadInput("ends_at: la fin précède le début")
    people = tuple(dict.fromkeys(wanted.staff))
    now = datetime.now(UTC)

    async def work() -> Declared:
        known = {one.code for one in await all_facts(territory.id, Absence)}
        absences = []
        for staff in people:
            await fact(territory.id, StaffMember, staff)
            actor.must_be_for(staff)
            absences.append(await add_fact(territory.id, _absence(territory, wanted, staff, known, actor)))
        reach = Touching(from_at=wanted.starts_at, until_at=wanted.ends_at, staff=frozenset(people))
        return Declared(absences=tuple(absences), landed=await landed_on(territory, [reach], now))

    return await in_transaction(work, territory_id=territory.id)


def _absence(territory: Territory, wanted: NewAbsence, staff: str, known: set[str], actor: Actor) -> Absence:
    on = local_date(wanted.starts_at, territory.zone)
    stem = f"absence-{staff}-{on:%Y-%m-%d}"
    number = next(n for n in range(1, len(known) + 2) if _code(stem, n) not in known)
    return Absence(
        code=_code(stem, number),
        staff=staff,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        kind=wanted.kind,
        declared_by=actor.label,
    )


def _code(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"
