"""Answers at a secret address: from the kept bytes while nothing changed, else written anew."""

from datetime import datetime
from typing import NamedTuple

from db.queries.feed_bodies import feed_body, keep_feed_body
from db.queries.feed_tokens import feed_token, note_feed_use
from db.queries.territories import territory_by_id
from db.records.feed import FeedBody, FeedToken
from service.actions.make_feed_address import token_hash
from service.actions.read_feeds import read_feeds
from service.errors import Gone, NotFound

ENDING = ".ics"


class ServedFeed(NamedTuple):
    body: bytes
    etag: str
    modified_at: datetime


async def serve_feed(address: str, now: datetime, root: str) -> ServedFeed:
    """The feed of `<token>.ics`. Raises `NotFound`, `Gone` when revoked."""
    if not address.endswith(ENDING):
        raise NotFound
    token = await feed_token(token_hash(address.removesuffix(ENDING)))
    if token is None:
        raise NotFound
    if token.revoked_at is not None:
        raise Gone
    served = await _kept(token, now) or await _written(token, now, root)
    await note_feed_use(token.id, at=now)
    return served


def _variant(token: FeedToken) -> str:
    return "references" if token.options.get("references") else "plain"


async def _kept(token: FeedToken, now: datetime) -> ServedFeed | None:
    """The bytes of an earlier reading, while they are still right."""
    kept = await feed_body(token.kind, token.subject_id, _variant(token))
    territory = await territory_by_id(token.territory_id)
    revision = territory.published_revision + territory.facts_revision
    if kept is None or kept.revision != revision or (kept.stale_at is not None and kept.stale_at <= now):
        return None
    return ServedFeed(kept.body, kept.etag, kept.last_modified_at)


async def _written(token: FeedToken, now: datetime, root: str) -> ServedFeed:
    territory = await territory_by_id(token.territory_id)
    feeds = await read_feeds(token.territory_id, now, f"{root}/t/{territory.code}/planning")
    subject = feeds.subject(token.kind, token.subject_id)
    feed = feeds.write(subject, now, references=_variant(token) == "references")
    body = FeedBody(
        kind=token.kind,
        subject_id=token.subject_id,
        variant=_variant(token),
        revision=territory.published_revision + territory.facts_revision,
        etag=feed.etag,
        last_modified_at=feed.modified_at,
        body=feed.body,
        stale_at=feed.next_change_at,
    )
    await keep_feed_body(token.territory_id, body)
    return ServedFeed(feed.body, feed.etag, feed.modified_at)
