"""Agenda addresses are secrets: sealed before they reach the database, opened only to fetch."""

from uuid import UUID

from service.accounts.master_key import MasterKeys


def seal_address(keys: MasterKeys, territory_id: UUID, staff: str, address: str) -> bytes:
    """Bound to the person: moved to another row it does not open."""
    return keys.seal(address.encode(), address_context(territory_id, staff))


def open_address(keys: MasterKeys, territory_id: UUID, staff: str, sealed: bytes) -> str:
    """Raises `NotOpened`."""
    return keys.open(sealed, address_context(territory_id, staff)).decode()


def address_context(territory_id: UUID | str, staff: str) -> str:
    return f"agenda {territory_id} {staff}"
