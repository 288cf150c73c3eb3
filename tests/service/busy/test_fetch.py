"""Fetching agendas from a real server on loopback, with everything that such a server may try."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from service.busy.fetch import MAX_BYTES, Fetcher, FetchFailed, normal_address
from service.busy.guarded_network import is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]
Serve = Callable[[Answer], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts a server that reads a request and answers with the function given; gives its address."""
    servers = []

    async def start(answer: Answer) -> str:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await answer((await reader.readuntil(b"\r\n\r\n")).decode(), writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(private_allowed=True, seconds=2)
    yield fetcher
    await fetcher.close()


def answer_with(status: str, body: bytes = b"", **headers: str) -> Answer:
    async def answer(_request: str, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return answer


async def failure(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(FetchFailed) as failed:
        await fetcher.fetch(address)
    assert "127.0.0.1" not in str(failed.value)
    return str(failed.value)


async def test_an_agenda_comes_with_its_validators(serve: Serve, fetcher: Fetcher):
    url = await serve(
        answer_with("200 OK", CALENDAR, etag='"a"', last_modified="Mon, 23 Nov 2026 08:00:00 GMT")
    )
    fetched = await fetcher.fetch(url + "/agenda.ics")
    assert (fetched.body, fetched.etag) == (CALENDAR, '"a"')
    assert fetched.last_modified == "Mon, 23 Nov 2026 08:00:00 GMT"


async def test_the_validators_are_sent_and_304_means_unchanged(serve: Serve, fetcher: Fetcher):
    seen: list[str] = []

    async def answer(request: str, writer: asyncio.StreamWriter) -> None:
        seen.append(request.lower())
        await answer_with("304 Not Modified", etag='"a"')(request, writer)

    fetched = await fetcher.fetch(await serve(answer), '"a"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert fetched.body is None
    assert 'if-none-match: "a"' in seen[0]
    assert "if-modified-since: mon, 23 nov 2026" in seen[0]


async def test_a_packed_agenda_is_unpacked(serve: Serve, fetcher: Fetcher):
    url = await serve(answer_with("200 OK", gzip.compress(CALENDAR), content_encoding="gzip"))
    assert (await fetcher.fetch(url)).body == CALENDAR


async def test_a_bomb_is_given_up_before_it_is_large(serve: Serve, fetcher: Fetcher):
    bomb = gzip.compress(b"x" * (20 * MAX_BYTES // 10), 9)
    url = await serve(answer_with("200 OK", bomb, content_encoding="gzip"))
    assert await failure(fetcher, url) == "too-big"
    assert len(bomb) < 100_000


async def test_an_endless_answer_is_given_up(serve: Serve, fetcher: Fetcher):
    async def answer(_request: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"X" * 1_000_000)
            await writer.drain()

    assert await failure(fetcher, await serve(answer)) == "too-big"


async def test_a_slow_answer_is_given_up(serve: Serve):
    async def answer(_request: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(100):
            writer.write(b"X")
            await writer.drain()
            await asyncio.sleep(0.1)

    fetcher = Fetcher(private_allowed=True, seconds=0.4)
    assert await failure(fetcher, await serve(answer)) == "too-slow"
    await fetcher.close()


async def test_three_redirects_are_followed_and_a_loop_is_not(serve: Serve, fetcher: Fetcher):
    async def answer(request: str, writer: asyncio.StreamWriter) -> None:
        path = request.split()[1]
        if path == "/3":
            await answer_with("200 OK", CALENDAR)(request, writer)
        else:
            following = "/loop" if path == "/loop" else f"/{int(path[1:]) + 1}"
            await answer_with("302 Found", location=following)(request, writer)

    url = await serve(answer)
    assert (await fetcher.fetch(url + "/0")).body == CALENDAR
    assert await failure(fetcher, url + "/loop") == "redirects"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.org/x", "", "http://a:b@example.org/"]
)
async def test_a_redirect_leads_only_to_web_addresses(location: str, serve: Serve, fetcher: Fetcher):
    url = await serve(answer_with("302 Found", location=location))
    assert await failure(fetcher, url) in ("redirects", "bad-address")


@pytest.mark.parametrize("status", ["404 Not Found", "401 Unauthorized", "410 Gone", "500 Oops"])
async def test_any_other_status_is_told_by_its_number(status: str, serve: Serve, fetcher: Fetcher):
    assert await failure(fetcher, await serve(answer_with(status))) == f"http-{status[:3]}"


async def test_this_machine_is_refused_unless_a_setting_allows_it(serve: Serve):
    url = await serve(answer_with("200 OK", CALENDAR))
    fetcher = Fetcher(seconds=2)
    for address in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "[::1]")):
        assert await failure(fetcher, address) in ("refused", "unreachable")
    assert await failure(fetcher, url) == "refused"
    await fetcher.close()


async def test_a_redirect_to_this_machine_is_refused_too(serve: Serve, monkeypatch: pytest.MonkeyPatch):
    """The name of the first address is public as far as the judge can tell; the second is not."""
    inner = await serve(answer_with("200 OK", CALENDAR))
    outer = await serve(answer_with("302 Found", location=inner.replace("127.0.0.1", "127.0.0.2")))
    monkeypatch.setattr("service.busy.guarded_network.is_public", lambda address: address == "127.0.0.1")
    fetcher = Fetcher(seconds=2)
    assert await failure(fetcher, outer) == "refused"
    await fetcher.close()


async def test_a_server_that_hangs_up_is_unreachable(serve: Serve, fetcher: Fetcher):
    async def answer(_request: str, _writer: asyncio.StreamWriter) -> None:
        return

    assert await failure(fetcher, await serve(answer)) == "unreachable"


@pytest.mark.parametrize(
    "address", ["", "agenda.ics", "file:///etc/passwd", "http://", "https://me:pw@example.org/a"]
)
async def test_what_is_no_web_address_is_refused_at_once(address: str, fetcher: Fetcher):
    assert await failure(fetcher, address) == "bad-address"


def test_webcal_is_https():
    assert normal_address(" webcal://Example.org/a.ics#x ") == "https://Example.org/a.ics"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
        ("64:ff9b:1::1", False),
        ("::7f00:1", False),
        ("fec0::1", False),
    ],
)
def test_only_the_open_network_is_public(address: str, public: bool):
    assert is_public(address) is public
