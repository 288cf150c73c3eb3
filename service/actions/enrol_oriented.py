"""Whom a partner oriented to a seat is somebody we know by now: in the promotion under a reference, on one seat."""

from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.orientations import change_orientation
from db.records.cadence import Promotion
from db.records.orientation import Orientation
from db.records.participant import Participant
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.cancel_orientation import own_orientation
from service.errors import Conflict, NotFound
from service.partners.holder import Holder


class NotSeated(Conflict):
    code = "not-seated"
    title = "Cette orientation n’a pas de place dans une promotion"


class AlreadyEnrolled(Conflict):
    code = "already-enrolled"
    title = "Cette personne est déjà inscrite"


async def enrol_oriented(
    territory: Territory, holder: Holder, orientation_id: UUID, reference: str
) -> Orientation:
    """Twice with one reference is once. Raises `NotSeated`, `AlreadyEnrolled`, `NotFound`."""

    async def work() -> Orientation:
        found = await own_orientation(territory, holder, orientation_id)
        if found.promotion is None or found.state != "planned":
            raise NotSeated("Seule une place prise dans une promotion peut y inscrire quelqu’un.")
        person = await _person(territory, reference)
        if found.participant_id == person.id:
            return found
        if found.participant_id is not None:
            raise AlreadyEnrolled("Une autre personne a déjà cette place : vérifiez la référence.")
        promotion = await fact(territory.id, Promotion, found.promotion)
        if reference not in promotion.participants:
            people = (*promotion.participants, reference)
            changed = msgspec.structs.replace(promotion, participants=people)
            await change_fact(territory.id, changed, version=promotion.version)
        linked = msgspec.structs.replace(found, participant_id=person.id)
        return await change_orientation(territory.id, linked, was="planned")

    return await in_transaction(work, territory_id=territory.id)


async def _person(territory: Territory, reference: str) -> Participant:
    try:
        found = await fact(territory.id, Participant, reference)
    except NotFoundError as error:
        raise NotFound("Aucune personne n’a cette référence dans ce territoire.") from error
    if found.erased_at is not None:
        raise NotFound("Aucune personne n’a cette référence dans ce territoire.")
    return found
