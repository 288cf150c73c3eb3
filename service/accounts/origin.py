"""Where a request comes from."""

import msgspec
from litestar.connection import ASGIConnection

LONGEST_AGENT = 200


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Network address and browser, as histories and lists of sessions show them."""

    address: str = ""
    agent: str = ""


def origin_of(connection: ASGIConnection) -> Origin:  # type: ignore[type-arg]
    """The caller; behind our own proxy the address that the proxy saw."""
    address = connection.client.host if connection.client else ""
    if connection.app.state.settings.behind_proxy:
        told = connection.headers.get("x-forwarded-for", "").split(",")[-1].strip()
        address = told or address
    agent = connection.headers.get("user-agent", "")[:LONGEST_AGENT]
    return Origin(address=address[:60], agent="".join(letter for letter in agent if letter.isprintable()))
