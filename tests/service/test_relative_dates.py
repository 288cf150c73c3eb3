"""Dates relative to a planned month."""

from datetime import date

import pytest

from service.public_holidays import public_holidays
from service.relative_dates import PlannedMonth, RelativeDateError, months_later, resolve_date, resolve_dates

DECEMBER = PlannedMonth(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("month-start", date(2026, 12, 1)),
        ("month-end", date(2026, 12, 31)),
        ("month-end -3", date(2026, 12, 28)),
        ("1st tuesday", date(2026, 12, 1)),
        ("2nd tuesday", date(2026, 12, 8)),
        ("Third Thursday +1", date(2026, 12, 18)),
        ("fourth monday", date(2026, 12, 28)),
        ("last friday", date(2026, 12, 25)),
        ("last friday -1 week", date(2026, 12, 18)),
        ("last friday +2 weeks", date(2027, 1, 8)),
        ("day 12", date(2026, 12, 12)),
        ("previous month 12", date(2026, 11, 12)),
        ("previous month 31", date(2026, 11, 30)),
        ("next month 5", date(2027, 1, 5)),
        ("week 1 monday", date(2026, 11, 30)),
        ("week 2 wednesday", date(2026, 12, 9)),
        ("2026-05-14", date(2026, 5, 14)),
    ],
)
def test_an_expression_names_one_date_of_the_month(text: str, expected: date) -> None:
    assert resolve_date(text, DECEMBER) == expected


@pytest.mark.parametrize(
    "text", ["", "5th monday", "2nd noday", "day 0", "day 32", "previous month", "2026-02-30", "soon"]
)
def test_an_expression_that_names_no_date_is_refused(text: str) -> None:
    with pytest.raises(RelativeDateError):
        resolve_date(text, DECEMBER)


def test_a_date_that_collides_with_a_holiday_moves_to_the_next_workday() -> None:
    may = PlannedMonth(
        date(2027, 5, 1), frozenset(public_holidays("93", date(2027, 5, 1), date(2027, 6, 30)))
    )
    assert resolve_date("1st thursday", may) == date(2027, 5, 6)
    assert resolve_date("1st thursday or next workday", may) == date(2027, 5, 7)
    assert resolve_date("day 1 or next workday", may) == date(2027, 5, 3)


def test_a_weekly_date_skips_holidays() -> None:
    easter = PlannedMonth(date(2027, 3, 1), frozenset({date(2027, 3, 29)}))
    assert resolve_dates("every monday", easter) == [date(2027, 3, day) for day in (1, 8, 15, 22)]
    assert resolve_dates(("every monday", "2nd monday", "day 2"), easter)[1] == date(2027, 3, 2)


def test_every_ordinal_weekday_lies_in_its_month_for_years() -> None:
    for count in range(48):
        month = PlannedMonth(months_later(date(2026, 1, 1), count))
        for ordinal in ("1st", "2nd", "3rd", "4th", "last"):
            found = resolve_date(f"{ordinal} thursday", month)
            assert month.first_on <= found <= month.last_on
            assert found.weekday() == 3


def test_alsace_and_overseas_have_holidays_of_their_own() -> None:
    good_friday = date(2027, 3, 26)
    assert good_friday in public_holidays("68", date(2027, 3, 1), date(2027, 3, 31))
    assert good_friday not in public_holidays("93", date(2027, 3, 1), date(2027, 3, 31))
    assert date(2027, 12, 20) in public_holidays("974", date(2027, 12, 1), date(2027, 12, 31))
