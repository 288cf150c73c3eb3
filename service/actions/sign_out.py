"""End one session, or all of an account wherever they are."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.accounts import set_account
from db.queries.one_time_links import revoke_links
from db.queries.sessions import end_session, end_sessions_of
from db.transaction import in_transaction
from service.accounts.mailbox import PURPOSE


async def sign_out(session_id: UUID) -> None:
    await end_session(session_id, at=datetime.now(UTC))


async def sign_out_everywhere(account_id: UUID) -> None:
    """Every session made until now is void, also one that is being made at this moment elsewhere.

    So are the links of a shared mailbox: one of them may be what somebody else has.
    """
    now = datetime.now(UTC)

    async def work() -> None:
        await set_account(account_id, sessions_from_at=now)
        await end_sessions_of(account_id, at=now)
        await revoke_links(account_id, at=now, purpose=PURPOSE)

    await in_transaction(work)
