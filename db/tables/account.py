"""Accounts, roles, sessions, one-time links and personal tokens. Secrets are stored hashed."""

from piccolo.columns import Boolean, Bytea, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, instant, json, label, part_of, text
from db.tables.partner import Partner
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class Account(Edited, Table):
    """`email` is folded to lower case; sessions made before `sessions_from_at` are void."""

    email = label()
    name = label()
    state = label()
    password_hash = text(null=True)
    oidc_subject = label(null=True)
    totp_sealed = Bytea(default=None, null=True)
    totp_confirmed_at = instant(null=True)
    totp_last_step = Integer(default=0)
    failed_count = Integer(default=0)
    locked_until_at = instant(null=True)
    sessions_from_at = instant(null=True)
    last_login_at = instant(null=True)
    language = label(null=True)


class AccountRole(Kept, Table):
    """What an account may do: administrator, coordinator, staff, partner; where and as whom."""

    account = part_of(Account)
    role = label()
    territory = part_of(Territory, null=True)
    staff = part_of(StaffMember, null=True)
    partner = part_of(Partner, null=True)


class AccountSession(Kept, Table):
    account = part_of(Account, null=True)
    token_hash = label()
    data = json()
    address = label(null=True)
    agent = text(null=True)
    last_seen_at = instant(null=True)
    expires_at = instant()
    second_factor_at = instant(null=True)
    revoked_at = instant(null=True)


class OneTimeLink(Kept, Table):
    """A mailed link; opening it uses nothing up, the button on its page does."""

    token_hash = label()
    purpose = label()
    account = part_of(Account, null=True)
    territory = part_of(Territory, null=True)
    email = label(null=True)
    payload = json()
    reusable = Boolean(default=False)
    expires_at = instant()
    used_at = instant(null=True)
    revoked_at = instant(null=True)


class ApiToken(Kept, Table):
    account = part_of(Account)
    name = label()
    token_hash = label()
    scopes = json(default="[]")
    expires_at = instant(null=True)
    last_used_at = instant(null=True)
    revoked_at = instant(null=True)


class NotificationPreference(Kept, Table):
    account = part_of(Account)
    kind = label()
    wanted = Boolean(default=True)


class IdempotencyKey(Kept, Table):
    """The sealed answer to a write that may be sent twice; `scope` is the code of the territory it wrote in, or empty."""

    key = label()
    scope = label()
    request_hash = label()
    body = Bytea(default=b"")
