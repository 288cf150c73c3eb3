"""À rappeler: whom somebody reminds of an appointment of the next day, and when it was done."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.shape import Codes, id_of
from db.tables.assignment import Recall
from db.tables.participant import Participant
from db.tables.staff import StaffMember
from db.transaction import lock_territory, transaction


class Reminder(NamedTuple):
    """One appointment whose person is reminded on a day, by reference."""

    staff: str
    participant: str
    assignment_id: UUID
    due_on: date


async def reminded(territory_id: UUID, staff: str, due_on: date) -> dict[UUID, datetime]:
    """By appointment, when its person was reminded."""
    table: Any = Recall
    rows = await table.select(table.assignment, table.done_at).where(
        (table.territory == territory_id)
        & (table.staff.code == staff)
        & (table.due_on == due_on)
        & table.done_at.is_not_null()
    )
    return {row["assignment"]: row["done_at"] for row in rows}


async def note_reminder(territory_id: UUID, one: Reminder, *, at: datetime | None) -> None:
    """Done at an instant, or not after all when it is null. Raises `NotFoundError` on an unknown code."""
    table: Any = Recall
    async with transaction():
        await lock_territory(territory_id)
        codes = Codes(territory_id)
        await codes.load(StaffMember)
        await codes.load(Participant)
        staff = id_of(codes.ids_by_table[StaffMember], StaffMember, one.staff)
        person = id_of(codes.ids_by_table[Participant], Participant, one.participant)
        about = (table.territory == territory_id) & (table.assignment == one.assignment_id)
        hit = (
            await table.update({table.done_at: at})
            .where(about & (table.staff == staff) & (table.due_on == one.due_on))
            .returning(table.id)
        )
        if not hit:
            row = {"territory": territory_id, "staff": staff, "participant": person, "due_on": one.due_on}
            await insert_rows(Recall, [{**row, "assignment": one.assignment_id, "done_at": at}])
        mention(
            Mention(what="reminded", kind="interview", ref=str(one.assignment_id), territory_id=territory_id)
        )
