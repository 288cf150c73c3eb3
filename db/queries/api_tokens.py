"""Personal tokens of the interface: found by their hash, revoked alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.records.account import ApiToken
from db.shape import to_record
from db.tables.account import ApiToken as TokenTable
from db.transaction import transaction


async def add_token(
    account_id: UUID, token_hash: str, *, name: str, scopes: tuple[str, ...], expires_at: datetime
) -> None:
    row = {
        "account": account_id,
        "token_hash": token_hash,
        "name": name,
        "scopes": scopes,
        "expires_at": expires_at,
    }
    async with transaction():
        await insert_rows(TokenTable, [row])


async def token_with(token_hash: str) -> ApiToken | None:
    """The token with that hash, revoked or not; None when there never was one."""
    row = await TokenTable.select().where(TokenTable.token_hash == token_hash).first()
    return None if row is None else _record(row)


async def tokens_of(account_id: UUID) -> tuple[ApiToken, ...]:
    """Tokens of an account that are not revoked, the newest first."""
    table = TokenTable
    rows = (
        await table.select()
        .where((table.account == account_id) & table.revoked_at.is_null())
        .order_by(table.created_at, ascending=False)
    )
    return tuple(_record(row) for row in rows)


async def revoke_token(account_id: UUID, token_id: UUID, *, at: datetime) -> None:
    """Raises `NotFoundError`, also for another account's."""
    table = TokenTable
    mine = (table.id == token_id) & (table.account == account_id)
    async with transaction():
        rows = await table.update({table.revoked_at: at}).where(mine).returning(table.id)
    if not rows:
        raise NotFoundError("api_token", token_id)


async def revoke_tokens_of(account_id: UUID, *, at: datetime) -> None:
    """Every token of an account."""
    table = TokenTable
    await table.update({table.revoked_at: at}).where(
        (table.account == account_id) & table.revoked_at.is_null()
    )


async def note_token_use(token_id: UUID, *, at: datetime) -> None:
    """Remember the hour of the last use; nothing is written twice in an hour."""
    hour, table = at.replace(minute=0, second=0, microsecond=0), TokenTable
    await table.update({table.last_used_at: hour}).where(
        (table.id == token_id) & (table.last_used_at.is_null() | (table.last_used_at < hour))
    )


def _record(row: dict[str, Any]) -> ApiToken:
    return to_record(ApiToken, TokenTable, row, {}, account_id=row["account"])
