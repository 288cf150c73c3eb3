"""Secret addresses of feeds: one a device, found by the hash of its token, revoked alone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.records.feed import FeedToken
from db.shape import to_record
from db.tables.feed import FeedToken as TokenTable
from db.transaction import transaction

_AT_ONCE = 400


async def add_feed_token(
    territory_id: UUID,
    *,
    token_hash: str,
    kind: str,
    subject_id: UUID,
    device: str,
    options: dict[str, Any] | None = None,
) -> FeedToken:
    """Keep a new address. The token itself is never given to the database."""
    row = {
        "territory": territory_id,
        "token_hash": token_hash,
        "kind": kind,
        "subject_id": subject_id,
        "device": device,
        "options": options or {},
    }
    async with transaction():
        await insert_rows(TokenTable, [row])
    found = await feed_token(token_hash)
    if found is None:
        raise NotFoundError("feed_token", device)
    return found


async def feed_token(token_hash: str) -> FeedToken | None:
    """The address with that hash, revoked or not; None when there never was one."""
    row = await TokenTable.select().where(TokenTable.token_hash == token_hash).first()
    return None if row is None else _record(row)


async def feed_tokens(
    territory_id: UUID, *, kind: str | None = None, subject_id: UUID | None = None
) -> tuple[FeedToken, ...]:
    """Addresses of a territory, the newest last; of one kind, of one subject."""
    wanted: Any = TokenTable.territory == territory_id
    if kind is not None:
        wanted = wanted & (TokenTable.kind == kind)
    if subject_id is not None:
        wanted = wanted & (TokenTable.subject_id == subject_id)
    rows = await TokenTable.select().where(wanted).order_by(TokenTable.created_at, TokenTable.id)
    return tuple(_record(row) for row in rows)


async def revoke_feed_token(territory_id: UUID, token_id: UUID, *, at: datetime) -> FeedToken:
    """Void one address for ever. Raises `NotFoundError`, also for another territory's."""
    mine = (TokenTable.id == token_id) & (TokenTable.territory == territory_id)
    await TokenTable.update({TokenTable.revoked_at: at}).where(mine & TokenTable.revoked_at.is_null())
    row = await TokenTable.select().where(mine).first()
    if row is None:
        raise NotFoundError("feed_token", token_id)
    return _record(row)


async def note_feed_uses(token_ids: Collection[UUID], *, at: datetime) -> None:
    """Remember the hour of the last use of each; nothing is written twice in an hour."""
    hour, ids, table = at.replace(minute=0, second=0, microsecond=0), list(token_ids), TokenTable
    async with transaction():
        for start in range(0, len(ids), _AT_ONCE):
            await table.update({table.last_used_at: hour}).where(
                table.id.is_in(ids[start : start + _AT_ONCE])
                & (table.last_used_at.is_null() | (table.last_used_at < hour))
            )


def _record(row: dict[str, Any]) -> FeedToken:
    return to_record(FeedToken, TokenTable, row, {}, territory_id=row["territory"])
