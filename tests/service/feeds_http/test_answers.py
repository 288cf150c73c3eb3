"""Requests for feeds as clients make them: headers, validators, compression, addresses that end."""

from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from db.queries.feed_tokens import feed_tokens, revoke_feed_token
from db.records.territory import Territory
from service.settings import read_settings
from tests.service.door import app_for
from tests.service.feeds_http.reading import NOW, Client, address

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_feed_is_a_private_calendar_without_cookie_or_session(client: Client, territory: Territory):
    answer = await client.get(await address(territory))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert "set-cookie" not in answer.headers
    assert answer.content.endswith(b"END:VCALENDAR\r\n")
    assert "KM4821" not in answer.text


async def test_head_has_the_headers_of_get_and_no_body(client: Client, territory: Territory):
    path = await address(territory)
    got, head = await client.get(path), await client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "last-modified", "content-type", "content-length", "cache-control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda etag: etag, 304),
        (lambda etag: f"W/{etag}", 304),
        (lambda etag: f'"other", {etag}', 304),
        (lambda etag: f'W/"other",W/{etag}', 304),
        (lambda etag: "*", 304),
        (lambda etag: '"other"', 200),
        (lambda etag: "", 200),
    ],
)
async def test_a_known_validator_is_answered_304(
    make: Callable[[str], str], status: int, client: Client, territory: Territory
):
    path = await address(territory)
    etag = (await client.get(path, headers={"accept-encoding": "identity"})).headers["etag"]
    answer = await client.get(path, headers={"if-none-match": make(etag), "accept-encoding": "identity"})
    assert answer.status_code == status
    assert answer.headers["etag"] == etag
    assert bool(answer.content) == (status == 200)


async def test_if_modified_since_counts_only_without_a_validator(client: Client, territory: Territory):
    path = await address(territory)
    first = await client.get(path)
    since = first.headers["last-modified"]
    assert (await client.get(path, headers={"if-modified-since": since})).status_code == 304
    both = {"if-modified-since": since, "if-none-match": '"other"'}
    assert (await client.get(path, headers=both)).status_code == 200
    earlier = format_datetime(parsedate_to_datetime(since) - timedelta(seconds=1), usegmt=True)
    assert (await client.get(path, headers={"if-modified-since": earlier})).status_code == 200
    for unreadable in ("yesterday", "", "Mon, 99 Nov 2026 08:00:00 GMT"):
        assert (await client.get(path, headers={"if-modified-since": unreadable})).status_code == 200


async def test_gzip_is_given_to_who_asks_under_a_weak_validator(client: Client, territory: Territory):
    path = await address(territory)
    plain = await client.get(path, headers={"accept-encoding": "identity"})
    packed = await client.get(path, headers={"accept-encoding": "br, gzip;q=0.5"})
    refused = await client.get(path, headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content == refused.content
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in refused.headers
    again = await client.get(path, headers={"if-none-match": packed.headers["etag"]})
    assert again.status_code == 304


async def test_gzip_can_be_switched_off(territory: Territory, tmp_path: Path):
    app = app_for(
        read_settings({"ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false", "ESCALE_FEEDS_GZIP": "false"})
    )
    async with Client(transport=httpx.ASGITransport(app=app), base_url="http://escale.test") as client:
        answer = await client.get(await address(territory), headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers
    assert answer.headers["etag"].startswith('"')


async def test_any_accept_and_an_empty_bearer_still_get_the_calendar(client: Client, territory: Territory):
    path = await address(territory)
    for headers in (
        {"accept": "text/html"},
        {"accept": "application/json;q=0.1"},
        {"accept": "nonsense"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": "Basic xxx", "cookie": "session=1"},
    ):
        assert (await client.get(path, headers=headers)).status_code == 200


async def test_an_unknown_address_is_404_and_a_revoked_one_410(client: Client, territory: Territory):
    path = await address(territory)
    other = await address(territory, device="Ordinateur")
    assert (await client.get(path)).status_code == 200
    phone = next(one for one in await feed_tokens(territory.id) if one.device == "Téléphone")
    await revoke_feed_token(territory.id, phone.id, at=NOW)
    assert (await client.get(path)).status_code == 410
    assert (await client.head(path)).status_code == 410
    assert (await client.get(other)).status_code == 200
    for unknown in ("/feeds/nothing.ics", path.replace("feeds/", "feeds/x"), path.removesuffix(".ics")):
        answer = await client.get(unknown)
        assert (answer.status_code, answer.headers.get("location")) == (404, None)


async def test_other_methods_are_refused_alike_for_known_and_unknown_addresses(
    client: Client, territory: Territory
):
    path = await address(territory)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        known, unknown = (
            await client.request(method, path),
            await client.request(method, "/feeds/nothing.ics"),
        )
        assert known.status_code == unknown.status_code == 405


async def test_the_last_use_is_written_in_the_background(client: Client, territory: Territory):
    path = await address(territory)
    await client.get(path)
    for _ in range(100):
        (token,) = await feed_tokens(territory.id)
        if token.last_used_at:
            break
    assert token.last_used_at is not None
    assert token.last_used_at.minute == token.last_used_at.second == 0
