"""Days are counted where the territory lies: half past midnight in Paris is the eve by universal time."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.records.staff import Absence
from service.api.facts.filters import chosen
from service.pages.shell import Shell

TEMPLATES = Path(__file__).resolve().parents[2] / "service" / "templates"
PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
NIGHT = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
AWAY = Absence(
    code="ar",
    staff="AR",
    kind="leave",
    starts_at=datetime(2026, 12, 13, 23, tzinfo=UTC),
    ends_at=datetime(2026, 12, 15, 23, tzinfo=UTC),
)


def test_a_page_tells_a_moment_by_the_day_of_its_territory() -> None:
    assert Shell(zone="Europe/Paris").day_of(NIGHT) == date(2026, 11, 28)
    assert Shell(zone="America/Guadeloupe").day_of(NIGHT) == date(2026, 11, 27)


def test_no_template_takes_the_day_of_a_moment_by_universal_time() -> None:
    found = [
        f"{one.name}: {taken}"
        for one in TEMPLATES.rglob("*.html")
        for taken in re.findall(r"\w+_at\.date\(\)", one.read_text(encoding="utf-8"))
        if not taken.startswith("made_at")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("asked", "zone", "found"),
    [
        ({"until_on": date(2026, 12, 13)}, PARIS, False),
        ({"until_on": date(2026, 12, 14)}, PARIS, True),
        ({"from_on": date(2026, 12, 15)}, PARIS, True),
        ({"from_on": date(2026, 12, 16)}, PARIS, False),
        ({"from_on": date(2026, 12, 16)}, REUNION, True),
    ],
)
def test_a_list_between_two_days_is_of_the_days_lived_there(
    asked: dict[str, date], zone: ZoneInfo, found: bool
) -> None:
    """AR is away on 14 and 15 December in Paris; on Réunion the same hours end on the 16th."""
    assert (chosen((AWAY,), asked, zone) == [AWAY]) is found
