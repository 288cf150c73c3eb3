"""Who is behind a request. Sign-in methods are small functions in the order in which they are asked."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar.connection import ASGIConnection

from db.queries.accounts import any_account
from db.records.account import Account, Grant

Role = Literal["public", "administrator", "coordinator", "staff", "partner"]
Connection = ASGIConnection[Any, Any, Any, Any]
LOOPBACK = frozenset({"127.0.0.1", "::1", "testclient"})
RANKS = ("coordinator", "staff", "partner", "administrator")
"""Of several roles in one place, the one that a person acts in unless a page asks for another."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person or token.

    `territories` are territory codes, None stands for all; `staff_code` and `partner_code` tell whose
    own things a staff member or a partner may see. `name` is the account's, as colleagues may read it;
    `label`, for the trail alone, is its address where it has none. `scopes` limits a token, None is no limit.
    `grants` are all the roles of the account, of which this identity is one.
    """

    account_id: str
    role: Role
    territories: frozenset[str] | None = frozenset()
    staff_code: str | None = None
    partner_code: str | None = None
    name: str = ""
    label: str = ""
    session_id: UUID | None = None
    scopes: frozenset[str] | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def sees_participants(self) -> bool:
        """False for a token without that scope."""
        return self.scopes is None or "participants" in self.scopes

    def may_enter(self, territory: str) -> bool:
        return self.territories is None or territory in self.territories

    def may_enter_as_any(self, territory: str) -> bool:
        """Whether one of the account's roles reaches that territory."""
        return self.may_enter(territory) or any(one.territory in (None, territory) for one in self.grants)

    def acting_as(self, roles: tuple[str, ...], territory: str | None) -> "Identity":
        """The identity of the same account in one of `roles`, in that territory if one is named."""
        fitting = [
            one
            for one in self.grants
            if one.role in roles and (territory is None or one.territory in (None, territory))
        ]
        if not fitting:
            return self
        chosen = min(fitting, key=lambda one: RANKS.index(one.role))
        return _as(self, chosen, territory)


def identity_from(
    account: Account,
    grants: tuple[Grant, ...],
    *,
    session_id: UUID | None = None,
    scopes: frozenset[str] | None = None,
) -> Identity | None:
    """The identity of an account, None when it has no role."""
    if not grants:
        return None
    bare = Identity(
        account_id=str(account.id),
        role="public",
        name=account.name,
        label=account.name or account.email,
        session_id=session_id,
        scopes=scopes,
        grants=grants,
    )
    return bare.acting_as(RANKS, None)


def _as(identity: Identity, grant: Grant, territory: str | None) -> Identity:
    same = [one for one in identity.grants if one.role == grant.role]
    everywhere = any(one.territory is None for one in same)
    return msgspec.structs.replace(
        identity,
        role=grant.role,
        territories=None if everywhere else frozenset(one.territory for one in same if one.territory),
        staff_code=grant.staff if territory or len(same) == 1 else None,
        partner_code=grant.partner if territory or len(same) == 1 else None,
    )


Identifier = Callable[[Connection], Awaitable[Identity | None]]
"""A sign-in method: None when the request does not use it."""


async def from_this_machine(connection: Connection) -> Identity | None:
    """The demonstration's method until it has accounts: whoever comes from this machine coordinates."""
    here = connection.client is not None and connection.client.host in LOOPBACK
    if not here or "authorization" in connection.headers or await _has_accounts(connection):
        return None
    return Identity(account_id="demo", role="coordinator", territories=None)


async def _has_accounts(connection: Connection) -> bool:
    """Once there is an account there always is one: asked no more."""
    state = connection.app.state
    if not state.get("has_accounts", False):
        state["has_accounts"] = await any_account()
    return bool(state["has_accounts"])


async def identify(connection: Connection) -> Identity | None:
    """The identity that the first successful method finds; kept for the rest of the request."""
    if "escale_identity" not in connection.scope["state"]:
        found = None
        for method in connection.app.state.identifiers:
            found = found or await method(connection)
        keep_identity(connection, found)
    identity: Identity | None = connection.scope["state"]["escale_identity"]
    return identity


def keep_identity(connection: Connection, identity: Identity | None) -> None:
    connection.scope["state"]["escale_identity"] = identity
