"""Mailed links without an account: they open one page for whoever reads a shared mailbox, until they expire."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from db.bulk import insert_rows
from db.records.base import Instant, Record
from db.shape import to_record
from db.tables.account import OneTimeLink
from db.transaction import transaction


class SharedLink(Record, frozen=True, kw_only=True):
    """`payload` says what it is about; opening it as often as one likes uses nothing up."""

    id: UUID
    purpose: str
    territory_id: UUID
    email: str
    expires_at: Instant
    payload: dict[str, Any] = msgspec.field(default_factory=dict)
    revoked_at: Instant | None = None


async def add_shared_link(
    token_hash: str,
    *,
    purpose: str,
    territory_id: UUID,
    email: str,
    payload: dict[str, Any],
    expires_at: datetime,
) -> None:
    """A new link beside those that were mailed before."""
    row = {
        "token_hash": token_hash,
        "purpose": purpose,
        "territory": territory_id,
        "email": email,
        "payload": payload,
        "reusable": True,
        "expires_at": expires_at,
    }
    async with transaction():
        await insert_rows(OneTimeLink, [row])


async def shared_link_with(token_hash: str, purpose: str) -> SharedLink | None:
    """The link with that hash and purpose; None when there never was one."""
    table = OneTimeLink
    row = (
        await table.select()
        .where((table.token_hash == token_hash) & (table.purpose == purpose) & table.territory.is_not_null())
        .first()
    )
    if row is None:
        return None
    return to_record(SharedLink, OneTimeLink, row, {}, territory_id=row["territory"])
