"""Forms of our own pages only: a token that only they know, and the browser's word on where a request comes from.

The token of a form is derived from a secret in a cookie that no script reads: the session's, or for
who is not signed in one of its own. Requests with a personal token carry no cookie and need none.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

import structlog
from litestar import Request
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from service.accounts.errors import ForgedForm
from service.accounts.sessions import cookie_name, new_secret_of
from service.accounts.tokens import new_secret
from service.edge.identity import Connection
from service.settings import Settings

log = structlog.get_logger(__name__)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = (RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART)
FIELD, HEADER = "_csrf_token", "x-csrftoken"
_NEW_NONCE = "escale_new_form_cookie"


def form_cookie_name(settings: Settings) -> str:
    return f"{cookie_name(settings)}-form"


def form_token(connection: Connection) -> str:
    """The token that forms on this page send back."""
    settings: Settings = connection.app.state.settings
    names = (cookie_name(settings), form_cookie_name(settings))
    secret = new_secret_of(connection) or next(filter(None, map(connection.cookies.get, names)), None)
    if not secret:
        kept = connection.scope["state"]
        secret = kept.setdefault(_NEW_NONCE, new_secret())
    return _token(secret)


def _token(secret: str) -> str:
    return hmac.new(secret.encode(), b"form of escale", hashlib.sha256).hexdigest()


async def refuse_forged_forms(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard. Raises `ForgedForm` on a write that no page of ours sent."""
    if connection.scope.get("method", "GET") in SAFE or handler.opt.get("no_form"):
        return
    if "authorization" in connection.headers:
        return
    if not comes_from_here(connection):
        raise _refused(connection, "from elsewhere")
    settings: Settings = connection.app.state.settings
    names = (cookie_name(settings), form_cookie_name(settings))
    secrets = [connection.cookies[name] for name in names if connection.cookies.get(name)]
    if not secrets and not handler.opt.get("needs_form"):
        return
    sent = await _sent_token(connection)
    if not any(hmac.compare_digest(_token(secret), sent) for secret in secrets):
        raise _refused(connection, "no token of ours")


def _refused(connection: Connection, why: str) -> ForgedForm:
    log.warning("form refused", reason=why, route=connection.scope.get("path_template", ""))
    return ForgedForm()


def comes_from_here(connection: Connection) -> bool:
    """What browsers say of a request's origin; other programs say nothing and hold no cookie of ours.

    Under our referrer policy a browser's own forms have the origin "null": the fetch metadata tells more.
    """
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host", "")


def is_form(connection: Connection) -> bool:
    return isinstance(connection, Request) and connection.content_type[0] in FORM_TYPES


async def _sent_token(connection: Connection) -> str:
    header = connection.headers.get(HEADER)
    if header is not None:
        return header if header.isascii() else ""
    if not isinstance(connection, Request) or not is_form(connection):
        return ""
    sent = (await connection.form()).get(FIELD, "")
    return sent if isinstance(sent, str) and sent.isascii() else ""


async def set_form_cookie(message: Message, scope: Scope) -> None:
    """A `before_send` hook: the cookie behind a token that a page of this answer carries."""
    nonce = scope.get("state", {}).get(_NEW_NONCE)
    if message["type"] != "http.response.start" or nonce is None:
        return
    settings: Settings = scope["litestar_app"].state.settings
    cookie = Cookie(
        key=form_cookie_name(settings),
        value=nonce,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    message["headers"] = [*message["headers"], cookie.to_encoded_header()]
