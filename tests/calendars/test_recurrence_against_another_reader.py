"""Whole files with exceptions, additions and moved occurrences: our busy time and another reader's expansion agree."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from calendars.busy import busy_time
from calendars.intervals import clipped, merged

pytestmark = pytest.mark.slow
PARIS = ZoneInfo("Europe/Paris")
WINDOW = (datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC))
RULES = (
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=WEEKLY;BYDAY=SA,SU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY",
)
HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN"]
LENGTHS = st.sampled_from(["PT30M", "PT1H", "PT90M", "P1D"])
"""`PT24H` is left out: over a clock change the other reader takes it for a day, the standard for 24 hours."""


def local(at: datetime) -> str:
    return f"TZID=Europe/Paris:{at:%Y%m%dT%H%M%S}"


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", "UID:one@elsewhere", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """One series from about the autumn on, some of its occurrences excepted, moved, cancelled or made free."""
    day = draw(st.dates(date(2026, 7, 1), date(2026, 10, 30)))
    # Between five and twenty-two o'clock no wall time is skipped or comes twice.
    start = datetime(day.year, day.month, day.day, draw(st.integers(5, 21)))  # noqa: DTZ001
    length = draw(LENGTHS)
    rule = draw(st.sampled_from(RULES))
    series = rrule_starts(rule, start)
    touched = draw(st.lists(st.sampled_from(series), max_size=6, unique=True))
    excepted, moved = touched[::2], touched[1::2]
    # Not by whole hours: the other reader takes a UTC hour for the same wall time as an exception.
    added = [
        one + timedelta(days=1, minutes=20)
        for one in draw(st.lists(st.sampled_from(series), max_size=2, unique=True))
    ]
    lines = [f"DTSTART;{local(start)}", f"DURATION:{length}", f"RRULE:{rule};COUNT={len(series)}"]
    lines += [f"EXDATE;{local(one)}" for one in excepted]
    lines += [f"RDATE;{local(one)}" for one in added]
    parts = [*HEAD, *event(*lines)]
    for one in moved:
        kind = draw(st.sampled_from(["later", "cancelled", "transparent"]))
        there = one + timedelta(hours=draw(st.integers(-4, 4)), days=draw(st.integers(-2, 9)))
        change = [f"RECURRENCE-ID;{local(one)}", f"DTSTART;{local(there)}", "DURATION:PT45M", "SEQUENCE:1"]
        change += {"later": [], "cancelled": ["STATUS:CANCELLED"], "transparent": ["TRANSP:TRANSPARENT"]}[
            kind
        ]
        parts += event(*change)
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


def rrule_starts(rule: str, start: datetime) -> list[datetime]:
    """The first dozen starts of a rule, as the other reader's own library finds them; the first is `start`."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only the generator of files needs it

    found = list(rrulestr(f"{rule};COUNT=12", dtstart=start))
    return found if found[0] == start else [start, *found][:12]


def by_the_other(data: bytes) -> list[tuple[datetime, datetime]]:
    calendar = icalendar.Calendar.from_ical(data)
    found = recurring_ical_events.of(calendar).between(WINDOW[0], WINDOW[1])
    intervals = [
        (one.start.astimezone(UTC), one.end.astimezone(UTC))
        for one in found
        if str(one.get("STATUS", "")) != "CANCELLED" and str(one.get("TRANSP", "")) != "TRANSPARENT"
    ]
    inside = [piece for one in intervals if (piece := clipped(one, WINDOW)) is not None]
    return list(merged(inside))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(files())
def test_a_file_with_exceptions_gives_the_times_of_another_reader(data: bytes):
    note(data.decode())
    found = busy_time(data, WINDOW, PARIS)
    assert list(found.busy) == by_the_other(data)
    assert found.doubts == ()
