"""Who is behind a request. Sign-in methods are small functions in the order in which they are asked."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

import msgspec
from litestar.connection import ASGIConnection

Role = Literal["public", "administrator", "coordinator", "staff", "partner"]
Connection = ASGIConnection[Any, Any, Any, Any]
LOOPBACK = frozenset({"127.0.0.1", "::1", "testclient"})


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person or token.

    `territories` are territory codes, None stands for all; `staff_code` and `partner_code` tell whose
    own things a staff member or a partner may see.
    """

    account_id: str
    role: Role
    territories: frozenset[str] | None = frozenset()
    staff_code: str | None = None
    partner_code: str | None = None

    def may_enter(self, territory: str) -> bool:
        return self.territories is None or territory in self.territories


Identifier = Callable[[Connection], Awaitable[Identity | None]]
"""A sign-in method: None when the request does not use it."""


async def from_this_machine(connection: Connection) -> Identity | None:
    """The demonstration's method: whoever comes from this machine coordinates every territory."""
    if connection.client is None or connection.client.host not in LOOPBACK:
        return None
    return Identity(account_id="demo", role="coordinator", territories=None)


async def identify(connection: Connection) -> Identity | None:
    """The identity that the first successful method finds; kept for the rest of the request."""
    if "escale_identity" not in connection.scope["state"]:
        found = None
        for method in connection.app.state.identifiers:
            found = found or await method(connection)
        connection.scope["state"]["escale_identity"] = found
    identity: Identity | None = connection.scope["state"]["escale_identity"]
    return identity
