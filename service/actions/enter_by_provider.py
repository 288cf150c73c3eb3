"""Let in whom the organisation's provider vouches for, if they were invited."""

from datetime import UTC, datetime

import structlog

from db.errors import AlreadyThereError
from db.queries.accounts import account_with, set_account
from db.queries.one_time_links import revoke_links
from db.records.account import Account
from db.transaction import in_transaction
from service.accounts.errors import NotAUser
from service.accounts.openid import Proven

log = structlog.get_logger(__name__)


async def enter_by_provider(proven: Proven) -> Account:
    """The account of that identity; the first time, the one invited at its verified address. Raises `NotAUser`."""

    async def work() -> Account:
        account = await account_with(oidc_subject=proven.subject)
        if account is None and proven.email:
            account = await account_with(email=proven.email)
            if account is not None and account.oidc_subject is not None:
                raise _refused("another identity")
        if account is None or account.state == "closed":
            raise _refused("closed" if account else "not invited")
        if account.oidc_subject is None:
            account = await set_account(account.id, oidc_subject=proven.subject, state="active")
            await revoke_links(account.id, purpose="invitation", at=datetime.now(UTC))
        return account

    try:
        return await in_transaction(work)
    except AlreadyThereError as error:
        raise _refused("another identity") from error


def _refused(why: str) -> NotAUser:
    log.warning("provider's word refused", reason=why)
    return NotAUser("Demandez à l’administration de vous inviter à cette adresse.")
