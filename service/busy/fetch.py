"""Fetches one .ics: few redirects, public addresses, a cap on bytes after unpacking, a time limit, conditional."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpcore
import msgspec

from service.busy.guarded_network import AddressRefused, GuardedBackend

MAX_BYTES: Final = 10_000_000
MAX_REDIRECTS: Final = 3
SECONDS: Final = 20.0
Headers = dict[bytes | str, bytes | str]
_REDIRECTS: Final = {301, 302, 303, 307, 308}


class FetchFailed(Exception):
    """The agenda could not be fetched. The message is a code, never an address."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came: the bytes, None when nothing changed since the validators, and the new validators."""

    body: bytes | None
    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """Fetches agendas; one for a run of the job."""

    def __init__(self, *, private_allowed: bool = False, seconds: float = SECONDS) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=GuardedBackend(private_allowed=private_allowed),
            max_connections=4,
        )
        self._seconds = seconds

    async def fetch(self, address: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Raises `FetchFailed`: bad-address, refused, too-slow, too-big, unreachable, http-<status>, redirects."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(normal_address(address), _headers(etag, last_modified))
        except TimeoutError as late:
            raise FetchFailed("too-slow") from late
        except AddressRefused as refused:
            raise FetchFailed("refused") from refused
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchFailed("unreachable") from error
        except (httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
            raise FetchFailed("bad-address") from error

    async def close(self) -> None:
        await self._pool.aclose()

    async def _follow(self, address: str, headers: Headers) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            async with self._pool.stream("GET", address, headers=headers) as response:
                given = {name.decode().lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status not in _REDIRECTS:
                    return await _read(response, given)
                address = _next(address, given.get("location", ""))
        raise FetchFailed("redirects")


def normal_address(address: str) -> str:
    """`webcal://` is `https://`. Raises ValueError on anything but a web address without a password in it."""
    parts = urlsplit(address.strip())
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ValueError("no web address")
    return parts._replace(scheme=scheme, fragment="").geturl()


def _next(address: str, location: str) -> str:
    """Where a redirect leads; from https never to http."""
    following = normal_address(urljoin(address, location)) if location else ""
    if not following or (address.startswith("https:") and not following.startswith("https:")):
        raise FetchFailed("redirects")
    return following


def _headers(etag: str | None, last_modified: str | None) -> Headers:
    headers: Headers = {
        "user-agent": "escale",
        "accept": "text/calendar, */*;q=0.1",
        "accept-encoding": "gzip",
    }
    if etag:
        headers["if-none-match"] = etag
    if last_modified:
        headers["if-modified-since"] = last_modified
    return headers


async def _read(response: httpcore.Response, given: dict[str, str]) -> Fetched:
    validators = {"etag": given.get("etag"), "last_modified": given.get("last-modified")}
    if response.status == 304:
        return Fetched(body=None, **validators)
    if response.status != 200:
        raise FetchFailed(f"http-{response.status}")
    packed = given.get("content-encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip"):
        raise FetchFailed("unreachable")
    chunks: AsyncIterator[bytes] = response.aiter_stream()
    body = await (_unpacked(chunks) if "gzip" in packed else _plain(chunks))
    return Fetched(body=body, **validators)


async def _plain(chunks: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchFailed("too-big")
    return bytes(body)


async def _unpacked(chunks: AsyncIterator[bytes]) -> bytes:
    """Unpacked piece by piece, so that a small bomb never becomes a large one in memory."""
    unpacker, body = zlib.decompressobj(wbits=31), bytearray()
    try:
        async for chunk in chunks:
            body += unpacker.decompress(chunk, MAX_BYTES + 1 - len(body))
            if len(body) > MAX_BYTES or unpacker.unconsumed_tail:
                raise FetchFailed("too-big")
    except zlib.error as error:
        raise FetchFailed("unreachable") from error
    return bytes(body)
