"""The fairness ledger: what each month added to each balance."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from db.bulk import insert_rows
from db.queries.territories import raise_facts_revision
from db.records.staff import LedgerEntry
from db.shape import Codes, load_targets, to_values
from db.tables.staff import LedgerEntry as EntryTable
from db.tables.staff import StaffMember
from db.transaction import lock_territory, transaction


async def store_ledger_month(territory_id: UUID, month_on: date, entries: Sequence[LedgerEntry]) -> None:
    """Put a month's entries in the place of those it had. Raises `NotFoundError` on an unknown person."""
    async with transaction():
        await lock_territory(territory_id)
        codes = Codes(territory_id)
        await load_targets(codes, LedgerEntry, EntryTable)
        people = list(codes.by_table[StaffMember])
        if people:
            await EntryTable.delete().where(
                (EntryTable.month_on == month_on) & EntryTable.staff.is_in(people)
            )
        rows = [to_values(entry, EntryTable, codes.ids_by_table) for entry in entries]
        await insert_rows(EntryTable, rows)
        await raise_facts_revision(territory_id)
