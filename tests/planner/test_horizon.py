"""The only converter of dates and hours, across both changes of clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.horizon import Horizon, ceil_minute, floor_minute, monday_of
from tests.planner.build import at, day, interview, need, office, plan, problem, recount, site, told

SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


def horizon(zone: str = "Europe/Paris") -> Horizon:
    return Horizon(date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 1), zone)


@pytest.mark.parametrize(("on", "hours"), [(SPRING, 23), (AUTUMN, 25), (day(2), 24)])
def test_a_day_has_its_own_length(on: date, hours: int) -> None:
    start, end = horizon().day(on)
    assert end - start == hours * 60


@pytest.mark.parametrize("on", [SPRING, AUTUMN, SPRING - timedelta(days=1), AUTUMN + timedelta(days=1)])
def test_every_working_hour_is_read_back_on_days_around_a_change_of_clock(on: date) -> None:
    around = horizon()
    for hour in ("00:00", "08:30", "13:00", "23:59"):
        minute = around.minute_at(on, hour)
        assert (around.date_of(minute), around.hour_of(minute)) == (on, hour)
        assert around.instant(minute) == at(on, hour)


def test_an_hour_that_the_autumn_repeats_is_its_first() -> None:
    assert horizon().instant(horizon().minute_at(AUTUMN, "02:30")).utcoffset() == timedelta(hours=2)


def test_an_hour_that_the_spring_skips_still_names_an_instant() -> None:
    assert horizon().hour_of(horizon().minute_at(SPRING, "02:30")) == "03:30"


def test_minutes_do_not_depend_on_the_offset_in_which_an_instant_is_written() -> None:
    there = datetime(2026, 3, 2, 3, 0, tzinfo=ZoneInfo("America/Cayenne"))
    assert floor_minute(there) == floor_minute(datetime(2026, 3, 2, 6, 0, tzinfo=UTC))
    assert horizon("America/Cayenne").hour_of(floor_minute(there)) == "03:00"


def test_a_start_is_rounded_down_and_an_end_up() -> None:
    just_before_ten = at(day(2), "09:59:59")
    assert ceil_minute(just_before_ten) - floor_minute(just_before_ten) == 1
    on_time = at(day(2), "10:00")
    assert ceil_minute(on_time) == floor_minute(on_time)


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        ("08:00", "13:00", ("am",)),
        ("13:00", "14:00", ("pm",)),
        ("12:59", "13:01", ("am", "pm")),
        ("00:00", "23:59", ("am", "pm")),
    ],
)
def test_the_morning_ends_at_one_where_no_opening_says_so(
    start: str, end: str, touched: tuple[str, ...]
) -> None:
    assert horizon().half_days_touched(day(2), horizon().hours_at(day(2), start, end)) == touched


def test_an_opening_decides_to_which_half_day_its_minutes_belong() -> None:
    long_morning = {"am": horizon().hours_at(day(2), "09:00", "14:00")}
    lunch = horizon().hours_at(day(2), "13:00", "13:45")
    later = horizon().hours_at(day(2), "13:30", "14:15")
    assert horizon().half_days_touched(day(2), lunch, long_morning) == ("am",)
    assert horizon().half_days_touched(day(2), later, long_morning) == ("am", "pm")


def test_an_interval_over_midnight_touches_both_dates() -> None:
    night = (horizon().minute_at(day(2), "22:00"), horizon().minute_at(day(3), "00:01"))
    assert horizon().dates_touched(night) == [day(2), day(3)]
    until_midnight = (night[0], horizon().minute_at(day(3), "00:00"))
    assert horizon().dates_touched(until_midnight) == [day(2)]


def test_weeks_start_on_monday() -> None:
    assert monday_of(day(2)) == day(2)
    assert monday_of(day(8)) == day(2)


def test_months_are_those_with_a_day_in_the_horizon() -> None:
    around = Horizon(day(31), date(2026, 5, 1), day(31), "Europe/Paris")
    assert around.months() == ((2026, 3), (2026, 4), (2026, 5))


@pytest.mark.parametrize("on", [SPRING, AUTUMN])
def test_an_interview_on_the_sunday_of_a_change_of_clock_stands_on_its_slot(on: date) -> None:
    opening = (
        site("bureau").openings[0].__class__(weekday=7, half_day="am", from_hour="09:00", to_hour="12:00")
    )
    open_on_sundays = problem(
        first_on=on.replace(day=1),
        last_on=on.replace(day=31),
        sites=(site(), site("bureau", kind="bureau", openings=(opening,))),
        interviews=(need(from_on=on, until_on=on),),
    )
    planned = plan(office(on), interview(on=on, start="10:00"))
    assert recount(open_on_sundays, planned).violations == ()
    off = plan(office(on), interview(on=on, start="10:30"))
    assert told(open_on_sundays, off, "interview_capacity") == [("off_slots", "n1", 1)]
