"""Connections to public addresses only: the name is resolved once, judged, and that very address is connected to."""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

import httpcore


class AddressRefused(Exception):
    """The name leads to this machine or its network."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections for the client; `private_allowed` is the setting for agendas inside one's own network."""

    def __init__(self, *, private_allowed: bool) -> None:
        self._private_allowed = private_allowed
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        address = await self._judged(host, port)
        return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)

    async def _judged(self, host: str, port: int) -> str:
        """The first address of the host. Raises `AddressRefused` when any of them is not public."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not self._private_allowed and not all(is_public(address) for address in addresses):
            raise AddressRefused
        return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open network; an IPv4 one inside IPv6 is judged as such."""
    known = ip_address(address.partition("%")[0])
    inside = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    return known.is_global and not known.is_multicast and (inside is None or inside.is_global)
