"""Whatever happens to a file on its way, the answer is intervals with warnings, or a refusal; never a crash."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from calendars.busy import NotACalendar, busy_time

pytestmark = [pytest.mark.slow]
CASES = [path.read_bytes() for path in sorted((Path(__file__).parent / "busy_cases").glob("*.ics"))]
WINDOW = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
WORDS = [
    *(b"\r\n", b"\n", b":", b";", b"\x00", b"\xff", b'"', b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"),
    *(b"BEGIN:VCALENDAR\r\n", b"RRULE:FREQ=SECONDLY\r\n", b"DURATION:P99999999999D\r\n", b"99991231T235959Z"),
    *(b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n", b"TZID=Mars/Olympus", b"DTSTART:00010101T000000\r\n"),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A case with pieces cut out, doubled, or replaced by words that hurt."""
    data = draw(st.sampled_from(CASES))[:20_000]
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        piece = draw(st.sampled_from([b"", data[start:end] * 2, *WORDS]))
        data = data[:start] + piece + data[end:]
    return data


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_file_ends_in_an_answer_or_a_refusal(data: bytes):
    note(repr(data))
    try:
        found = busy_time(data, WINDOW, ZoneInfo("Europe/Paris"))
    except NotACalendar:
        return
    ends = [WINDOW[0], *(instant for interval in found.busy for instant in interval), WINDOW[1]]
    assert ends == sorted(ends)
    assert all(start < end for start, end in found.busy)
    assert all(doubt.sentence() for doubt in found.doubts)
