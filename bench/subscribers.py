"""Many subscribers over real sockets: each with an address of its own, one server process, as clients poll."""

import asyncio
from collections import Counter
from time import perf_counter
from typing import NamedTuple

import uvicorn
from litestar import Litestar

AT_ONCE = 64
"""Connections open together; each subscriber opens one, asks, and closes it."""


class Polled(NamedTuple):
    """Seconds for all of them, and how often each status came."""

    seconds: float
    statuses: dict[int, int]

    def others(self, *expected: int) -> int:
        """Answers with any other status, lost connections (status 0) included."""
        return sum(count for status, count in self.statuses.items() if status not in expected)


async def polled(app: Litestar, port: int, addresses: list[str]) -> Polled:
    """Every address asked twice: once without a validator, once with the one it gave."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    )
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    gate, statuses = asyncio.Semaphore(AT_ONCE), Counter[int]()

    async def subscriber(address: str) -> None:
        async with gate:
            status, etag = await _get(port, address)
            statuses[status] += 1
            status, _ = await _get(port, address, etag)
            statuses[status] += 1

    started = perf_counter()
    await asyncio.gather(*(subscriber(address) for address in addresses))
    seconds = perf_counter() - started
    server.should_exit = True
    await running
    return Polled(seconds, dict(statuses))


async def _get(port: int, address: str, etag: str = "") -> tuple[int, str]:
    """Status (0 when the connection broke) and validator."""
    lines = [f"GET {address} HTTP/1.1", "host: 127.0.0.1", "accept-encoding: gzip", "connection: close"]
    lines += [f"if-none-match: {etag}"] if etag else []
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write("\r\n".join([*lines, "", ""]).encode())
        answer = await reader.read()
        writer.close()
    except OSError:
        return 0, ""
    head = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    status = int(head[0].split()[1]) if len(head[0].split()) > 1 else 0
    given = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    return status, given.get("etag", "").replace("w/", "W/")
