"""The two mails that carry a link: they only say that a page waits."""

from db.records.account import Account
from service.catalogue import typographic
from service.mail.outbox import NewMail

INVITATION = """Bonjour,

Un compte escale vous attend. Ouvrez cette page pour choisir votre mot de passe :

{link}

Le lien vaut sept jours et ne sert qu’une fois, quand vous appuyez sur le bouton de la page.
Si vous n’attendiez pas ce message, ne faites rien.
"""
RESET = """Bonjour,

Vous, ou quelqu’un d’autre, avez demandé un nouveau mot de passe pour escale. Pour le choisir :

{link}

Le lien vaut deux heures et ne sert qu’une fois, quand vous appuyez sur le bouton de la page.
Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.
"""


def invitation_mail(account: Account, link: str) -> NewMail:
    return NewMail(
        kind="link",
        to=account.email,
        subject="Votre compte escale",
        body=typographic(INVITATION).format(link=link),
        recipient_id=account.id,
    )


def reset_mail(account: Account, link: str) -> NewMail:
    return NewMail(
        kind="link",
        to=account.email,
        subject="Votre mot de passe escale",
        body=typographic(RESET).format(link=link),
        recipient_id=account.id,
    )
