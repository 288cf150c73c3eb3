"""Choose another password while signed in: the other sessions end."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.accounts import account_by_id, set_account
from db.queries.sessions import end_sessions_of
from db.transaction import in_transaction
from service.accounts.errors import WrongCredentials
from service.accounts.passwords import hash_password, is_password, refuse_weak
from service.actions.sign_in import fail_once, refuse_locked


async def change_password(account_id: UUID, old: str, new: str) -> None:
    """Raises `WrongCredentials` (counted like a wrong sign-in), `LockedOut`, `WeakPassword`."""
    account, now = await account_by_id(account_id), datetime.now(UTC)
    refuse_locked(account, now)
    if not await is_password(account.password_hash, old):
        await fail_once(account, now)
        raise WrongCredentials
    refuse_weak(new, account.email, account.name)
    hashed = await hash_password(new)

    async def work() -> None:
        await set_account(account_id, password_hash=hashed, failed_count=0)
        await end_sessions_of(account_id, at=now)

    await in_transaction(work)
