"""The territory's list of reasons for calling something off."""

from db.records.territory import Territory
from service.errors import BadInput
from service.territory_settings import SITE_REASONS, living_settings
from service.translate.cancelled import Canceller


def must_be_listed(territory: Territory, reason: str) -> None:
    """Raises `BadInput` on a reason that the territory does not know."""
    known = living_settings(territory).cancel_reasons
    if reason not in known:
        raise BadInput(f"reason: {', '.join(known)}")


def whose(reason: str, by: Canceller) -> Canceller:
    """An impediment of the site is the site's, whoever of the team notes it."""
    return "site" if by == "us" and reason in SITE_REASONS else by
