"""Keep, change or empty what lies sealed of one person."""

from uuid import UUID

from db.errors import NotFoundError
from db.queries.facts import fact
from db.queries.vault import keep_vault, vault_of
from db.records.participant import Participant
from db.records.territory import Territory
from db.transaction import in_transaction
from service.accounts.master_key import MasterKeys
from service.errors import Forbidden, NotFound
from service.privacy.vault import Contact, keeps_contacts, open_contact, refuse_unsafe_contact, seal_contact


async def keep_contact(territory: Territory, reference: str, contact: Contact, keys: MasterKeys) -> None:
    """Raises `Forbidden` where the territory keeps none, `NotFound`, `BadInput`, `Unavailable`."""
    if not keeps_contacts(territory):
        raise Forbidden("Ce territoire a choisi de ne garder aucune coordonnée.")
    refuse_unsafe_contact(contact)

    async def work() -> None:
        participant_id = await _id_of(territory, reference)
        before = await vault_of(participant_id)
        held = open_contact(keys, before)
        fields = tuple(
            name for name in Contact.__struct_fields__ if getattr(held, name) != getattr(contact, name)
        )
        if fields:
            sealed = seal_contact(keys, participant_id, contact, before)
            await keep_vault(territory.id, reference, sealed, fields)

    await in_transaction(work, territory_id=territory.id)


async def _id_of(territory: Territory, reference: str) -> UUID:
    try:
        found = (await fact(territory.id, Participant, reference)).id
    except NotFoundError as error:
        raise NotFound("Cette personne n’existe pas ici.") from error
    assert found is not None
    return found
