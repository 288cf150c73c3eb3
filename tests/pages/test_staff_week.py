"""Which days the week of a person has, and which of them are to come."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest

from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.staff import Absence
from db.records.territory import Territory
from service.pages.staff_week_view import StaffWeek, staff_week

ZONE = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)
TERRITORY = Territory(
    id=UUID(int=9), code="idf", name="IDF", zone=ZONE.key, version=1, departements=("93",), settings={},
    facts_revision=0, published_revision=0,
)  # fmt: skip
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY = (MONDAY + timedelta(days=ahead) for ahead in (4, 5, 6, 7))


def week(today: date, *held: date) -> StaffWeek:
    """Of the person as it is read at noon, with a permanence each morning that is `held`."""
    mine = tuple(permanence(on) for on in held)
    return staff_week(Facts(territory=TERRITORY), "AR", mine, MONDAY, at(today, 12))


def at(on: date, hour: int) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=ZONE)


def permanence(on: date) -> Assignment:
    return Assignment(
        id=uuid4(), kind="permanence", key=str(on), held_on=on, starts_at=at(on, 9), ends_at=at(on, 12), revision=1,
        staff=("AR",), site="gagny", sequence_number=0, created_at=at(MONDAY, 8), last_modified_at=at(MONDAY, 8),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("today", "held", "coming"),
    [
        (FRIDAY, (), [FRIDAY]),
        (SATURDAY, (), []),
        (SATURDAY, (FRIDAY,), []),
        (SATURDAY, (SATURDAY,), [SATURDAY]),
        (SATURDAY, (SUNDAY,), [SUNDAY]),
        (SUNDAY, (SATURDAY, SUNDAY), [SUNDAY]),
        (SUNDAY, (SATURDAY,), []),
    ],
)
def test_a_day_of_the_week_end_is_to_come_when_something_is_on(
    today: date, held: tuple[date, ...], coming: list[date]
) -> None:
    assert [day.on for day in week(today, *held).coming] == coming


def test_a_week_that_does_not_hold_today_is_all_to_come() -> None:
    assert len(week(NEXT_MONDAY, SUNDAY).coming) == 6


def test_own_absences_and_public_holidays_stand_on_their_days() -> None:
    christmas_week = date(2026, 12, 21)
    territory = msgspec.structs.replace(TERRITORY, departements=("57",))
    absences = (
        absence("AR", date(2026, 12, 21), 0, 13),
        absence("AR", date(2026, 12, 22), 13, 24),
        absence("AR", date(2026, 12, 23), 0, 24),
        absence("NK", date(2026, 12, 24), 0, 24),
    )
    found = staff_week(
        Facts(territory=territory, absences=absences), "AR", (), christmas_week, at(FRIDAY, 12)
    )
    assert [day.off for day in found.days] == [
        ("Congé, matin",), ("Congé, après-midi",), ("Congé",), (), ("Férié\N{NO-BREAK SPACE}: Noël",),
    ]  # fmt: skip
    assert found.is_empty


def absence(staff: str, on: date, first_hour: int, until_hour: int) -> Absence:
    midnight = at(on, 0)
    starts_at, ends_at = midnight + timedelta(hours=first_hour), midnight + timedelta(hours=until_hour)
    return Absence(code=f"{staff}-{on}", staff=staff, starts_at=starts_at, ends_at=ends_at, kind="leave")
