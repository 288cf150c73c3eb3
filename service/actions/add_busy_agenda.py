"""A person's own agenda, by its address: checked, sealed, kept; the next run of the job reads it."""

from uuid import UUID

from db.queries.busy_sources import add_busy_source
from db.records.busy import BusySource
from service.accounts.master_key import MasterKeys
from service.busy.address_seal import seal_address
from service.busy.fetch import normal_address
from service.errors import BadInput


async def add_busy_agenda(
    keys: MasterKeys, territory_id: UUID, staff: str, *, name: str, address: str
) -> BusySource:
    """Raises `BadInput` on what is no web address, `NotFoundError` on an unknown person."""
    try:
        normal = normal_address(address)
    except ValueError as error:
        raise BadInput("L’adresse de l’agenda doit commencer par https:// ou webcal://.") from error
    sealed = seal_address(keys, territory_id, staff, normal)
    return await add_busy_source(territory_id, staff, kind="url", name=name, address_sealed=sealed)
