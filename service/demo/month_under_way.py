"""The month under way: who came so far, so that yesterday alone is left to note and the figures have something to say."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from db.queries.assignment_writing import write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.attendance import note_attendance
from db.queries.facts import facts_of
from db.records.assignment import Assignment
from db.records.attendance import AttendanceStatus
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import HOUSE
from service.actions.record_attendance import Came, marked, noted_rows
from service.unanswered import unanswered

MISSED_ONE_IN, EXCUSED_ONE_IN = 5, 7
"""Never twice in a row for the same person: the demonstration suspends nobody's path."""


async def note_who_came(territory: Territory, now: datetime) -> int:
    """Notes the past of this month but for its last day with appointments; how many it noted."""
    zone = ZoneInfo(territory.zone)
    midnight = datetime.combine(now.astimezone(zone), time(), zone)
    found = await assignments_of(territory.id, Wanted(from_on=midnight.date().replace(day=1)))
    past = sorted(unanswered(found, midnight), key=lambda one: (one.starts_at, str(one.id)))
    over = [one for one in past if one.held_on < past[-1].held_on]
    groups = {one.code: one.participants for one in (await facts_of(territory.id)).promotions}
    answers = _answers(over, groups)

    async def work() -> None:
        noted = list(zip(over, answers, strict=True))
        rows = [row for one, came in noted for row in noted_rows(one, came, HOUSE, now)]
        await note_attendance(territory.id, rows)
        writes = [marked(one, came) for one, came in noted]
        await write_assignments(territory.id, writes, HOUSE.author(now))

    await in_transaction(work, territory_id=territory.id)
    return len(over)


def _answers(noted: list[Assignment], groups: Mapping[str, tuple[str, ...]]) -> list[tuple[Came, ...]]:
    """The same each time: people have their turns of missing, in the order of their references."""
    people = {one.participant or "" for one in noted} | {one for group in groups.values() for one in group}
    turn = Counter({person: rank for rank, person in enumerate(sorted(people))})
    answers = []
    for one in noted:
        there = groups.get(one.promotion or "", ()) if one.kind == "session" else (one.participant or "",)
        turn.update(there)
        answers.append(tuple(Came(status=_status(turn[who]), participant=who or None) for who in there))
    return answers


def _status(turn: int) -> AttendanceStatus:
    if turn % MISSED_ONE_IN == 0:
        return "missed"
    return "excused" if turn % EXCUSED_ONE_IN == 0 else "honoured"
