"""Sign in with address and password; a code may still be asked for afterwards."""

from datetime import UTC, datetime, timedelta

import structlog

from db.queries.accounts import account_with, count_failure, set_account
from db.queries.sessions import end_session
from db.queries.trail import note
from db.records.account import Account, AccountSession
from db.records.trail import TrailEntry
from service.accounts.errors import LockedOut, WrongCredentials
from service.accounts.origin import Origin
from service.accounts.passwords import hash_password, is_outdated, is_password
from service.accounts.sessions import start_session
from service.settings import Settings

FREE_FAILURES = 5
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=1)
log = structlog.get_logger(__name__)


async def sign_in(
    settings: Settings, email: str, password: str, origin: Origin, *, before: AccountSession | None = None
) -> str:
    """The secret of a new session; the one `before` is ended. Raises `WrongCredentials`, `LockedOut`."""
    account, now = await account_with(email=email), datetime.now(UTC)
    if account is not None:
        refuse_locked(account, now)
    stored = account.password_hash if account and account.state == "active" else None
    if not await is_password(stored, password) or account is None:
        await _fail(account, now)
        raise WrongCredentials
    if stored and is_outdated(stored):
        await set_account(account.id, password_hash=await hash_password(password))
    return await open_door(settings, account, origin, before=before)


async def open_door(
    settings: Settings,
    account: Account,
    origin: Origin,
    *,
    before: AccountSession | None = None,
    second_factor: bool = False,
) -> str:
    """A session of somebody who has proved who they are; the secret changes whenever that happens."""
    now = datetime.now(UTC)
    if before is not None:
        await end_session(before.id, at=now)
    await set_account(account.id, failed_count=0, locked_until_at=None, last_login_at=now)
    secret = await start_session(settings, account, origin, second_factor=second_factor)
    await note(_entry("signed_in", account, now))
    return secret


def refuse_locked(account: Account, now: datetime) -> None:
    """Raises `LockedOut` while a delay runs."""
    until = account.locked_until_at
    if until is not None and until > now:
        seconds = int((until - now).total_seconds()) + 1
        raise LockedOut(f"Réessayez dans {-(-seconds // 60)} min.", retry_after=seconds)


async def fail_once(account: Account, now: datetime) -> None:
    """Counts a wrong password or code; from the fifth on each one doubles the delay."""
    failures = await count_failure(account.id)
    if failures >= FREE_FAILURES:
        delay = min(FIRST_DELAY * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_DELAY)
        await set_account(account.id, locked_until_at=now + delay)


async def _fail(account: Account | None, now: datetime) -> None:
    log.warning("sign-in refused", known=account is not None)
    if account is not None:
        await fail_once(account, now)
        await note(_entry("sign_in_refused", account, now))


def _entry(action: str, account: Account, now: datetime) -> TrailEntry:
    return TrailEntry(
        at=now,
        action=action,
        actor_id=account.id,
        actor_label=account.name or account.email,
        about_kind="account",
        about_ref=str(account.id),
    )
