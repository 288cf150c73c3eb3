"""What a form carried, remembered while it is answered: who was signed out meanwhile, or comes at a bad moment, gets it back.

Only forms of our own pages, as the browser says; never one with a password or a code.
"""

import msgspec
from litestar import Request
from litestar.handlers import BaseRouteHandler

from service.edge.csrf import FIELD, SAFE, comes_from_here, is_form
from service.edge.identity import Connection

SECRETS = frozenset({"password", "again", "old", "code"})
_REMEMBERED = "escale_unsent"


class Unsent(msgspec.Struct, frozen=True):
    """`address` is where it was sent, with its query; `fields` are its pairs in their order.

    `token` is the one that it was sent under, empty once it was carried through a sign-in.
    """

    address: str
    fields: tuple[tuple[str, str], ...]
    token: str = ""


async def remember_form(connection: Connection, handler: BaseRouteHandler) -> None:  # noqa: ARG001 - theirs
    """A guard, before those that refuse but the one that counts. Raises `ClientException` on a garbled body."""
    if not isinstance(connection, Request) or connection.method in SAFE or not _is_read_as_page(connection):
        return
    form = await connection.form()
    fields = tuple(
        (name, value) for name, value in form.multi_items() if isinstance(value, str) and name != FIELD
    )
    if fields and not SECRETS & {name for name, _ in fields}:
        query = f"?{connection.url.query}" if connection.url.query else ""
        token = form.get(FIELD, "")
        connection.scope["state"][_REMEMBERED] = Unsent(
            connection.url.path + query, fields, token if isinstance(token, str) else ""
        )


def _is_read_as_page(connection: Connection) -> bool:
    """Whether a browser sent it and shows the answer; scripts keep what they send themselves."""
    asks = connection.headers
    shown = "text/html" in asks.get("accept", "") and "x-fragment" not in asks and "hx-request" not in asks
    return shown and is_form(connection) and comes_from_here(connection)


def remembered_form(connection: Connection) -> Unsent | None:
    found: Unsent | None = connection.scope["state"].get(_REMEMBERED)
    return found
