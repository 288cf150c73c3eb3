"""Who asks for places: an officer of a partner, or a coordinator who acts for one."""

from uuid import NAMESPACE_URL, UUID, uuid5

from db.records.territory import Territory
from service.actions.actor import Actor
from service.edge.identity import Connection, Identity, Role, identify
from service.errors import NotSignedIn
from service.partners.holder import Holder
from service.partners.opened import partner_facts

USERS: tuple[Role, ...] = ("partner", "coordinator")


async def holder_at(connection: Connection, territory: Territory, asked: str | None) -> Holder:
    """Partners are themselves whatever they ask; a coordinator says for whom. Raises `NotFound`, `NotSignedIn`."""
    identity = await identify(connection)
    if identity is None:
        raise NotSignedIn
    facts = await partner_facts(territory)
    partner = facts.partner(asked if identity.role == "coordinator" else identity.partner_code)
    return _holder(identity, partner.code)


def _holder(identity: Identity, partner: str) -> Holder:
    """Two officers in one mailbox have two sessions, hence hold for themselves."""
    account_id = _uuid(identity.account_id)
    return Holder(
        partner=partner,
        id=identity.session_id or account_id or uuid5(NAMESPACE_URL, identity.account_id),
        actor=Actor(account_id=account_id, label=partner if identity.role == "partner" else identity.role),
        coordinator=identity.role == "coordinator",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
