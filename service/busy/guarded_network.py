"""Connections to public addresses only: the name is resolved once, judged, and that very address is connected to."""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""Networks whose addresses end in the IPv4 one that a gateway translates them to."""
NEARBY = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"))
"""Of one's own network, though counted among the global ones."""


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
    if isinstance(known, IPv6Address):
        inside = known.ipv4_mapped or known.sixtofour or _translated(known)
        if any(known in network for network in NEARBY) or (inside is not None and not inside.is_global):
            return False
    return known.is_global and not known.is_multicast


def _translated(known: IPv6Address) -> IPv4Address | None:
    if any(known in network for network in TRANSLATED):
        return IPv4Address(int(known) & 0xFFFFFFFF)
    return None
