"""Whom to remind: tomorrow's people; on a Friday those of Monday, unless somebody comes on Saturday."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from db.records.assignment import Assignment
from service.pages.phone.reminding import span_to_remind, to_remind

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 11, day) for day in (26, 27, 28, 30))


def appointment(on: date, status: str = "planned", participant: str | None = "KM4821") -> Assignment:
    starts_at = datetime.combine(on, time(9), UTC)
    return Assignment(
        id=uuid4(), kind="interview", key=str(on), held_on=on, starts_at=starts_at, revision=1, staff=("AR",),
        ends_at=starts_at + timedelta(hours=1), sequence_number=0, created_at=starts_at, participant=participant,
        last_modified_at=starts_at, status=status,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("today", "last"), [(THURSDAY, FRIDAY), (FRIDAY, MONDAY), (SATURDAY, MONDAY), (MONDAY, date(2026, 12, 1))]
)
def test_the_span_ends_with_the_next_working_day(today: date, last: date) -> None:
    assert span_to_remind(today) == (today + timedelta(days=1), last)


def test_on_a_friday_one_rings_for_monday() -> None:
    asked = to_remind([appointment(MONDAY)], FRIDAY)
    assert (asked.on, asked.spoken, asked.day) == (MONDAY, "lundi", "lundi 30 novembre")


def test_who_comes_on_saturday_comes_first() -> None:
    asked = to_remind([appointment(MONDAY), appointment(SATURDAY)], FRIDAY)
    assert [one.held_on for one in asked.appointments] == [SATURDAY]
    assert asked.spoken == "demain"


def test_what_was_called_off_or_has_nobody_is_not_told() -> None:
    asked = to_remind(
        [appointment(MONDAY, status="cancelled"), appointment(MONDAY, participant=None)], FRIDAY
    )
    assert (asked.appointments, asked.on) == ((), SATURDAY)
