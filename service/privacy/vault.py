"""What a territory may choose to keep of a person beside their reference: sealed under a key of their own.

The person's key is wrapped by the master key. Destroying the wrapped key makes every copy of the
sealed fields unreadable, in backups too.
"""

import re
from uuid import UUID

import msgspec

from db.records.territory import Territory
from db.records.vault import Vault
from service.accounts.master_key import MasterKeys, NotOpened, new_key, open_with, seal_with
from service.errors import BadInput, Unavailable
from service.mail.outbox import is_address

LONGEST_NAME = 60
NO_KEY = "La clé qui ouvre les coordonnées n’est pas sur cette machine."
_PHONE = re.compile(r"^\+?[0-9][0-9 .]{5,18}[0-9]\Z")


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """`messages_agreed` is a minor's own exception: without it they get neither mail nor SMS."""

    name: str = ""
    phone: str = ""
    email: str = ""
    messages_agreed: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.phone or self.email)


def keeps_contacts(territory: Territory) -> bool:
    """Whether the territory chose to keep names and contacts; most keep none."""
    return territory.settings.get("contacts") is True


def may_be_written_to(contact: Contact, *, minor: bool) -> bool:
    """No mail, no SMS to a minor unless it was agreed with them and noted."""
    return not minor or contact.messages_agreed


def refuse_unsafe_contact(contact: Contact) -> None:
    """Raises `BadInput` naming the field, never its value."""
    if len(contact.name) > LONGEST_NAME or not all(one.isprintable() for one in contact.name):
        raise BadInput(f"Nom d’usage : {LONGEST_NAME} caractères au plus, sur une ligne.", field="name")
    if contact.phone and not _PHONE.match(contact.phone):
        raise BadInput("Téléphone : des chiffres, par exemple 06 12 34 56 78.", field="phone")
    if contact.email and not is_address(contact.email):
        raise BadInput("Courriel : cette adresse n’en est pas une.", field="email")


def seal_contact(keys: MasterKeys, participant_id: UUID, contact: Contact, before: Vault | None) -> Vault:
    """The person's key stays when there is one. Raises `Unavailable` when it does not open."""
    key = _person_key(keys, before) if before and before.wrapped_key else new_key()
    return Vault(
        participant_id=participant_id,
        master_key_id=keys.current_id,
        wrapped_key=keys.seal(key, key_context(participant_id)),
        sealed=seal_with(key, msgspec.json.encode(contact), _context(participant_id)),
    )


def open_contact(keys: MasterKeys, vault: Vault | None) -> Contact:
    """Empty when nothing is kept. Raises `Unavailable` when the master key is not the right one."""
    if vault is None or vault.wrapped_key is None or vault.sealed is None:
        return Contact()
    try:
        content = open_with(_person_key(keys, vault), vault.sealed, _context(vault.participant_id))
    except NotOpened as error:
        raise Unavailable(NO_KEY) from error
    return msgspec.json.decode(content, type=Contact)


def _person_key(keys: MasterKeys, vault: Vault) -> bytes:
    try:
        return keys.open(vault.wrapped_key or b"", key_context(vault.participant_id))
    except NotOpened as error:
        raise Unavailable(NO_KEY) from error


def key_context(participant_id: UUID | str) -> str:
    return f"participant key {participant_id}"


def _context(participant_id: UUID) -> str:
    return f"participant {participant_id}"
