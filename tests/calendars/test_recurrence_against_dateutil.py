"""Our recurrence and dateutil's, an independent one, give the same times for generated rules."""

from datetime import date, datetime, timedelta
from math import inf

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calendars.reading.budget import Budget, OverBudget
from calendars.reading.day_sets import week_number
from calendars.reading.recurrence import Series, occurrences
from calendars.reading.rule import rule_of

pytestmark = pytest.mark.slow

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MOST = 40


def some(values: list[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(",".join)


def numbers(first: int, last: int, *, signed: bool = False) -> st.SearchStrategy[str]:
    values = [*range(first, last + 1), *(range(-last, -first + 1) if signed else [])]
    return some([str(value) for value in values])


# dateutil takes `MO,1MO` for the first Monday only: plain and ranked days are not mixed here.
RANKED = [f"{rank}{day}" for rank in (1, 2, 3, 4, 5, -1, -2) for day in WEEKDAYS]
PARTS: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "YEARLY": {
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(1, 31, signed=True),
        "BYDAY": some(WEEKDAYS) | some(RANKED),
        "BYYEARDAY": numbers(1, 366, signed=True),
        "BYHOUR": numbers(0, 23),
    },
    "MONTHLY": {
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(1, 31, signed=True),
        "BYDAY": some(WEEKDAYS) | some(RANKED),
        "BYSETPOS": numbers(1, 3, signed=True),
        "BYMINUTE": numbers(0, 59),
    },
    "WEEKLY": {
        "BYMONTH": numbers(1, 12),
        "BYDAY": some(WEEKDAYS, most=5),
        "WKST": st.sampled_from(WEEKDAYS),
        "BYHOUR": numbers(0, 23),
    },
    "DAILY": {
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(1, 31, signed=True),
        "BYDAY": some(WEEKDAYS),
        "BYHOUR": numbers(0, 23),
    },
    "HOURLY": {"BYDAY": some(WEEKDAYS), "BYHOUR": numbers(0, 23), "BYMINUTE": numbers(0, 59)},
    "MINUTELY": {"BYHOUR": numbers(0, 23), "BYMONTHDAY": numbers(1, 31)},
}
STARTS = st.datetimes(datetime(2020, 1, 1), datetime(2028, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0)
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(sorted(PARTS)))
    chosen = draw(st.lists(st.sampled_from(sorted(PARTS[frequency])), max_size=3, unique=True))
    assume(
        "BYSETPOS" not in chosen
        or any(part in chosen for part in ("BYDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE"))
    )
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    parts += [f"{name}={draw(PARTS[frequency][name])}" for name in chosen]
    return ";".join(parts)


def by_dateutil(rule: str, start: datetime, after: datetime, before: datetime) -> list[datetime]:
    """What dateutil finds; its UNTIL keeps it from searching on to the year 9999."""
    last = before - timedelta(seconds=1)
    bounded = rule if "UNTIL" in rule else f"{rule};UNTIL={last:%Y%m%dT%H%M%S}"
    try:
        return rrulestr(bounded, dtstart=start).between(after, last, inc=True)
    except ValueError as problem:
        if "empty set" in str(problem):
            return []
        raise


def shortened(rule: str, days: int) -> timedelta:
    """Days, fewer where dateutil would walk through every hour or minute of them."""
    return timedelta(days=days % 15 if "HOURLY" in rule or "MINUTELY" in rule else days)


def ours(rule: str, start: datetime, after: datetime, before: datetime) -> list[datetime]:
    return list(
        occurrences(Series(rule=rule_of(rule), start=start), after, before, Budget(seconds=20, steps=10**7))
    )


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(rules(), STARTS, st.integers(-300, 900), st.integers(1, 60))
def test_a_rule_without_end_is_entered_anywhere(rule: str, start: datetime, days_later: int, days_long: int):
    after = start + shortened(rule, days_later)
    before = after + shortened(rule, days_long) + timedelta(days=1)
    assert ours(rule, start, after, before) == by_dateutil(rule, start, after, before)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(rules(), STARTS, st.integers(1, MOST))
def test_a_rule_with_a_count_ends_where_it_should(rule: str, start: datetime, count: int):
    counted = f"{rule};COUNT={count}"
    before = start + shortened(rule, 704)
    assert ours(counted, start, start, before) == by_dateutil(counted, start, start, before)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(rules(), STARTS, st.integers(0, 400))
def test_a_rule_with_an_until_includes_it(rule: str, start: datetime, days_later: int):
    until = start + shortened(rule, days_later)
    series = Series(rule=rule_of(rule), start=start, until=until)
    before = start + shortened(rule, 509)
    assert list(occurrences(series, start, before, Budget(seconds=20, steps=10**7))) == by_dateutil(
        f"{rule};UNTIL={until:%Y%m%dT%H%M%S}", start, start, before
    )


@pytest.mark.parametrize("week_start", WEEKDAYS)
def test_week_numbers_are_dateutils_for_every_start_of_the_week(week_start: str):
    """Away from the turn of the year, where dateutil looks at one calendar year only."""
    start = datetime(2019, 1, 1, 9)  # noqa: DTZ001
    end = datetime(2045, 1, 1)  # noqa: DTZ001
    for numbers_named in ("2", "20", "51", "-3", "-40"):
        rule = f"FREQ=YEARLY;BYWEEKNO={numbers_named};BYDAY=MO,TH,SU;WKST={week_start}"
        assert ours(rule, start, start, end) == by_dateutil(rule, start, start, end), rule


def test_week_numbers_are_those_of_the_iso_calendar():
    for ordinal in range(date(2019, 12, 1).toordinal(), date(2050, 1, 10).toordinal()):
        day = date.fromordinal(ordinal)
        number, weeks = week_number(day, 0)
        assert number == day.isocalendar().week
        assert weeks == date(day.isocalendar().year, 12, 28).isocalendar().week


def test_a_position_in_a_week_counts_the_whole_week():
    """dateutil counts from the first time on in the first week; the standard speaks of the week."""
    start = datetime(2020, 1, 1, 9)  # noqa: DTZ001 - a Wednesday
    found = ours("FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=1", start, start, start + timedelta(days=14))
    assert [at.day for at in found] == [6, 13]


def test_a_rule_of_seconds_spends_its_budget():
    with pytest.raises(OverBudget):
        list(
            occurrences(
                Series(rule=rule_of("FREQ=SECONDLY"), start=datetime(2020, 1, 1)),  # noqa: DTZ001
                datetime(2026, 1, 1),  # noqa: DTZ001
                datetime(2026, 2, 1),  # noqa: DTZ001
                Budget(seconds=inf),
            )
        )
