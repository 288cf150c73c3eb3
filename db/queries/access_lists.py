"""Versions of the lists of who enters a site: added when they are sent, never changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from db.bulk import insert_rows
from db.records.site_answer import AccessList
from db.shape import Codes, id_of, to_record
from db.tables.partner import AccessList as ListTable
from db.tables.site import Site
from db.transaction import transaction


async def access_lists_of(
    territory_id: UUID, month_on: date, *, site: str | None = None
) -> tuple[AccessList, ...]:
    """Versions of a month (its first day), by site and number."""
    table: Any = ListTable
    condition: Any = (table.territory == territory_id) & (table.month_on == month_on)
    if site is not None:
        condition = condition & (table.site.code == site)
    columns = (column for column in table._meta.columns if column._meta.name != "site")
    rows = (
        await table.select(*columns, table.site.code.as_alias("site_code"))
        .where(condition)
        .order_by(table.number)
    )
    found = [to_record(AccessList, ListTable, row, {}, site=row["site_code"]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.site, one.number)))


async def add_access_list(
    territory_id: UUID,
    site: str,
    month_on: date,
    lines: Sequence[dict[str, Any]],
    *,
    sent: tuple[datetime, str, UUID | None],
) -> AccessList:
    """The next version, under the territory's lock; `sent` is when, to whom and by which account."""
    async with transaction():
        codes = Codes(territory_id)
        await codes.load(Site)
        earlier = await access_lists_of(territory_id, month_on, site=site)
        sent_at, sent_to, sent_by = sent
        made = AccessList(
            id=uuid4(),
            site=site,
            month_on=month_on,
            number=max((one.number for one in earlier), default=0) + 1,
            lines=tuple(lines),
            sent_at=sent_at,
            sent_to=sent_to,
            sent_by=sent_by,
        )
        row = {
            "id": made.id,
            "territory": territory_id,
            "site": id_of(codes.ids_by_table[Site], Site, site),
            "month_on": month_on,
            "number": made.number,
            "lines": list(lines),
            "sent_at": sent_at,
            "sent_to": sent_to,
            "sent_by": sent_by,
        }
        await insert_rows(ListTable, [row])
    return made
