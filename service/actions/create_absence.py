"""Declare an absence, of several people in one call; the answer says on what published thing it lands.

What lies within an absence that stands is not noted a second time.
"""

from collections.abc import Iterable
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
from service.catalogue import text
from service.errors import BadInput, Conflict
from service.french_text import initials, listed

AbsenceKind = Literal["leave", "training", "unavailable"]


class NewAbsence(msgspec.Struct, frozen=True, kw_only=True):
    """The same interval for each of some people; its end is not included."""

    staff: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind = "unavailable"


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """`already` are those for whom it was noted before."""

    absences: tuple[Absence, ...]
    landed: Landed
    already: tuple[str, ...] = ()


class AlreadyNoted(Conflict):
    """For everybody named; nothing was kept."""

    code = "already-noted"
    title = "Cette absence est déjà notée"

    def __init__(self, people: Iterable[str]) -> None:
        who = listed(initials(code) for code in people)
        super().__init__(text("Ces jours sont déjà notés pour {who} : rien n’a été enregistré.", who=who))


def is_noted(known: Iterable[Absence], staff: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether all of it lies within one absence that stands."""
    return any(one.staff == staff and one.starts_at <= starts_at and ends_at <= one.ends_at for one in known)


async def create_absence(territory: Territory, wanted: NewAbsence, actor: Actor) -> Declared:
    """All of them or none. Raises `NotFoundError` on an unknown person, `Forbidden`, `BadInput`, `AlreadyNoted`."""
    if wanted.starts_at >= wanted.ends_at:
        raise BadInput("ends_at: la fin précède le début")
    people = tuple(dict.fromkeys(wanted.staff))
    now = datetime.now(UTC)

    async def work() -> Declared:
        known = await all_facts(territory.id, Absence)
        for staff in people:
            await fact(territory.id, StaffMember, staff)
            actor.must_be_for(staff)
        already = tuple(one for one in people if is_noted(known, one, wanted.starts_at, wanted.ends_at))
        if len(already) == len(people):
            raise AlreadyNoted(people)
        codes = {one.code for one in known}
        made = [_absence(territory, wanted, one, codes, actor) for one in people if one not in already]
        absences = tuple([await add_fact(territory.id, one) for one in made])
        reach = Touching(from_at=wanted.starts_at, until_at=wanted.ends_at, staff=frozenset(people))
        landed = await landed_on(territory, [reach], now)
        return Declared(absences=absences, landed=landed, already=already)

    return await in_transaction(work, territory_id=territory.id)


def _absence(territory: Territory, wanted: NewAbsence, staff: str, known: set[str], actor: Actor) -> Absence:
    on = territory.day_of(wanted.starts_at)
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
