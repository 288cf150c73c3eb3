"""Telephone numbers of people, where the territory keeps them and they may be written to."""

from db.queries.vault import vault_of
from service.accounts.kept_keys import kept_keys
from service.pages.context import AnyRequest
from service.pages.phone.seat import Seat
from service.privacy.vault import keeps_contacts, may_be_written_to, open_contact
from service.settings import Settings


async def numbers_of(request: AnyRequest, seat: Seat, references: set[str]) -> dict[str, str]:
    """By reference; a minor without their agreement, or anybody without a number, is left out."""
    if not keeps_contacts(seat.visit.territory) or not references:
        return {}
    settings: Settings = request.app.state.settings
    keys = await kept_keys(settings.keys_path)
    found = {}
    for person in seat.facts.participants:
        if person.code in references and person.id is not None:
            contact = open_contact(keys, await vault_of(person.id))
            if contact.phone and may_be_written_to(contact, minor=person.minor):
                found[person.code] = contact.phone
    return found
