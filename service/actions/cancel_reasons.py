"""The territory's list of reasons for calling something off."""

from db.records.territory import Territory
from service.errors import BadInput
from service.territory_settings import living_settings


def must_be_listed(territory: Territory, reason: str) -> None:
    """Raises `BadInput` on a reason that the territory does not know."""
    known = living_settings(territory).cancel_reasons
    if reason not in known:
        raise BadInput(f"reason: {', '.join(known)}")
