"""Access for a service's shared mailbox: a mailed link, a page, a button; officers sign each orientation with initials."""

from datetime import UTC, datetime, timedelta

import structlog

from db.queries.accounts import account_with, add_account, grants_of, set_grants
from db.queries.one_time_links import add_link
from db.queries.partner_accounts import partners_with_mailbox
from db.records.account import Account, Grant, OneTimeLink
from db.transaction import in_transaction
from service.accounts.errors import LinkNotValid
from service.accounts.mailbox import PURPOSE, is_mailbox, is_partners_mailbox
from service.accounts.origin import Origin
from service.accounts.sessions import start_session
from service.accounts.tokens import new_secret, secret_hash
from service.actions.accept_link import read_link
from service.catalogue import text
from service.mail.outbox import NewMail, queue_mail
from service.settings import Settings

VALID = timedelta(days=7)
BODY = """Bonjour,

Pour voir les places libres et orienter une personne, ouvrez cette page et appuyez sur son bouton :

{link}

Le lien vaut sept jours pour toute l’équipe qui lit cette boîte : chacune et chacun signe de ses initiales.
Si personne chez vous ne l’a demandé, ne faites rien.
"""
log = structlog.get_logger(__name__)


async def ask_mailbox_link(email: str, root: str) -> None:
    """Mails a link when the address is a partner's mailbox; says the same when it is not."""

    async def work() -> None:
        account = await _account(email)
        if account is None:
            return
        secret = new_secret()
        expires_at = datetime.now(UTC) + VALID
        await add_link(
            secret_hash(secret),
            purpose=PURPOSE,
            account_id=account.id,
            expires_at=expires_at,
            reusable=True,
        )
        body = BODY.format(link=f"{root}/service/{secret}")
        subject = text("Vos places libres : le lien de votre service")
        await queue_mail(
            NewMail(kind="link", to=account.email, subject=subject, body=body, recipient_id=account.id)
        )

    await in_transaction(work)


async def _account(email: str) -> Account | None:
    """The account of a mailbox, made when it is first asked for; None for anybody who is more than a partner."""
    partners = await partners_with_mailbox(email)
    if not partners:
        return None
    account = await account_with(email=email)
    wanted = tuple(Grant(role="partner", territory=place, partner=code) for place, code, _ in partners)
    if account is None:
        account = await add_account(email, partners[0][2], state="active")
        await set_grants(account.id, wanted)
        return account
    known = await grants_of(account.id)
    return account if account.state == "active" and is_mailbox(known) else None


async def read_mailbox_link(secret: str) -> tuple[OneTimeLink, Account]:
    """The link and whose mailbox it opens, as long as it is theirs; nothing is used up. Raises `LinkNotValid`."""
    link, account = await read_link(secret)
    if link.purpose != PURPOSE or not await is_partners_mailbox(account):
        log.warning("link refused", reason="purpose" if link.purpose != PURPOSE else "mailbox")
        raise LinkNotValid("Demandez-en un nouveau depuis la page de connexion.")
    return link, account


async def open_mailbox(settings: Settings, secret: str, origin: Origin) -> str:
    """The secret of a session of one's own, which ends with the link at the latest. Raises `LinkNotValid`."""
    link, account = await read_mailbox_link(secret)
    return await start_session(settings, account, origin, link=str(link.id))
