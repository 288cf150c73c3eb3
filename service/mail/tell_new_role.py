"""Nobody is let in silently: who sees participants' things is announced to those who answer for the territory."""

from uuid import UUID

from db.acting import acting_now
from db.queries.partner_accounts import addresses_of_role
from db.queries.territories import territory_by_code
from db.records.account import Account, Grant
from service.catalogue import text
from service.mail.outbox import NewMail, queue_mail

ROLE_WORDS = {
    "administrator": "Administration",
    "coordinator": "Coordination",
    "staff": "Équipe",
}
"""Roles that open participants' pages, or may open them to others; a partner sees its own orientations alone."""


async def tell_new_role(account: Account, grant: Grant) -> None:
    """One mail to each coordinator and administrator of the territory but the new one, who granted it included.

    In the transaction of the grant. A role everywhere is told to who administers everything.
    """
    if grant.role not in ROLE_WORDS:
        return
    territory = await territory_by_code(grant.territory) if grant.territory else None
    where = territory.name if territory else text("tous les territoires")
    acting = acting_now()
    body = text(
        "{who} ({email}) a reçu le rôle « {role} », territoire : {where}.\nDonné par : {by}.\n\n"
        "Si cela vous étonne, parlez-en : le journal de l’administration dit quand, et d’où.",
        who=account.name or account.email,
        email=account.email,
        role=text(ROLE_WORDS[grant.role]),
        where=where,
        by=acting.label if acting else "escale",
    )
    for address in await _answering(territory.id if territory else None, account):
        mail = NewMail(
            kind="role",
            to=address,
            subject=text("Un nouvel accès : {where}", where=where),
            body=body,
            territory_id=territory.id if territory else None,
        )
        await queue_mail(mail)


async def _answering(territory_id: UUID | None, account: Account) -> list[str]:
    found = {
        address
        for role in ("coordinator", "administrator")
        for address in await addresses_of_role(territory_id, role)
    }
    return sorted(found - {account.email})
