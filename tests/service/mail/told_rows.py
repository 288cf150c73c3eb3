"""Who was told of what, read as it is kept, for tests."""

from uuid import UUID

from db.records.mail import Told
from db.shape import to_record
from db.tables.mail import Told as ToldTable


async def told_of(assignment_id: UUID) -> tuple[Told, ...]:
    """Of an assignment's changes, the oldest first; `told_at` null: the mail waits."""
    rows = (
        await ToldTable.select()
        .where(ToldTable.assignment_id == assignment_id)
        .order_by(ToldTable.created_at)
    )
    return tuple(to_record(Told, ToldTable, row, {}, mail_id=row["mail"]) for row in rows)
