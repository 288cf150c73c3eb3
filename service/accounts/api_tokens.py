"""Personal tokens: `Authorization: Bearer escale_…`, under the JSON interface alone."""

from datetime import UTC, datetime, timedelta

import structlog

from db.queries.accounts import account_by_id, grants_of
from db.queries.api_tokens import note_token_use, token_with
from db.records.account import ApiToken
from service.accounts.tokens import API_PREFIX, secret_hash
from service.edge.identity import Connection, Identity, identity_from

log = structlog.get_logger(__name__)
SCOPES = {"read": "lire", "write": "modifier", "participants": "lire et modifier les personnes accompagnées"}
"""What a token may be given: `read` for GET and HEAD, `write` for the rest, and participants beside them."""


def scope_needed(method: str, handler_opt: dict[str, object]) -> frozenset[str]:
    """The scopes that a request asks for."""
    needed = {"read" if method in ("GET", "HEAD", "OPTIONS") else "write"}
    if handler_opt.get("participants"):
        needed.add("participants")
    return frozenset(needed)


async def from_token(connection: Connection) -> Identity | None:
    """The sign-in method of programs; an expired or revoked token, a closed account is nobody."""
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.startswith(API_PREFIX):
        return None
    token, now = await token_with(secret_hash(secret)), datetime.now(UTC)
    if token is None or token.revoked_at is not None or (token.expires_at and token.expires_at <= now):
        log.warning("token refused", reason=_why(token))
        return None
    account = await account_by_id(token.account_id)
    if account.state != "active":
        log.warning("token refused", reason="account closed")
        return None
    if token.last_used_at is None or token.last_used_at < now - timedelta(hours=1):
        await note_token_use(token.id, at=now)
    return identity_from(account, await grants_of(account.id), scopes=frozenset(token.scopes))


def _why(token: ApiToken | None) -> str:
    if token is None:
        return "unknown"
    return "revoked" if token.revoked_at is not None else "expired"
