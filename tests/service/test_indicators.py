"""Figures for funders: what is counted, and what is merged before it leaves."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from db.records.assignment import Assignment
from db.records.attendance import Attendance
from db.records.participant import Path
from service.indicators import cells, path_cells

NOON = datetime(2026, 12, 20, 12, tzinfo=UTC)
START = datetime(2026, 12, 7, 9, tzinfo=UTC)


def thing(person: str | None, **fields: Any) -> Assignment:
    values: dict[str, Any] = {
        "id": uuid4(),
        "kind": "interview",
        "key": str(uuid4()),
        "held_on": date(2026, 12, 7),
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "staff": ("AR",),
        "status": "held",
        "site": "gagny",
        "programme": "o2r",
        "participant": person,
        "interview_kind": "suivi",
        "revision": 1,
        "sequence_number": 0,
        "created_at": START,
        "last_modified_at": START,
    }
    return Assignment(**(values | fields))


def test_each_interview_counts_once_as_what_became_of_it() -> None:
    found = [
        thing("AA0001"),
        thing("AA0001", status="missed"),
        thing("AA0002", status="excused"),
        thing("AA0003", status="cancelled", cancelled_by="site"),
        thing("AA0004", status="planned"),
        thing(None, status="cancelled", cancelled_by="us"),
        thing("AA0005", kind="permanence"),
    ]
    (cell,) = cells(found, [], NOON, leaving=False)
    assert (cell.planned, cell.honoured, cell.missed, cell.excused) == (5, 1, 1, 1)
    assert (cell.cancelled_by_site, cell.cancelled_by_us, cell.unrecorded) == (1, 0, 1)
    assert (cell.minutes_held, cell.people) == (60, 4)


def test_participations_of_a_session_count_one_by_one() -> None:
    session = thing(None, kind="session", interview_kind=None)
    noted = [
        Attendance(id=uuid4(), version=1, assignment_id=session.id, status=status, participant=f"AA000{n}")
        for n, status in enumerate(("honoured", "honoured", "missed"))
    ]
    (cell,) = cells([session], noted, NOON, leaving=False)
    assert (cell.kind, cell.planned, cell.honoured, cell.missed, cell.people) == ("session", 1, 2, 1, 3)


def test_what_leaves_has_no_cell_of_less_than_five_people_and_loses_none_that_can_be_merged() -> None:
    many = [thing(f"BB000{n}") for n in range(6)]
    few = [
        thing(f"CC000{n}", site="bureau", interview_kind=kind)
        for n in range(3)
        for kind in ("suivi", "bilan")
    ]
    elsewhere = [thing(f"DD000{n}", site="fresnes") for n in range(2)]
    found = cells([*many, *few, *elsewhere], [], NOON, leaving=True)
    assert all(cell.people >= 5 for cell in found)
    assert sum(cell.honoured for cell in found) == 14
    assert {(cell.site, cell.kind) for cell in found} == {("gagny", "suivi"), (None, None)}


def test_what_is_too_small_altogether_is_withheld() -> None:
    assert cells([thing("AA0001"), thing("AA0002")], [], NOON, leaving=True) == ()


def test_entries_exits_and_people_followed_are_withheld_when_few() -> None:
    paths = [
        Path(code=str(n), programme="o2r", participant=f"AA000{n}", entry_on=date(2026, 11, 3))
        for n in range(6)
    ]
    gone = Path(
        code="x", programme="o2r", participant="AA0009", entry_on=date(2026, 9, 1), exit_on=date(2026, 11, 9)
    )
    inside = path_cells([*paths, gone], date(2026, 11, 1), date(2026, 12, 31), leaving=False)
    assert [(cell.entries, cell.exits, cell.followed) for cell in inside] == [(6, 1, 7), (0, 0, 6)]
    outside = path_cells([*paths, gone], date(2026, 11, 1), date(2026, 11, 30), leaving=True)
    assert [(cell.entries, cell.exits, cell.followed) for cell in outside] == [(6, None, 7)]
