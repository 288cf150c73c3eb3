"""Addresses behind roles of a territory: whom a mail to a partner or to the coordination goes to."""

from typing import Any
from uuid import UUID

from db.tables.account import AccountRole


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
    table: Any = AccountRole
    rows = await table.select(table.account.email.as_alias("email")).where(
        (table.role == "coordinator")
        & ((table.territory == territory_id) | table.territory.is_null())
        & (table.account.state == "active")
    )
    return tuple(sorted({row["email"] for row in rows}))
