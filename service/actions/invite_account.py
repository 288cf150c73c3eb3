"""Invite somebody, or let them choose a new password: one mailed link, which opens a page."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from db.acting import Mention, mention
from db.errors import AlreadyThereError, NotFoundError
from db.queries.accounts import account_by_id, account_with, add_account, set_grants
from db.queries.one_time_links import add_link
from db.records.account import Account, Grant, LinkPurpose
from db.transaction import in_transaction
from service.accounts.authority import enters_by_mailbox
from service.accounts.errors import AddressTaken
from service.accounts.tokens import new_secret, secret_hash
from service.actions.grant_role import refuse_incomplete
from service.errors import BadInput, NotFound
from service.mail.links import invitation_mail, reset_mail
from service.mail.outbox import is_address, queue_mail
from service.mail.tell_new_role import tell_new_role

LONGEST_NAME = 80
VALID: dict[str, timedelta] = {"invitation": timedelta(days=7), "reset": timedelta(hours=2)}


async def invite_account(email: str, name: str, grants: tuple[Grant, ...], root: str) -> Account:
    """A new account and its invitation, in one transaction. Raises `BadInput`, `AddressTaken`, `NotFound`."""
    if not is_address(email):
        raise BadInput("Cette adresse de courriel n’en est pas une.")
    if len(name) > LONGEST_NAME or not all(letter.isprintable() for letter in name):
        raise BadInput(f"Un nom tient sur une ligne, en {LONGEST_NAME} caractères au plus.")
    for grant in grants:
        refuse_incomplete(grant)

    async def work() -> Account:
        account = await add_account(email, name)
        await set_grants(account.id, grants)
        await queue_mail(invitation_mail(account, await make_link(account.id, "invitation", root)))
        for grant in grants:
            await tell_new_role(account, grant)
        mention(Mention(what="invite", kind="account", ref=str(account.id)))
        return account

    try:
        return await in_transaction(work)
    except AlreadyThereError as error:
        raise AddressTaken from error
    except NotFoundError as error:
        raise NotFound("Cette personne ou ce partenaire n’existe pas ici.") from error


async def invite_again(account_id: UUID, root: str) -> None:
    """A new link; the earlier one is void. An account that is active already gets one for its password."""
    account = await account_by_id(account_id)
    purpose: LinkPurpose = "invitation" if account.state == "invited" else "reset"

    async def work() -> None:
        link = await make_link(account.id, purpose, root)
        mail = invitation_mail if purpose == "invitation" else reset_mail
        await queue_mail(mail(account, link))

    await in_transaction(work)


async def ask_reset(email: str, root: str) -> None:
    """Mails a link when the address has an account of one's own; says the same when it has none."""
    account = await account_with(email=email)
    if account is not None and account.state != "closed" and not enters_by_mailbox(account):
        await invite_again(account.id, root)


async def make_link(account_id: UUID, purpose: LinkPurpose, root: str) -> str:
    """The full address of a new link."""
    secret = new_secret()
    expires_at = datetime.now(UTC) + VALID[purpose]
    await add_link(secret_hash(secret), purpose=purpose, account_id=account_id, expires_at=expires_at)
    return f"{root}/lien/{secret}"
