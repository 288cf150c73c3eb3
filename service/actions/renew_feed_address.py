"""A new secret address in the place of one that was lost or seen: same feed, same device; the old one stops at once."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.feed_tokens import feed_tokens, revoke_feed_token
from db.records.feed import FeedToken
from db.transaction import in_transaction
from service.actions.make_feed_address import make_feed_address
from service.catalogue import text
from service.errors import Conflict, NotFound
from service.feed_options import FeedOptions, options_of


class AlreadyRevoked(Conflict):
    """There is nothing to renew: that address ended already."""

    code = "address-revoked"
    title = "Cette adresse ne vaut déjà plus"


async def renew_feed_address(territory_id: UUID, token_id: UUID) -> tuple[str, FeedToken]:
    """As `make_feed_address`. Whoever renews reads the address too: what only its owner may choose to see in it is
    left out, and chosen again by them. Raises `NotFound`, `AlreadyRevoked`.
    """

    async def work() -> tuple[str, FeedToken]:
        known = {one.id: one for one in await feed_tokens(territory_id)}
        old = known.get(token_id)
        if old is None:
            raise NotFound(text("Cette adresse n’existe pas."))
        if old.revoked_at is not None:
            raise AlreadyRevoked
        await revoke_feed_token(territory_id, old.id, at=datetime.now(UTC))
        shown = FeedOptions(office=options_of(old.options).office)
        return await make_feed_address(territory_id, old.kind, old.subject_id, old.device, shown)

    return await in_transaction(work, territory_id=territory_id)
