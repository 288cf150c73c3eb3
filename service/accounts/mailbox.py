"""A service's shared mailbox: its mailed link, and the sessions that it opened, stand as long as link and address do."""

from datetime import datetime
from uuid import UUID

from db.queries.accounts import grants_of
from db.queries.one_time_links import link_by_id
from db.queries.partner_accounts import partners_with_mailbox
from db.records.account import Account, AccountSession, Grant

PURPOSE = "mailbox"
LINK = "link"
"""Where a session's data tells which link opened it."""


def is_mailbox(grants: tuple[Grant, ...]) -> bool:
    """Whether an account is a partner and nothing more: a link alone opens no other."""
    return bool(grants) and all(one.role == "partner" for one in grants)


async def is_partners_mailbox(account: Account) -> bool:
    """Whether the account's address is today the mailbox of a partner that it acts for, and it is nothing more."""
    known = await grants_of(account.id)
    present = {(place, code) for place, code, _ in await partners_with_mailbox(account.email)}
    return is_mailbox(known) and any((one.territory, one.partner) in present for one in known)


async def link_ended(session: AccountSession, account: Account, now: datetime) -> str | None:
    """Why a session that a mailbox's link opened ended with it; None for a session that stands, or is another."""
    opened_by = session.data.get(LINK)
    if opened_by is None:
        return None
    link = await link_by_id(UUID(opened_by))
    if link is None or link.revoked_at is not None:
        return "link revoked"
    if link.expires_at <= now:
        return "link expired"
    return None if await is_partners_mailbox(account) else "mailbox changed"
