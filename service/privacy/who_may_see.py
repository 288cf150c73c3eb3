"""Whose pages a staff member may open: of those they follow, and of those whom they meet next."""

from datetime import datetime

from db.queries.assignments import Wanted, assignments_of
from db.records.facts import Facts
from service.edge.identity import Identity
from service.errors import NotFound

COMING = ("planned", "to_confirm")


async def refuse_others(identity: Identity | None, facts: Facts, reference: str, now: datetime) -> None:
    """Raises `NotFound` for who neither coordinates, nor follows the person, nor holds their next interview."""
    if all(one.code != reference for one in facts.participants):
        raise NotFound("Cette personne n’existe pas ici.")
    if identity is not None and identity.role == "coordinator":
        return
    staff = identity.staff_code if identity is not None else None
    if staff is None or not (
        _follows(facts, staff, reference) or await _is_next(facts, staff, reference, now)
    ):
        raise NotFound("Cette personne n’existe pas ici.")


def _follows(facts: Facts, staff: str, reference: str) -> bool:
    return any(
        path.referent == staff and path.participant == reference and path.state != "ended"
        for path in facts.paths
    )


async def _is_next(facts: Facts, staff: str, reference: str, now: datetime) -> bool:
    coming = Wanted(from_on=facts.territory.day_of(now), participant=reference, statuses=COMING)
    next_one = next(
        (one for one in await assignments_of(facts.territory.id, coming) if one.ends_at >= now), None
    )
    return next_one is not None and staff in next_one.staff
