"""Accounts, what they may do, and the secrets that open them: always as hashes or sealed."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from db.records.base import Instant, Record

LinkPurpose = Literal["invitation", "reset", "mailbox"]


class Account(Record, frozen=True, kw_only=True):
    """`email` is folded to lower case; sessions made before `sessions_from_at` are void."""

    id: UUID
    email: str
    name: str = ""
    state: str = "invited"
    password_hash: str | None = None
    oidc_subject: str | None = None
    totp_sealed: bytes | None = None
    totp_confirmed_at: Instant | None = None
    totp_last_step: int = 0
    failed_count: int = 0
    locked_until_at: Instant | None = None
    sessions_from_at: Instant | None = None
    last_login_at: Instant | None = None
    version: int = 0


class Grant(Record, frozen=True, kw_only=True):
    """One role of an account. `territory` null: all of them; `staff` and `partner` are codes."""

    role: Literal["administrator", "coordinator", "staff", "partner"]
    territory: str | None = None
    staff: str | None = None
    partner: str | None = None


class AccountSession(Record, frozen=True, kw_only=True):
    """`account_id` null: somebody on the way to sign in; `data` is what that way needs."""

    id: UUID
    created_at: Instant
    expires_at: Instant
    account_id: UUID | None = None
    data: dict[str, Any] = msgspec.field(default_factory=dict)
    address: str | None = None
    agent: str | None = None
    last_seen_at: Instant | None = None
    second_factor_at: Instant | None = None
    revoked_at: Instant | None = None


class OneTimeLink(Record, frozen=True, kw_only=True):
    """A mailed link, found by the hash of its token."""

    id: UUID
    purpose: str
    expires_at: Instant
    account_id: UUID | None = None
    email: str | None = None
    used_at: Instant | None = None
    revoked_at: Instant | None = None


class ApiToken(Record, frozen=True, kw_only=True):
    """A personal token, shown once."""

    id: UUID
    account_id: UUID
    name: str
    created_at: Instant
    scopes: tuple[str, ...] = ()
    expires_at: Instant | None = None
    last_used_at: Instant | None = None
    revoked_at: Instant | None = None
