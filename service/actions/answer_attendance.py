"""Say who came from a page that showed what was noted until then: nobody's answer is written over unseen."""

from uuid import UUID

from db.queries.attendance import attendance_of
from db.records.attendance import Attendance
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.record_attendance import Came, Recorded, record_attendance
from service.errors import Conflict


class AnsweredMeanwhile(Conflict):
    """Somebody noted another answer since the page was shown; `noted` is theirs."""

    code = "answered-meanwhile"
    title = "Quelqu’un a répondu entre-temps"

    def __init__(self, noted: tuple[Attendance, ...]) -> None:
        super().__init__()
        self.noted = noted


async def answer_attendance(
    territory: Territory, assignment_id: UUID, came: tuple[Came, ...], actor: Actor, read: str | None
) -> Recorded:
    """`read` is the mark of what the page showed; None where it showed none.

    Raises `AnsweredMeanwhile` and what `record_attendance` does.
    """

    async def work() -> Recorded:
        noted = await attendance_of(territory.id, [assignment_id])
        if read is not None and _is_another(noted, came, read):
            raise AnsweredMeanwhile(noted)
        return await record_attendance(territory, assignment_id, came, actor)

    return await in_transaction(work, territory_id=territory.id)


def mark_of(noted: tuple[Attendance, ...] | tuple[Came, ...]) -> str:
    """What is noted of whom, as the field of a form."""
    return " ".join(sorted(f"{one.participant or ''}={one.status}" for one in noted))


def _is_another(noted: tuple[Attendance, ...], came: tuple[Came, ...], read: str) -> bool:
    now = {mark_of(noted), " ".join(f"={one.status}" for one in noted)}
    return read not in now and mark_of(came) not in now
