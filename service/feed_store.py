"""The feeds one process keeps: tokens and bytes, right for as long as nothing changed in the database.

Asked at most every two seconds whether something did, so that a publication or a revocation in any
process is seen here well within five. No framework's response cache, no session, no cookie.
"""

import asyncio
import gzip
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import msgspec

from calendars.writer import Feed, Kept
from db.queries.feed_bodies import feed_body, keep_feed_body
from db.queries.feed_state import feed_state
from db.queries.feed_tokens import feed_token
from db.queries.territories import territory_by_id
from db.records.feed import FeedBody, FeedState, FeedToken
from service.actions.make_feed_address import token_hash
from service.actions.read_feeds import Feeds, read_feeds
from service.edge.metrics import FEED_SECONDS
from service.errors import Gone, NotFound
from service.feed_options import PLAIN, FeedOptions, options_of
from service.feed_uses import FeedUses, Shown

ENDING = ".ics"
STATE_SECONDS = 2.0
MOST_TOKENS = 20_000
MOST_BODIES = 5_000
SECOND = timedelta(seconds=1)

Key = tuple[str, UUID, str]


class WantedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as an address, or a page that shows it, asks for it."""

    territory_id: UUID
    kind: str
    subject_id: UUID
    options: FeedOptions = PLAIN

    @property
    def key(self) -> Key:
        return self.kind, self.subject_id, self.options.variant


class ServedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes as served, plain and packed by gzip, with their validators and until when they are right."""

    body: bytes
    packed: bytes
    etag: str
    modified_at: datetime
    revision: int
    stale_at: datetime | None = None
    kept: Kept = {}

    def is_right(self, revision: int, now: datetime) -> bool:
        return self.revision == revision and (self.stale_at is None or now < self.stale_at)


class FeedStore:
    """Answers at secret addresses. `root` is the address of the service, for links in events."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._uses = FeedUses()
        self._tokens: dict[str, FeedToken] = {}
        self._bodies: dict[Key, ServedFeed] = {}
        self._readings: dict[UUID, tuple[int, Feeds]] = {}
        self._state = FeedState(revisions={}, revoked_count=0)
        self._looked_at = float("-inf")
        self._looking, self._writing = asyncio.Lock(), asyncio.Lock()

    async def serve(self, address: str, now: datetime) -> ServedFeed:
        """The feed of `<token>.ics`. Raises `NotFound`; `Gone` when it was revoked or its subject archived."""
        if not address.endswith(ENDING):
            raise NotFound
        await self._look()
        token = await self._token(token_hash(address.removesuffix(ENDING)))
        served = await self._current(_wanted(token), now)
        self._uses.note(token, Shown(served.etag, served.body), now)
        return served

    async def read(self, wanted: WantedFeed, now: datetime) -> ServedFeed:
        """The very bytes that an address of this feed gives. Raises `Gone` when its subject is archived."""
        await self._look()
        return await self._current(wanted, now)

    async def close(self) -> None:
        """Write at once who read what, while the database is still open."""
        await self._uses.close()

    def look_again(self) -> None:
        """Ask the database at the next request: this very process changed something."""
        self._looked_at = float("-inf")

    async def _current(self, wanted: WantedFeed, now: datetime) -> ServedFeed:
        revision = self._state.revisions.get(wanted.territory_id, 0)
        served = self._bodies.get(wanted.key)
        if served is None or not served.is_right(revision, now):
            async with self._writing:
                served = await self._renewed(wanted, now)
        return served

    async def _look(self) -> None:
        """Ask the database for its state, unless that was done a moment ago; one at a time asks for all."""
        if monotonic() - self._looked_at < STATE_SECONDS:
            return
        async with self._looking:
            if monotonic() - self._looked_at < STATE_SECONDS:
                return
            state, asked_at = await feed_state(), monotonic()
            if state.revoked_count != self._state.revoked_count:
                self._tokens = {}
            self._state, self._looked_at = state, asked_at

    async def _token(self, hashed: str) -> FeedToken:
        tokens = self._tokens
        token = tokens.get(hashed) or await feed_token(hashed)
        if token is None:
            raise NotFound
        if token.revoked_at is not None:
            raise Gone
        if len(tokens) >= MOST_TOKENS:
            tokens.clear()
        # Into the tokens of before the question: a revocation seen meanwhile has replaced them.
        tokens[hashed] = token
        return token

    async def _renewed(self, wanted: WantedFeed, now: datetime) -> ServedFeed:
        """What another request or process has written meanwhile, else written here."""
        key = wanted.key
        revision = self._state.revisions.get(wanted.territory_id, 0)
        served = self._bodies.get(key)
        if served is not None and served.is_right(revision, now):
            return served
        stored = await feed_body(*key)
        if stored is not None and _is_right(stored, revision, now):
            served = _served(stored, {})
        else:
            before = served.kept if served else {}
            served = await self._written(wanted, stored, revision, now, before)
        if len(self._bodies) >= MOST_BODIES:
            self._bodies.clear()
        self._bodies[key] = served
        return served

    async def _written(
        self, wanted: WantedFeed, stored: FeedBody | None, revision: int, now: datetime, before: Kept
    ) -> ServedFeed:
        feeds = await self._reading(wanted.territory_id, revision, now)
        try:
            subject = feeds.subject(wanted.kind, wanted.subject_id)
        except NotFound as gone:
            raise Gone from gone
        with FEED_SECONDS.time():
            feed = feeds.write(subject, now, wanted.options, before)
        body = FeedBody(
            kind=wanted.kind,
            subject_id=wanted.subject_id,
            variant=wanted.options.variant,
            revision=revision,
            etag=feed.etag,
            last_modified_at=_modified_at(feed, stored),
            body=feed.body,
            stale_at=feed.next_change_at,
        )
        await keep_feed_body(wanted.territory_id, body)
        return _served(body, feed.kept)

    async def _reading(self, territory_id: UUID, revision: int, now: datetime) -> Feeds:
        """One reading of the published facts serves every feed of the territory."""
        kept = self._readings.get(territory_id)
        if kept is None or kept[0] != revision:
            territory = await territory_by_id(territory_id)
            root = f"{self._root}/t/{territory.code}"
            kept = revision, await read_feeds(territory_id, now, root, kept[1] if kept else None)
            self._readings[territory_id] = kept
        return kept[1]


def _wanted(token: FeedToken) -> WantedFeed:
    return WantedFeed(
        territory_id=token.territory_id,
        kind=token.kind,
        subject_id=token.subject_id,
        options=options_of(token.options),
    )


def _is_right(stored: FeedBody, revision: int, now: datetime) -> bool:
    return stored.revision == revision and (stored.stale_at is None or now < stored.stale_at)


def _modified_at(feed: Feed, stored: FeedBody | None) -> datetime:
    """Later than before when the bytes differ (also when something only left), the same when they do not."""
    if stored is None:
        return feed.modified_at
    if stored.etag == feed.etag:
        return stored.last_modified_at
    return max(feed.modified_at, stored.last_modified_at + SECOND)


def _served(body: FeedBody, kept: Kept) -> ServedFeed:
    return ServedFeed(
        body=body.body,
        packed=gzip.compress(body.body, 3, mtime=0),
        etag=body.etag,
        modified_at=body.last_modified_at,
        revision=body.revision,
        stale_at=body.stale_at,
        kept=kept,
    )
