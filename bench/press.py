"""Many presses in one instant, sent by as little of this machine's time as can be: connections opened before, bytes ready."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from urllib.parse import urlsplit


async def press_together(url: str, bodies: Sequence[tuple[dict[str, str], bytes]]) -> list[tuple[float, int]]:
    """Each a POST of (headers, JSON body) on a connection of its own: milliseconds to the whole answer, and its status."""
    parts = urlsplit(url)
    opened = [await asyncio.open_connection(parts.hostname, parts.port) for _ in bodies]
    requests = [_request(parts.netloc, parts.path, *one) for one in bodies]
    started = perf_counter()
    for (_, writer), request in zip(opened, requests, strict=True):
        writer.write(request)
    try:
        return await asyncio.gather(*(_answer(reader, started) for reader, _ in opened))
    finally:
        for _, writer in opened:
            writer.close()


def _request(host: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = {
        "host": host,
        "content-type": "application/json",
        "content-length": str(len(body)),
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


async def _answer(reader: asyncio.StreamReader, started: float) -> tuple[float, int]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().splitlines()
    length = next(int(line.partition(":")[2]) for line in head if line.startswith("content-length:"))
    await reader.readexactly(length)
    return 1000 * (perf_counter() - started), int(head[0].split()[1])
