"""Whom a partner oriented is somebody we know by now: under a reference, and if it was to a seat in the promotion, on that one seat."""

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


class NotConfirmed(Conflict):
    code = "not-confirmed"
    title = "Cette orientation n’est pas confirmée"


class AlreadyEnrolled(Conflict):
    code = "already-enrolled"
    title = "Cette personne est déjà inscrite"


async def enrol_oriented(
    territory: Territory, holder: Holder, orientation_id: UUID, reference: str
) -> Orientation:
    """Twice with one reference is once. Raises `NotConfirmed`, `AlreadyEnrolled`, `NotFound`."""

    async def work() -> Orientation:
        found = await own_orientation(territory, holder, orientation_id)
        if found.state != "planned":
            raise NotConfirmed("Elle est annulée, ou attend encore une place.")
        person = await _person(territory, reference)
        if found.participant_id == person.id:
            return found
        if found.participant_id is not None:
            raise AlreadyEnrolled("Une autre personne a déjà cette place : vérifiez la référence.")
        if found.promotion is not None:
            await _enter(territory, found.promotion, reference)
        linked = msgspec.structs.replace(found, participant_id=person.id)
        return await change_orientation(territory.id, linked, was="planned")

    return await in_transaction(work, territory_id=territory.id)


async def _enter(territory: Territory, code: str, reference: str) -> None:
    promotion = await fact(territory.id, Promotion, code)
    if reference not in promotion.participants:
        people = (*promotion.participants, reference)
        changed = msgspec.structs.replace(promotion, participants=people)
        await change_fact(territory.id, changed, version=promotion.version)


async def _person(territory: Territory, reference: str) -> Participant:
    try:
        found = await fact(territory.id, Participant, reference)
    except NotFoundError as error:
        raise NotFound("Aucune personne n’a cette référence dans ce territoire.") from error
    if found.erased_at is not None:
        raise NotFound("Aucune personne n’a cette référence dans ce territoire.")
    return found
