"""Attendance: noted once for each interview and participation, corrected in place."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.records.attendance import Attendance, NewAttendance
from db.shape import Codes, id_of, to_record
from db.tables.assignment import Attendance as AttendanceTable
from db.tables.participant import Participant
from db.transaction import lock_territory, transaction

CHUNK = 500


async def note_attendance(territory_id: UUID, noted: Sequence[NewAttendance]) -> tuple[Attendance, ...]:
    """Store statuses, each in the place of the one there was. Raises `NotFoundError` on an unknown participant."""
    async with transaction():
        await lock_territory(territory_id)
        codes = Codes(territory_id)
        await codes.load(Participant)
        ids = codes.ids_by_table[Participant]
        for one in noted:
            person = None if one.participant is None else id_of(ids, Participant, one.participant)
            await _note(territory_id, one, person)
            about = str(one.assignment_id)
            mention(Mention(what="attendance", kind="interview", ref=about, territory_id=territory_id))
        return await attendance_of(territory_id, [one.assignment_id for one in noted])


async def _note(territory_id: UUID, one: NewAttendance, person: UUID | None) -> None:
    table: Any = AttendanceTable
    same = table.participant.is_null() if person is None else table.participant == person
    values = {
        table.status: one.status,
        table.noted_by: one.noted_by,
        table.noted_at: one.noted_at,
        table.next_assignment_id: one.next_assignment_id,
        table.version: table.version + 1,
    }
    hit = await table.update(values).where((table.assignment == one.assignment_id) & same).returning(table.id)
    if not hit:
        row = {column._meta.name: value for column, value in values.items() if column is not table.version}
        row |= {"territory": territory_id, "assignment": one.assignment_id, "participant": person}
        await insert_rows(AttendanceTable, [row])


async def attendance_of(territory_id: UUID, assignment_ids: Sequence[UUID]) -> tuple[Attendance, ...]:
    """What is noted of some assignments, by assignment and participant."""
    table: Any = AttendanceTable
    found: list[Attendance] = []
    for start in range(0, len(assignment_ids), CHUNK):
        rows = await table.select(*table.all_columns(), table.participant.code.as_alias("code")).where(
            (table.territory == territory_id)
            & table.assignment.is_in(list(assignment_ids[start : start + CHUNK]))
        )
        found += [
            to_record(
                Attendance, AttendanceTable, row, {}, assignment_id=row["assignment"], participant=row["code"]
            )
            for row in rows
        ]
    return tuple(sorted(found, key=lambda one: (str(one.assignment_id), one.participant or "")))
