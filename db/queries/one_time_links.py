"""Mailed links: found by the hash of their token, used up once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.account import OneTimeLink
from db.shape import to_record
from db.tables.account import OneTimeLink as LinkTable
from db.transaction import transaction


async def add_link(
    token_hash: str, *, purpose: str, account_id: UUID, expires_at: datetime, reusable: bool = False
) -> None:
    """A new link; earlier ones of the same account and purpose are void from now on.

    One that several people share is `reusable`, and leaves those that colleagues asked for before.
    """
    row = {"token_hash": token_hash, "purpose": purpose, "account": account_id, "expires_at": expires_at}
    async with transaction():
        if not reusable:
            await revoke_links(account_id, purpose=purpose, at=datetime.now(expires_at.tzinfo))
        await insert_rows(LinkTable, [{**row, "reusable": reusable}])


async def link_by_id(link_id: UUID) -> OneTimeLink | None:
    """The link that a session remembers; None when it was forgotten since."""
    row = await LinkTable.select().where(LinkTable.id == link_id).first()
    return None if row is None else _record(row)


async def link_with(token_hash: str) -> OneTimeLink | None:
    """The link with that hash, used or not; None when there never was one."""
    row = await LinkTable.select().where(LinkTable.token_hash == token_hash).first()
    return None if row is None else _record(row)


async def use_link(link_id: UUID, *, at: datetime) -> bool:
    """Use a link up: True for the first who asks while it is valid, False for everybody after."""
    table = LinkTable
    valid = table.used_at.is_null() & table.revoked_at.is_null() & (table.expires_at > at)
    async with transaction():
        rows = (
            await table.update({table.used_at: at}).where((table.id == link_id) & valid).returning(table.id)
        )
    return bool(rows)


async def revoke_links(account_id: UUID, *, at: datetime, purpose: str | None = None) -> None:
    """Those of an account that stand, of every purpose unless one is named."""
    table = LinkTable
    mine: Any = table.account == account_id
    if purpose is not None:
        mine = mine & (table.purpose == purpose)
    await table.update({table.revoked_at: at}).where(
        mine & table.used_at.is_null() & table.revoked_at.is_null()
    )


async def forget_links(*, before_at: datetime) -> int:
    """Delete links that ended before an instant; how many."""
    gone = await LinkTable.delete().where(LinkTable.expires_at < before_at).returning(LinkTable.id)
    return len(gone)


def _record(row: dict[str, Any]) -> OneTimeLink:
    return to_record(OneTimeLink, LinkTable, row, {}, account_id=row["account"])
