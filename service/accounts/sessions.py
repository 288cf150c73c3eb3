"""Sessions: a secret in a cookie, everything else on the server."""

from datetime import UTC, datetime, timedelta

import msgspec
import structlog
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from db.queries.sessions import add_session, touch_session, visitor_with
from db.records.account import Account, AccountSession, Grant
from service.accounts.mailbox import link_ended
from service.accounts.origin import Origin
from service.accounts.tokens import new_secret, secret_hash
from service.edge.identity import Connection, Identity, identity_from
from service.settings import Settings

log = structlog.get_logger(__name__)
TOUCH_AFTER = timedelta(minutes=1)
_BEGUN = "escale_session_begun"
ON_THE_WAY = timedelta(minutes=15)
"""How long somebody may take between the password and the code, or at the provider."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A session that stands, with its account when it has one and what that may do."""

    session: AccountSession
    account: Account | None = None
    grants: tuple[Grant, ...] = ()

    def lacks_second_factor(self, roles_with_totp: frozenset[str], roles: frozenset[str]) -> bool:
        """Whether a code (or its setting up) stands between this session and the pages."""
        if self.account is None or self.session.second_factor_at is not None:
            return False
        return self.account.totp_confirmed_at is not None or bool(roles_with_totp & roles)


def cookie_name(settings: Settings) -> str:
    """`__Host-` where browsers allow it: no other host, no other path can set it."""
    return "__Host-escale" if settings.secure_cookies else "escale"


def session_cookie(settings: Settings, secret: str, *, max_age: int | None = None) -> Cookie:
    return Cookie(
        key=cookie_name(settings),
        value=secret,
        max_age=max_age,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def no_session_cookie(settings: Settings) -> Cookie:
    return session_cookie(settings, "", max_age=0)


async def start_session(
    settings: Settings, account: Account | None, origin: Origin, *, second_factor: bool = False, **data: str
) -> str:
    """A new session, its secret for the cookie. Without account, or before its code, it ends soon."""
    now, secret = datetime.now(UTC), new_secret()
    length = timedelta(hours=settings.session_hours) if account else ON_THE_WAY
    await add_session(
        secret_hash(secret),
        expires_at=now + length,
        account=account.id if account else None,
        data=data,
        address=origin.address,
        agent=origin.agent,
        last_seen_at=now,
        second_factor_at=now if second_factor else None,
    )
    return secret


async def open_session(settings: Settings, secret: str | None, now: datetime) -> Opened | None:
    """The session behind a cookie while it stands: not ended, not idle, not older than its account
    or the mailed link that opened it allows.
    """
    visitor = await visitor_with(secret_hash(secret)) if secret else None
    if visitor is None:
        return None
    session, account = visitor.session, visitor.account
    idle = now - (session.last_seen_at or session.created_at)
    refusal = _refusal(session, account, now)
    if refusal is None and idle > timedelta(minutes=settings.session_idle_minutes):
        refusal = "idle"
    if refusal is None and account is not None:
        refusal = await link_ended(session, account, now)
    if refusal is not None:
        log.info("session refused", reason=refusal)
        return None
    if idle > TOUCH_AFTER:
        await touch_session(session.id, at=now)
    return Opened(session=session, account=account, grants=visitor.grants)


def _refusal(session: AccountSession, account: Account | None, now: datetime) -> str | None:
    """Why a session no longer stands, or None."""
    if session.revoked_at is not None or session.expires_at <= now:
        return "ended" if session.revoked_at else "too old"
    if session.account_id is None:
        return None
    if account is None or account.state != "active":
        return "account closed"
    since = account.sessions_from_at
    return "logged out everywhere" if since is not None and session.created_at < since else None


async def opened_by(connection: ASGIConnection) -> Opened | None:  # type: ignore[type-arg]
    """The session of a request, read once."""
    kept = connection.scope["state"]
    if "escale_session" not in kept:
        settings: Settings = connection.app.state.settings
        secret = connection.cookies.get(cookie_name(settings))
        kept["escale_session"] = await open_session(settings, secret, datetime.now(UTC))
    opened: Opened | None = kept["escale_session"]
    return opened


async def open_at_once(connection: Connection, secret: str) -> Opened | None:
    """The session that this very request begins: its answer is already a page of it."""
    settings: Settings = connection.app.state.settings
    opened = await open_session(settings, secret, datetime.now(UTC))
    connection.scope["state"].update({"escale_session": opened, _BEGUN: secret})
    return opened


def new_secret_of(connection: Connection) -> str | None:
    secret: str | None = connection.scope["state"].get(_BEGUN)
    return secret


async def from_session(connection: Connection) -> Identity | None:
    """The sign-in method of browsers; nobody while a code is missing."""
    opened = await opened_by(connection)
    if opened is None or opened.account is None or "authorization" in connection.headers:
        return None
    if lacks_code(connection, opened):
        return None
    return identity_from(opened.account, opened.grants, session_id=opened.session.id)


def lacks_code(connection: Connection, opened: Opened) -> bool:
    """Whether this service asks for a code before that session shows anything."""
    roles = frozenset(grant.role for grant in opened.grants)
    return opened.lacks_second_factor(connection.app.state.settings.roles_with_totp, roles)
