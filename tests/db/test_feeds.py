"""Addresses of feeds and their kept bytes."""

from datetime import timedelta

import msgspec
import pytest

from db.errors import AlreadyThereError, NotFoundError
from db.queries.feed_bodies import feed_body, keep_feed_body
from db.queries.feed_tokens import add_feed_token, feed_token, feed_tokens, note_feed_uses, revoke_feed_token
from db.records.feed import FeedBody, FeedToken
from db.records.territory import Territory
from tests.db.assignments import LATER, NOON
from tests.db.facts import make_territory

pytestmark = pytest.mark.usefixtures("database")


async def _token(territory: Territory, token_hash: str = "h1", device: str = "Téléphone") -> FeedToken:
    return await add_feed_token(
        territory.id, token_hash=token_hash, kind="territory", subject_id=territory.id, device=device
    )


async def test_an_address_is_found_by_the_hash_of_its_token_alone():
    territory = await make_territory()
    token = await _token(territory)
    assert await feed_token("h1") == token
    assert await feed_token("h2") is None
    with pytest.raises(AlreadyThereError):
        await _token(territory)


async def test_each_device_is_revoked_alone_and_for_ever():
    territory, other = await make_territory(), await make_territory("var")
    phone, desk = await _token(territory), await _token(territory, "h2", "Bureau")
    with pytest.raises(NotFoundError):
        await revoke_feed_token(other.id, phone.id, at=NOON)
    revoked = await revoke_feed_token(territory.id, phone.id, at=NOON)
    assert revoked.revoked_at == NOON
    assert (await revoke_feed_token(territory.id, phone.id, at=LATER)).revoked_at == NOON
    found = await feed_tokens(territory.id, kind="territory", subject_id=territory.id)
    assert found == (revoked, desk)


async def test_the_last_use_is_known_to_the_hour():
    territory = await make_territory()
    token = await _token(territory)
    await note_feed_uses([token.id], at=NOON + timedelta(minutes=20))
    await note_feed_uses([token.id], at=NOON + timedelta(minutes=40))
    found = await feed_token("h1")
    assert found is not None
    assert found.last_used_at == NOON


async def test_kept_bytes_are_replaced_by_those_of_a_later_revision_only():
    territory = await make_territory()
    body = FeedBody(
        kind="territory",
        subject_id=territory.id,
        variant="",
        revision=2,
        etag='"a"',
        last_modified_at=NOON,
        body=b"BEGIN:VCALENDAR\r\n",
    )
    await keep_feed_body(territory.id, body)
    await keep_feed_body(territory.id, msgspec.structs.replace(body, revision=1, body=b"old"))
    assert await feed_body("territory", territory.id, "") == body
    newer = msgspec.structs.replace(body, revision=3, body=b"new")
    await keep_feed_body(territory.id, newer)
    assert await feed_body("territory", territory.id, "") == newer
