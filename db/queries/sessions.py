"""Sessions on the server: found by the hash of their token, ended one by one or all at once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from db.bulk import insert_rows
from db.engine import current
from db.records.account import Account, AccountSession, Grant
from db.shape import fields_of, to_record
from db.tables.account import Account as AccountTable
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


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """A session, ended or not, with its account and what that may do, in the order in which it was granted."""

    session: AccountSession
    account: Account | None = None
    grants: tuple[Grant, ...] = ()


async def visitor_with(token_hash: str) -> Visitor | None:
    """Who comes with that session; None when there never was one. One statement: every request asks it."""
    mark = "$1" if current().engine_type == "postgres" else "?"
    rows = await current().run_sql(_VISITOR + mark + _IN_ORDER, [token_hash])
    if not rows:
        return None
    first = rows[0]
    session = _record(_part(first, "session"))
    account = to_record(Account, AccountTable, _part(first, "account"), {}) if first["account_id"] else None
    grants = tuple(Grant(**_part(row, "grant")) for row in rows if row["grant_role"])
    return Visitor(session=session, account=account, grants=grants)


def _part(row: Any, name: str) -> dict[str, Any]:
    start = len(name) + 1
    return {column[start:]: value for column, value in row.items() if column.startswith(f"{name}_")}


def _columns(table: str, names: list[str]) -> str:
    return ", ".join(f'"{table}"."{name}" AS "{table}_{name}"' for name in names)


_VISITOR = (
    "SELECT "  # noqa: S608
    + _columns("session", [column._meta.name for column in SessionTable._meta.columns])
    + ", "
    + _columns("account", [field.name for field in fields_of(Account, AccountTable)])
    + """, "held"."role" AS "grant_role", "territory"."code" AS "grant_territory",
    "staff"."code" AS "grant_staff", "partner"."code" AS "grant_partner"
    FROM "account_session" AS "session"
    LEFT JOIN "account" ON "account"."id" = "session"."account"
    LEFT JOIN "account_role" AS "held" ON "held"."account" = "account"."id"
    LEFT JOIN "territory" ON "territory"."id" = "held"."territory"
    LEFT JOIN "staff_member" AS "staff" ON "staff"."id" = "held"."staff"
    LEFT JOIN "partner" ON "partner"."id" = "held"."partner"
    WHERE "session"."token_hash" = """
)
_IN_ORDER = ' ORDER BY "held"."created_at", "held"."id"'


async def sessions_of(account_id: UUID, *, now: datetime) -> tuple[AccountSession, ...]:
    """Sessions of an account that are not ended, the newest first."""
    table = SessionTable
    rows = (
        await table.select()
        .where((table.account == account_id) & table.revoked_at.is_null() & (table.expires_at > now))
        .order_by(table.created_at, ascending=False)
    )
    return tuple(_record(row) for row in rows)


async def session_by_id(session_id: UUID) -> AccountSession | None:
    """Standing or ended; None once it was forgotten."""
    row = await SessionTable.select().where(SessionTable.id == session_id).first()
    return None if row is None else _record(row)


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
