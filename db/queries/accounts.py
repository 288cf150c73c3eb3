"""Accounts and their roles: made, found, changed."""

from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.records.account import Account, Grant
from db.shape import to_record
from db.tables.account import Account as AccountTable
from db.tables.account import AccountRole
from db.tables.partner import Partner
from db.tables.staff import StaffMember
from db.tables.territory import Territory
from db.transaction import transaction


async def any_account() -> bool:
    return bool(await AccountTable.exists())


async def add_account(email: str, name: str, **fields: Any) -> Account:
    """A new account, its address folded. Raises `AlreadyThereError` when the address has one."""
    async with transaction():
        ids = await insert_rows(
            AccountTable, [{"state": "invited", **fields, "email": folded(email), "name": name}]
        )
        return await account_by_id(ids[0])


def folded(email: str) -> str:
    """An address as it is compared."""
    return email.strip().lower()


async def account_by_id(account_id: UUID) -> Account:
    """Raises `NotFoundError`."""
    row = await AccountTable.select().where(AccountTable.id == account_id).first()
    if row is None:
        raise NotFoundError("account", account_id)
    return to_record(Account, AccountTable, row, {})


async def account_with(*, email: str | None = None, oidc_subject: str | None = None) -> Account | None:
    """The account with that address or that identity of the provider, or None."""
    if email is not None:
        query = AccountTable.select().where(AccountTable.email == folded(email))
    else:
        query = AccountTable.select().where(AccountTable.oidc_subject == oidc_subject)
    row = await query.first()
    return None if row is None else to_record(Account, AccountTable, row, {})


async def all_accounts() -> tuple[Account, ...]:
    """Every account, by address."""
    rows = await AccountTable.select().order_by(AccountTable.email)
    return tuple(to_record(Account, AccountTable, row, {}) for row in rows)


async def set_account(account_id: UUID, **fields: Any) -> Account:
    """Write some columns; the version rises. Raises `NotFoundError`."""
    values: dict[Any, Any] = {
        AccountTable._meta.get_column_by_name(name): value for name, value in fields.items()
    }
    values[AccountTable.version] = AccountTable.version + 1
    async with transaction():
        await AccountTable.update(values).where(AccountTable.id == account_id)
        return await account_by_id(account_id)


async def count_failure(account_id: UUID) -> int:
    """One more failed attempt; how many in a row by now."""
    async with transaction():
        rows = (
            await AccountTable.update({AccountTable.failed_count: AccountTable.failed_count + 1})
            .where(AccountTable.id == account_id)
            .returning(AccountTable.failed_count)
        )
    return int(rows[0]["failed_count"]) if rows else 0


async def use_totp_step(account_id: UUID, step: int) -> bool:
    """Take a step of the clock for one code: False when it, or a later one, was taken before."""
    async with transaction():
        rows = (
            await AccountTable.update({AccountTable.totp_last_step: step})
            .where((AccountTable.id == account_id) & (AccountTable.totp_last_step < step))
            .returning(AccountTable.id)
        )
    return bool(rows)


async def grants_of(account_id: UUID) -> tuple[Grant, ...]:
    """What an account may do, in the order in which it was granted."""
    table: Any = AccountRole
    rows = (
        await table.select(
            table.role,
            table.territory.code.as_alias("territory"),
            table.staff.code.as_alias("staff"),
            table.partner.code.as_alias("partner"),
        )
        .where(table.account == account_id)
        .order_by(table.created_at, table.id)
    )
    return tuple(Grant(**row) for row in rows)


async def set_grants(account_id: UUID, grants: tuple[Grant, ...]) -> None:
    """These roles and no others. Raises `NotFoundError` on a code that is not there."""
    async with transaction():
        rows = [{"account": account_id, **await _grant_row(grant)} for grant in grants]
        await AccountRole.delete().where(AccountRole.account == account_id)
        await insert_rows(AccountRole, rows)


async def _grant_row(grant: Grant) -> dict[str, Any]:
    territory = await _id(Territory, grant.territory, None)
    return {
        "role": grant.role,
        "territory": territory,
        "staff": await _id(StaffMember, grant.staff, territory),
        "partner": await _id(Partner, grant.partner, territory),
    }


async def _id(table: Any, code: str | None, territory: UUID | None) -> UUID | None:
    if code is None:
        return None
    query = table.select(table.id).where(table.code == code)
    if territory is not None:
        query = query.where(table.territory == territory)
    row = await query.first()
    if row is None:
        raise NotFoundError(table._meta.tablename, code)
    found: UUID = row["id"]
    return found


async def accounts_of_staff(territory_id: UUID) -> dict[str, Account]:
    """Active accounts of a territory's staff, by staff code."""
    table: Any = AccountRole
    rows = await table.select(table.account, table.staff.code.as_alias("staff")).where(
        (table.staff.territory == territory_id) & table.staff.is_not_null()
    )
    found = {row["staff"]: await account_by_id(row["account"]) for row in rows}
    return {staff: account for staff, account in found.items() if account.state == "active"}
