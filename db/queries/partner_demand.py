"""What partners asked for and got: counts by site and week, nothing else."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from db.bulk import insert_rows
from db.records.orientation import Demand
from db.shape import Codes, id_of
from db.tables.partner import Partner, PartnerDemand
from db.tables.site import Site
from db.transaction import transaction


async def count_demand(
    territory_id: UUID, partner: str, site: str, on: date, *, asked: int = 0, got: int = 0
) -> None:
    """Add to the counts of the week of a date, under the territory's lock. Raises `NotFoundError`."""
    table = PartnerDemand
    async with transaction():
        codes = Codes(territory_id)
        await codes.load(Partner)
        await codes.load(Site)
        ids = codes.ids_by_table
        row = {
            "partner": id_of(ids[Partner], Partner, partner),
            "site": id_of(ids[Site], Site, site),
            "week_on": on - timedelta(days=on.weekday()),
        }
        mine = (
            (table.partner == row["partner"])
            & (table.site == row["site"])
            & (table.week_on == row["week_on"])
        )
        hit = (
            await table.update(
                {table.asked_count: table.asked_count + asked, table.got_count: table.got_count + got}
            )
            .where(mine)
            .returning(table.id)
        )
        if not hit:
            await insert_rows(table, [{**row, "asked_count": max(0, asked), "got_count": max(0, got)}])


async def demand_of(territory_id: UUID, from_on: date, until_on: date) -> tuple[Demand, ...]:
    """Counts of the weeks whose Monday lies between two dates, by week, site and partner."""
    table: Any = PartnerDemand
    rows = (
        await table.select(
            table.week_on,
            table.asked_count,
            table.got_count,
            table.partner.code.as_alias("partner"),
            table.site.code.as_alias("site"),
        )
        .where(
            (table.partner.territory == territory_id)
            & (table.week_on >= from_on)
            & (table.week_on <= until_on)
        )
        .order_by(table.week_on)
    )
    return tuple(
        sorted((Demand(**row) for row in rows), key=lambda one: (one.week_on, one.site, one.partner))
    )
