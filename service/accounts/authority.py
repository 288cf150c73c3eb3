"""How far an administrator's hand reaches: accounts of their territories, never beyond, never themselves out."""

from db.records.account import Account, Grant
from service.edge.identity import Identity
from service.errors import Conflict, Forbidden


def reaches(identity: Identity, grants: tuple[Grant, ...]) -> bool:
    """Whether every role of an account lies where this administrator administers."""
    if identity.territories is None:
        return True
    return all(one.territory is not None and identity.may_enter(one.territory) for one in grants)


def refuse_beyond(identity: Identity, grants: tuple[Grant, ...]) -> None:
    """Raises `Forbidden`: what concerns the whole account is for who administers all of it."""
    if not reaches(identity, grants):
        raise Forbidden(
            "Ce compte a aussi un rôle ailleurs : son administration revient à qui administre l’ensemble."
        )


def refuse_oneself(identity: Identity, account: Account) -> None:
    """Raises `Conflict`: nobody shuts the door on themselves."""
    if identity.account_id == str(account.id):
        raise Conflict("Vous ne pouvez pas faire cela à votre propre compte.")


def enters_by_mailbox(account: Account) -> bool:
    """A service's shared mailbox: nobody's password opens it, and none is to be made for it."""
    return account.state == "active" and account.password_hash is None and account.oidc_subject is None
