"""Close an account, wherever it is signed in; open it again."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.accounts import account_by_id, set_account
from db.queries.api_tokens import revoke_tokens_of
from db.queries.one_time_links import revoke_links
from db.queries.sessions import end_sessions_of
from db.records.account import Account
from db.transaction import in_transaction
from service.accounts.mailbox import is_partners_mailbox
from service.errors import Conflict


async def lock_account(account_id: UUID) -> None:
    """Its sessions end, its tokens and mailed links are revoked at once."""
    now = datetime.now(UTC)

    async def work() -> None:
        await set_account(account_id, state="closed", sessions_from_at=now)
        await end_sessions_of(account_id, at=now)
        await revoke_tokens_of(account_id, at=now)
        await revoke_links(account_id, at=now)

    await in_transaction(work)


async def unlock_account(account_id: UUID) -> None:
    """Its password is the one it had; without one it is invited again, a partner's mailbox open as before.

    Raises `Conflict` when it is not closed.
    """

    async def work() -> None:
        account = await account_by_id(account_id)
        if account.state != "closed":
            raise Conflict("Ce compte n’est pas fermé.")
        state = "active" if await _has_a_way_in(account) else "invited"
        await set_account(account_id, state=state, failed_count=0, locked_until_at=None)

    await in_transaction(work)


async def _has_a_way_in(account: Account) -> bool:
    """A mailbox has neither password nor provider: links mailed to it are its way in."""
    return bool(account.password_hash or account.oidc_subject) or await is_partners_mailbox(account)
