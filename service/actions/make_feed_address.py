"""A new secret address of a feed: shown once, kept only as a hash."""

import hashlib
import secrets
from uuid import UUID

from db.queries.feed_tokens import add_feed_token
from db.records.feed import FeedToken
from service.feed_options import PLAIN, FeedOptions

TOKEN_BYTES = 24
"""192 random bits."""


async def make_feed_address(
    territory_id: UUID, kind: str, subject_id: UUID, device: str, options: FeedOptions = PLAIN
) -> tuple[str, FeedToken]:
    """The token, which nothing keeps, and its row. `device` is a name its owner chose; its scope is fixed."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = await add_feed_token(
        territory_id,
        token_hash=token_hash(token),
        kind=kind,
        subject_id=subject_id,
        device=device,
        options=options.stored(),
    )
    return token, row


def token_hash(token: str) -> str:
    """Random tokens need no salt: nothing shorter than they are leads to the hash."""
    return hashlib.sha256(token.encode()).hexdigest()
