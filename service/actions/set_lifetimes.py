"""Set how long a territory keeps things, and whether it keeps contacts of participants at all."""

import msgspec

from db.queries.territories import change_territory, territory_by_code
from db.queries.vault import empty_vaults
from db.records.territory import Territory
from db.transaction import in_transaction
from service.errors import BadInput
from service.privacy.lifetimes import Lifetimes
from service.privacy.vault import keeps_contacts


async def set_lifetimes(code: str, lifetimes: dict[str, int], *, contacts: bool) -> Territory:
    """Giving up contacts destroys those that are kept. Raises `BadInput` on a length out of bounds."""
    try:
        wanted = msgspec.convert(lifetimes, Lifetimes)
    except msgspec.ValidationError as error:
        raise BadInput("Une durée est hors de ses limites.") from error

    async def work() -> Territory:
        territory = await territory_by_code(code)
        if keeps_contacts(territory) and not contacts:
            await empty_vaults(territory.id)
        settings = {**territory.settings, "retention": msgspec.to_builtins(wanted), "contacts": contacts}
        return await change_territory(msgspec.structs.replace(territory, settings=settings))

    return await in_transaction(work)
