"""Whatever is asked at the door of a feed: the documented status, and nothing told of addresses that never were."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from db.queries.assignment_writing import Author, write_assignments
from db.queries.feed_tokens import feed_tokens, revoke_feed_token
from db.records.territory import Territory
from service import feed_store
from tests.db.assignments import new, permanence, territory_with_facts
from tests.service.door import browser, make_app
from tests.service.feed_world import NOW, address_of

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
ODD_TOKENS = [
    *(".ics", "..ics", "x.ics", "%2e%2e.ics", "%00.ics", "a%00b.ics", "%ff%fe.ics", "é.ics", "a b.ics"),
    *("' OR 1=1 --.ics", "%0d%0aset-cookie:x=1.ics", "x.ICS", "x.ics.ics", "x", "%F0%9F%93%85.ics"),
    *("a" * 5000 + ".ics", "-" * 32 + ".ics", "{token}.ics", "*.ics", "null.ics"),
]
ODD_HEADERS: list[dict[str, str]] = [
    {"accept": "*/*"},
    {"accept": ""},
    {"accept": "text/html;q=0"},
    {"accept": "application/xml, image/png"},
    {"accept-encoding": "zstd, br"},
    {"accept-encoding": ""},
    {"accept-encoding": ",;q=,gzip;q=x"},
    {"accept-language": "xx"},
    {"authorization": "Bearer"},
    {"authorization": "Bearer "},
    {"authorization": "Bearer nonsense"},
    {"authorization": "Basic dXNlcjpwYXNz"},
    {"authorization": ""},
    {"cookie": "session=stale; escale=x"},
    {"if-none-match": "not quoted"},
    {"if-none-match": ",,,"},
    {"if-none-match": 'W/"'},
    {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"if-modified-since": "99999999999999"},
    {"if-modified-since": "Mon, 23 Nov 2026 08:00:00 +99999"},
    {"if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"if-match": '"other"'},
    {"range": "bytes=0-10"},
    {"origin": "https://elsewhere.example"},
    {"x-forwarded-for": "not an address"},
    {"user-agent": ""},
]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    await write_assignments(territory.id, [new(permanence(1))], Author(at=NOW))
    return territory


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path, requests_per_minute="100000")


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


async def test_any_header_still_gets_the_whole_calendar(client: httpx.AsyncClient, territory: Territory):
    path = f"/feeds/{await address_of(territory)}"
    whole = (await client.get(path)).content
    for headers in ODD_HEADERS:
        answer = await client.get(path, headers=headers)
        assert (answer.status_code, answer.content) == (200, whole), headers
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "set-cookie" not in answer.headers


async def test_an_address_that_never_was_is_404_and_like_every_other(
    client: httpx.AsyncClient, territory: Territory
):
    known = await address_of(territory)
    near = [known[1:], known.swapcase(), known.replace(".ics", "x.ics"), f"x{known}", known[:-5] + ".ics"]
    bodies = set()
    for token in [*ODD_TOKENS, *near]:
        answer = await client.get(f"/feeds/{token}")
        assert answer.status_code == 404, token
        assert "location" not in answer.headers
        assert "set-cookie" not in answer.headers
        bodies.add(answer.text)
        assert known.removesuffix(".ics") not in answer.text
    assert len({len(body) for body in bodies}) == 1


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "REPORT", "TRACE", "NONSENSE"]
)
async def test_other_methods_say_405_whether_the_address_is_known_revoked_or_neither(
    method: str, client: httpx.AsyncClient, territory: Territory
):
    known, revoked = await address_of(territory), await address_of(territory)
    token = (await feed_tokens(territory.id))[-1]
    await revoke_feed_token(territory.id, token.id, at=datetime.now(UTC))
    answers = [await client.request(method, f"/feeds/{name}") for name in (known, revoked, "nothing.ics")]
    assert {one.status_code for one in answers} == {405}
    assert len({one.headers.get("allow") for one in answers}) == 1
    assert (await client.get(f"/feeds/{known}")).status_code == 200


async def test_a_revoked_address_is_410_for_every_reader_and_any_validator(
    client: httpx.AsyncClient, territory: Territory
):
    path = f"/feeds/{await address_of(territory)}"
    etag = (await client.get(path)).headers["etag"]
    (token,) = await feed_tokens(territory.id)
    await revoke_feed_token(territory.id, token.id, at=datetime.now(UTC))
    for headers in ({}, {"if-none-match": etag}, {"if-none-match": "*"}, {"accept": "text/calendar"}):
        for method in ("GET", "HEAD"):
            answer = await client.request(method, path, headers=headers)
            assert answer.status_code == 410
            assert b"BEGIN:VCALENDAR" not in answer.content


async def test_304_has_no_body_nor_length_and_the_headers_of_the_calendar(
    client: httpx.AsyncClient, territory: Territory
):
    path = f"/feeds/{await address_of(territory)}"
    whole = await client.get(path)
    for method in ("GET", "HEAD"):
        answer = await client.request(method, path, headers={"if-none-match": whole.headers["etag"]})
        assert (answer.status_code, answer.content) == (304, b"")
        assert "content-length" not in answer.headers
        for name in ("etag", "last-modified", "cache-control", "vary"):
            assert answer.headers[name] == whole.headers[name]
