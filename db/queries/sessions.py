"""Sessions on the server: found by the hash of their token, ended one by one or all at once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.account import AccountSession
from db.shape import to_record
from db.tables.account import AccountSession as SessionTable
from db.transaction import transaction


async def add_session(token_hash: str, *, expires_at: datetime, **fields: Any) -> AccountSession:
    """Keep a new session. Fields: account, data, address, agent, last_seen_at, second_factor_at."""
    async with transaction():
        ids = await insert_rows(
            SessionTable, [{**fields, "token_hash": token_hash, "expires_at": expires_at}]
        )
        row = await SessionTable.select().where(SessionTable.id == ids[0]).first()
    return _record(row or {})


async def session_with(token_hash: str) -> AccountSession | None:
    """The session with that hash, ended or not; None when there never was one."""
    row = await SessionTable.select().where(SessionTable.token_hash == token_hash).first()
    return None if row is None else _record(row)


async def sessions_of(account_id: UUID, *, now: datetime) -> tuple[AccountSession, ...]:
    """Sessions of an account that are not ended, the newest first."""
    table = SessionTable
    rows = (
        await table.select()
        .where((table.account == account_id) & table.revoked_at.is_null() & (table.expires_at > now))
        .order_by(table.created_at, ascending=False)
    )
    return tuple(_record(row) for row in rows)


async def touch_session(session_id: UUID, *, at: datetime) -> None:
    """Remember when it was last used."""
    await SessionTable.update({SessionTable.last_seen_at: at}).where(SessionTable.id == session_id)


async def end_session(session_id: UUID, *, at: datetime) -> None:
    table = SessionTable
    await table.update({table.revoked_at: at}).where((table.id == session_id) & table.revoked_at.is_null())


async def end_sessions_of(account_id: UUID, *, at: datetime) -> None:
    """Every session of an account."""
    table = SessionTable
    await table.update({table.revoked_at: at}).where(
        (table.account == account_id) & table.revoked_at.is_null()
    )


async def forget_sessions(*, before_at: datetime) -> int:
    """Delete sessions that ended before an instant; how many."""
    table = SessionTable
    gone = await table.delete().where(table.expires_at < before_at).returning(table.id)
    return len(gone)


def _record(row: dict[str, Any]) -> AccountSession:
    return to_record(AccountSession, SessionTable, row, {}, account_id=row["account"])
