"""Addresses behind roles of a territory: whom a mail to a partner or to the coordination goes to."""

from typing import Any
from uuid import UUID

from db.queries.accounts import folded
from db.tables.account import AccountRole
from db.tables.partner import Partner


async def addresses_of_partner(territory_id: UUID, partner: str) -> tuple[str, ...]:
    """Addresses of active accounts that act for a partner, in order."""
    table: Any = AccountRole
    rows = await table.select(table.account.email.as_alias("email")).where(
        (table.role == "partner")
        & (table.partner.territory == territory_id)
        & (table.partner.code == partner)
        & (table.account.state == "active")
    )
    return tuple(sorted({row["email"] for row in rows}))


async def addresses_of_coordination(territory_id: UUID) -> tuple[str, ...]:
    """Addresses of active accounts that coordinate a territory, those of all territories included."""
    return await addresses_of_role(territory_id, "coordinator")


async def addresses_of_role(territory_id: UUID | None, role: str) -> tuple[str, ...]:
    """Addresses of active accounts with a role in a territory or in all; null: in all of them alone."""
    table: Any = AccountRole
    where = table.territory.is_null()
    if territory_id is not None:
        where = where | (table.territory == territory_id)
    rows = await table.select(table.account.email.as_alias("email")).where(
        (table.role == role) & where & (table.account.state == "active")
    )
    return tuple(sorted({row["email"] for row in rows}))


async def partners_with_mailbox(email: str) -> tuple[tuple[str, str, str], ...]:
    """Partners whose mailbox that is: territory and partner by code, name; archived ones left out."""
    table: Any = Partner
    rows = (
        await table.select(table.code, table.name, table.email, table.territory.code.as_alias("territory"))
        .where(table.email.is_not_null() & table.archived_at.is_null())
        .order_by(table.code)
    )
    mine = [row for row in rows if folded(row["email"]) == folded(email)]
    return tuple((row["territory"], row["code"], row["name"]) for row in mine)
