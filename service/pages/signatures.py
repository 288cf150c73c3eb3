"""How accounts sign what they did in a territory, where others than administrators read it: nobody's address."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.accounts import account_by_id, grants_of
from db.records.trail import TrailEntry
from service.catalogue import text
from service.edge.identity import RANKS, identity_from
from service.pages.shell import account_of


async def signature(account_id: UUID, territory: str) -> str:
    """A code, a name or a role in words, as they are known there, nothing of what they are elsewhere; empty once the account is gone."""
    try:
        account = await account_by_id(account_id)
    except NotFoundError:
        return ""
    here = tuple(one for one in await grants_of(account.id) if one.territory in (None, territory))
    identity = identity_from(account, here)
    signed = account_of(identity.acting_as(RANKS, territory) if identity else None)
    return signed.name if signed else account.name


async def signatures(account_ids: Iterable[UUID | None], territory: str) -> dict[UUID, str]:
    """By account, each read once."""
    known = {one for one in account_ids if one is not None}
    return {one: await signature(one, territory) for one in known}


async def signed(entries: Iterable[TrailEntry], territory: str) -> tuple[TrailEntry, ...]:
    """The entries; whoever had no name, and stands in the trail by their address, signs as in that territory."""
    every = tuple(entries)
    names = await signatures((one.actor_id for one in every if _is_address(one.actor_label)), territory)
    unknown = text("personne inconnue")
    return tuple(
        msgspec.structs.replace(one, actor_label=(one.actor_id and names.get(one.actor_id)) or unknown)
        if _is_address(one.actor_label)
        else one
        for one in every
    )


def _is_address(label: str | None) -> bool:
    return label is not None and "@" in label
