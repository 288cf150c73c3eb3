"""The second factor: set it up, confirm it, ask for it, take it away."""

from datetime import UTC, datetime
from uuid import UUID

from db.queries.accounts import account_by_id, set_account, use_totp_step
from db.records.account import Account
from service.accounts.errors import TotpState, WrongCode
from service.accounts.master_key import MasterKeys, NotOpened
from service.accounts.totp import new_totp_secret, open_totp, seal_totp, step_of_code
from service.actions.sign_in import fail_once, refuse_locked
from service.errors import Unavailable


async def begin_totp(account_id: UUID, keys: MasterKeys) -> str:
    """The secret to show; the same until it is confirmed. Raises `TotpState` when one is confirmed."""
    account = await account_by_id(account_id)
    if account.totp_confirmed_at is not None:
        raise TotpState
    if account.totp_sealed is not None:
        try:
            return open_totp(keys, account_id, account.totp_sealed)
        except NotOpened:
            pass
    secret = new_totp_secret()
    await set_account(account_id, totp_sealed=seal_totp(keys, account_id, secret))
    return secret


async def check_code(account_id: UUID, keys: MasterKeys, code: str) -> Account:
    """Takes a code, each one once; the first one confirms. Raises `WrongCode`, `LockedOut`, `TotpState`,
    `Unavailable`.
    """
    account, now = await account_by_id(account_id), datetime.now(UTC)
    refuse_locked(account, now)
    if account.totp_sealed is None:
        raise TotpState
    step = step_of_code(_opened(keys, account_id, account.totp_sealed), code)
    if step is None or not await use_totp_step(account_id, step):
        await fail_once(account, now)
        raise WrongCode
    confirmed = account.totp_confirmed_at or now
    return await set_account(account_id, totp_confirmed_at=confirmed, failed_count=0)


def _opened(keys: MasterKeys, account_id: UUID, sealed: bytes) -> str:
    try:
        return open_totp(keys, account_id, sealed)
    except NotOpened as error:
        raise Unavailable("La clé qui ouvre votre second facteur n’est pas sur cette machine.") from error


async def remove_totp(account_id: UUID) -> None:
    """For somebody whose telephone is lost: by an administrator, or by themselves with a code."""
    await set_account(account_id, totp_sealed=None, totp_confirmed_at=None)
