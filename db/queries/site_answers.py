"""Dates proposed to a site, and its answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from db.bulk import insert_rows
from db.errors import NotFoundError
from db.records.site_answer import SiteAnswer
from db.shape import Codes, id_of, to_record
from db.tables.columns import utc_now
from db.tables.partner import SiteAnswer as AnswerTable
from db.tables.site import Site
from db.transaction import transaction


async def answers_of(
    territory_id: UUID, from_on: date, until_on: date, *, site: str | None = None
) -> tuple[SiteAnswer, ...]:
    """Proposed dates between two dates, both included, by date and half-day."""
    table: Any = AnswerTable
    condition: Any = (
        (table.territory == territory_id) & (table.proposed_on >= from_on) & (table.proposed_on <= until_on)
    )
    if site is not None:
        condition = condition & (table.site.code == site)
    columns = (column for column in table._meta.columns if column._meta.name != "site")
    rows = (
        await table.select(*columns, table.site.code.as_alias("site_code"))
        .where(condition)
        .order_by(table.proposed_on, table.half_day, table.created_at)
    )
    return tuple(
        to_record(SiteAnswer, AnswerTable, row, {}, site=row["site_code"], assignment_id=row["assignment"])
        for row in rows
    )


async def put_answers(territory_id: UUID, wanted: Sequence[SiteAnswer]) -> None:
    """Store new ones and what became of known ones, under the territory's lock."""
    table = AnswerTable
    if not wanted:
        return
    async with transaction():
        codes = Codes(territory_id)
        await codes.load(Site)
        rows = [_row(one, codes, territory_id) for one in wanted]
        known = await table.select(table.id).where(table.id.is_in([one.id for one in wanted]))
        there = {row["id"] for row in known}
        await insert_rows(table, [row for row in rows if row["id"] not in there])
        for row in rows:
            if row["id"] in there:
                values = {key: value for key, value in row.items() if key not in ("id", "version")}
                changes: dict[Any, Any] = {
                    **values,
                    table.version: table.version + 1,
                    table.updated_at: utc_now(),
                }
                await table.update(changes).where(table.id == row["id"])


def new_answer(site: str, on: date, **fields: Any) -> SiteAnswer:
    """A date that is about to be proposed."""
    return SiteAnswer(
        id=uuid4(), site=site, proposed_on=on, half_day=fields.pop("half_day"), answer="waiting", **fields
    )


def _row(one: SiteAnswer, codes: Codes, territory_id: UUID) -> dict[str, Any]:
    values = msgspec.structs.asdict(one)
    ids = codes.ids_by_table[Site]
    if one.site not in ids:
        raise NotFoundError("site", one.site)
    values["site"] = id_of(ids, Site, one.site)
    values["assignment"] = values.pop("assignment_id")
    return {**values, "territory": territory_id}
