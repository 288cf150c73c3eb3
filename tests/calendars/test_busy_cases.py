"""Each case is a file with its intervals worked out by hand, and what must be reported about it."""

from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from calendars.busy import busy_json, busy_time, when

CASES = sorted((Path(__file__).parent / "busy_cases").glob("*.ics"))


class Expected(msgspec.Struct, rename={"from_": "from"}):
    why: str
    from_: str
    to: str
    zone: str
    busy: list[tuple[str, str]]
    doubts: list[str]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_file_gives_the_intervals_worked_out_by_hand(path: Path):
    expected = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Expected)
    answer = msgspec.json.decode(busy_json(path.read_bytes(), expected.from_, expected.to, expected.zone))
    assert [tuple(interval) for interval in answer["busy"]] == expected.busy, expected.why
    assert len(answer["warnings"]) == len(expected.doubts), answer["warnings"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_skipped_or_doubtful_is_reported_by_its_code(path: Path):
    expected = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Expected)
    zone = ZoneInfo(expected.zone)
    window = (when(expected.from_, zone), when(expected.to, zone))
    found = busy_time(path.read_bytes(), window, zone)
    assert sorted(doubt.code for doubt in found.doubts) == sorted(expected.doubts)


def test_there_are_at_least_sixty_cases():
    assert len(CASES) >= 60
