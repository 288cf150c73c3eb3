"""Each feed is its golden file, to the byte. After a wanted change: `python -m tests.calendars.write_goldens`."""

from pathlib import Path

import pytest

from tests.calendars.write_goldens import GOLDEN, feeds

FEEDS = feeds()


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_its_golden_file_to_the_byte(name: str):
    assert FEEDS[name] == (GOLDEN / f"{name}.ics").read_bytes()


def test_every_golden_file_is_of_a_feed():
    assert {path.stem for path in Path(GOLDEN).glob("*.ics")} == set(FEEDS)
