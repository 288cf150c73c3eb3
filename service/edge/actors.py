"""Who is signed in, as histories name them."""

from uuid import UUID

from service.actions.actor import Actor
from service.edge.identity import Identity


def actor_of(identity: Identity | None) -> Actor:
    """Staff act for those they follow or meet only; nobody's code is nobody's."""
    if identity is None:
        return Actor()
    only_staff = (identity.staff_code or "") if identity.role == "staff" else None
    try:
        return Actor(account_id=UUID(identity.account_id), label=identity.role, only_staff=only_staff)
    except ValueError:
        return Actor(label=identity.account_id, only_staff=only_staff)
