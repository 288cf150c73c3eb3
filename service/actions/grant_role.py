"""Give an account a role in one territory, or take one away; its roles elsewhere stay as they are."""

from uuid import UUID

from db.errors import NotFoundError
from db.queries.accounts import account_by_id, all_accounts, grants_of, set_grants
from db.records.account import Grant
from db.transaction import in_transaction, lock
from service.accounts.authority import enters_by_mailbox
from service.errors import BadInput, Conflict, NotFound
from service.mail.tell_new_role import tell_new_role

ROLES = ("administrator", "coordinator", "staff", "partner")


async def grant_role(account_id: UUID, grant: Grant) -> None:
    """Twice is once; who answers for the territory is told by mail. Raises `BadInput`, `NotFound` on a code that is not there."""
    refuse_incomplete(grant)

    async def work() -> None:
        await lock(f"roles {account_id}")
        account = await account_by_id(account_id)
        held = await grants_of(account_id)
        if grant in held:
            return
        if grant.role != "partner" and enters_by_mailbox(account):
            raise BadInput("C’est la boîte partagée d’un service : invitez la personne à sa propre adresse.")
        await set_grants(account_id, (*held, grant))
        await tell_new_role(account, grant)

    try:
        await in_transaction(work)
    except NotFoundError as error:
        raise NotFound("Cette personne ou ce partenaire n’existe pas ici.") from error


def refuse_incomplete(grant: Grant) -> None:
    """Raises `BadInput`: a staff role names its person, a partner role its partner, the others nobody."""
    if grant.role not in ROLES:
        raise BadInput("Ce rôle n’existe pas.")
    if (grant.role == "staff") != (grant.staff is not None):
        raise BadInput("Un rôle d’équipe, et lui seul, désigne une personne de l’équipe.")
    if (grant.role == "partner") != (grant.partner is not None):
        raise BadInput("Un rôle de partenaire, et lui seul, désigne un partenaire.")


async def take_role(account_id: UUID, grant: Grant) -> None:
    """Raises `Conflict` for the last administrator of a territory, `NotFound` for a role that is not held."""

    async def work() -> None:
        await lock("roles of administrators", f"roles {account_id}")
        held = await grants_of(account_id)
        if grant not in held:
            raise NotFound("Ce compte n’a pas ce rôle.")
        if grant.role == "administrator" and await _is_last(account_id, grant):
            raise Conflict("C’est la dernière personne qui administre ce territoire.")
        await set_grants(account_id, tuple(one for one in held if one != grant))

    await in_transaction(work)


async def _is_last(account_id: UUID, grant: Grant) -> bool:
    for account in await all_accounts():
        if account.id != account_id and account.state == "active":
            held = await grants_of(account.id)
            if any(one.role == "administrator" and one.territory in (None, grant.territory) for one in held):
                return False
    return True
