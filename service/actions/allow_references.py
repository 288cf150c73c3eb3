"""Lets references of participants into feeds whose owners ask for them, or keeps them out of all."""

import msgspec

from db.errors import StaleVersionError
from db.queries.territories import change_territory
from db.records.territory import Territory
from service.actions.read_feeds import REFERENCES_SETTING
from service.errors import StaleVersion


async def allow_references(territory: Territory, *, allowed: bool) -> Territory:
    """Seen by every feed of the territory within seconds. Raises `StaleVersion`."""
    settings = {**territory.settings, REFERENCES_SETTING: allowed}
    try:
        return await change_territory(msgspec.structs.replace(territory, settings=settings))
    except StaleVersionError as error:
        raise StaleVersion("Quelqu’un d’autre l’a changé entre-temps.", version=error.found) from error
