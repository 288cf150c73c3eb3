"""Use a mailed link: choose a password, once."""

from datetime import UTC, datetime

import structlog

from db.queries.accounts import account_by_id, set_account
from db.queries.one_time_links import link_with, use_link
from db.queries.sessions import end_sessions_of
from db.records.account import Account, OneTimeLink
from db.transaction import in_transaction
from service.accounts.errors import LinkNotValid
from service.accounts.passwords import hash_password, refuse_weak
from service.accounts.tokens import secret_hash

log = structlog.get_logger(__name__)


async def read_link(secret: str) -> tuple[OneTimeLink, Account]:
    """The link and its account, nothing used up. Raises `LinkNotValid`."""
    link, now = await link_with(secret_hash(secret)), datetime.now(UTC)
    if link is None or link.account_id is None:
        raise _refused("unknown")
    if link.used_at is not None or link.revoked_at is not None:
        raise _refused("used" if link.used_at else "revoked")
    if link.expires_at <= now:
        raise _refused("expired")
    account = await account_by_id(link.account_id)
    if account.state == "closed":
        raise _refused("closed")
    return link, account


async def read_password_link(secret: str) -> tuple[OneTimeLink, Account]:
    """A link that is for choosing a password. Raises `LinkNotValid`."""
    link, account = await read_link(secret)
    if link.purpose not in ("invitation", "reset"):
        raise _refused("purpose")
    return link, account


def _refused(why: str) -> LinkNotValid:
    log.warning("link refused", reason=why)
    return LinkNotValid(
        "Celui-ci a servi, a expiré ou a été remplacé. Demandez-en un nouveau à qui vous a invité, ou par « Mot de passe oublié » si vous aviez déjà un compte."
    )


async def accept_link(secret: str, password: str) -> Account:
    """Sets the password, opens the account, ends its sessions. Raises `LinkNotValid`, `WeakPassword`."""
    link, account = await read_password_link(secret)
    refuse_weak(password, account.email, account.name)
    hashed, now = await hash_password(password), datetime.now(UTC)

    async def work() -> Account:
        if not await use_link(link.id, at=now):
            raise _refused("used")
        await end_sessions_of(account.id, at=now)
        return await set_account(
            account.id,
            password_hash=hashed,
            state="active",
            failed_count=0,
            locked_until_at=None,
            sessions_from_at=now,
        )

    return await in_transaction(work)
