"""More files that lie, and the largest and latest that are still true."""

from typing import Any

import pytest

from planner.problem_file import read_problem
from tests.planner.example_file import EXAMPLE, altered
from tests.planner.test_problem_file import refusal

PROMOTION = EXAMPLE["promotions"][0]
SEQUENCE = PROMOTION["sequences"][0]
PATTERN = {"weekday": 1, "half_day": "am", "from": "08:00", "to": "13:00"}
BACKWARDS = {"from_on": "2026-03-05", "until_on": "2026-03-04"}
OF_PERMANENCE = {"cadence": "visits", "on": "2026-03-16", "half_day": "am", "staff": ["A"]}
OF_SEQUENCE = {"promotion": "spring", "sequence": "s1", "on": "2026-03-16", "start": "09:00", "staff": ["A"]}
OF_WORKSHOP = {"cadence": "workshops", "number": 1, "on": "2026-03-16", "start": "09:00", "staff": ["A"]}
PUBLISHED = {
    "sessions": [
        {
            "promotion": "spring",
            "sequence": "s1",
            "starts_at": "2026-03-02T09:00:00+01:00",
            "ends_at": "2026-03-02T11:00:00+01:00",
            "site": "prison",
            "staff": ["A"],
        }
    ]
}

LIES: list[tuple[str, Any, str]] = [
    # Twice under one key
    ("promotions[1]", PROMOTION, "promotions[1].id"),
    ("promotions[0].sequences[1]", SEQUENCE, "promotions[0].sequences[1].id"),
    ("sites[0].closures[1]", EXAMPLE["sites"][0]["closures"][0], "sites[0].closures[1].id"),
    ("staff[0].absences[1]", EXAMPLE["staff"][0]["absences"][0], "staff[0].absences[1].id"),
    ("staff[0].meetings[1]", EXAMPLE["staff"][0]["meetings"][0], "staff[0].meetings[1].id"),
    ("pins[0]", {**OF_PERMANENCE, "staff": ["A", "A"]}, "pins[0].staff[1]"),
    ("published.sessions", PUBLISHED["sessions"] * 2, "published.sessions[1]"),
    # Unknown ids
    ("travel[0].from", "moon", "travel[0].from"),
    ("pins[0]", {**OF_SEQUENCE, "promotion": "summer"}, "pins[0].promotion"),
    ("pins[0]", {**OF_SEQUENCE, "room": "red"}, "pins[0].room"),
    ("pins[0]", {**OF_PERMANENCE, "cadence": "nothing"}, "pins[0].cadence"),
    ("booked[0].cadence", "nothing", "booked[0].cadence"),
    ("published.sessions", [{**PUBLISHED["sessions"][0], "site": "moon"}], "published.sessions[0].site"),
    ("published.sessions", [{**PUBLISHED["sessions"][0], "room": "red"}], "published.sessions[0].room"),
    # Ends before starts
    ("sites[0].openings[0]", {**PATTERN, **BACKWARDS}, "sites[0].openings[0].until_on"),
    ("staff[0].availability[0]", {**PATTERN, **BACKWARDS}, "staff[0].availability[0].until_on"),
    (
        "published.sessions",
        [{**PUBLISHED["sessions"][0], "ends_at": PUBLISHED["sessions"][0]["starts_at"]}],
        "published.sessions[0].ends_at",
    ),
    # Outside the horizon
    ("pins[0]", {**OF_PERMANENCE, "on": "2026-02-28"}, "pins[0].on"),
    ("pins[0]", {**OF_SEQUENCE, "on": "2026-04-01"}, "pins[0].on"),
    # Pins that contradict or do not belong together
    ("pins[0]", {**OF_SEQUENCE, "site": "prison"}, "pins[0].site"),
    ("pins[0]", {**OF_PERMANENCE, "room": "blue"}, "pins[0].room"),
    (
        "pins[0]",
        {"sequence": "s1", "on": "2026-03-16", "start": "09:00", "staff": ["A"]},
        "pins[0].promotion",
    ),
    ("pins", [OF_PERMANENCE, OF_PERMANENCE], "pins[1]"),
    ("pins", [OF_SEQUENCE, {**OF_SEQUENCE, "on": "2026-03-23"}], "pins[1]"),
    ("pins", [OF_WORKSHOP, {**OF_WORKSHOP, "start": "10:00"}], "pins[1]"),
    # Numbers
    ("weights", {"avoid": 10**30}, "weights.avoid"),
    ("tolerances", {"comfort": -1}, "tolerances.comfort"),
    ("default_travel_minutes", -1, "default_travel_minutes"),
    ("travel[0].minutes", -5, "travel[0].minutes"),
    ("cadences[0].asked", -1, "cadences[0].asked"),
    ("cadences[0].up_to", 1001, "cadences[0].up_to"),
    ("cadences[0].staff_count", -1, "cadences[0].staff_count"),
    ("cadences[0].partner_places", -1, "cadences[0].partner_places"),
    ("staff[0].max_half_days", {"week": -1}, "staff[0].max_half_days.week"),
    ("promotions[0].sequences[0].duration_minutes", 0, "promotions[0].sequences[0].duration_minutes"),
    ("interviews[0].slots", 0, "interviews[0].slots"),
    ("interviews[0].misses", -1, "interviews[0].misses"),
    ("booked[0].slot", -1, "booked[0].slot"),
    ("booked[0].place", 0, "booked[0].place"),
    ("staff[0].ledger", {"far": 10**9 + 1}, "staff[0].ledger.far"),
    ("first_on", "1999-12-31", "first_on"),
    ("last_on", "2027-04-05", "last_on"),
]


@pytest.mark.parametrize(("path", "value", "refused_at"), LIES)
def test_a_lie_is_refused_at_its_place(path: str, value: Any, refused_at: str) -> None:
    assert refusal(altered(path, value))[0] == refused_at


TRUTHS: list[tuple[str, Any]] = [
    ("pins[0]", {**OF_PERMANENCE, "on": "2026-03-01"}),
    ("pins[0]", {**OF_PERMANENCE, "on": "2026-03-31"}),
    ("pins[0]", {**OF_SEQUENCE, "room": "blue"}),
    ("pins[0]", OF_WORKSHOP),
    ("pins", [OF_PERMANENCE, {**OF_PERMANENCE, "half_day": "pm"}, OF_WORKSHOP, {**OF_WORKSHOP, "number": 2}]),
    ("cadences[0].asked", 1000),
    ("staff[0].ledger", {"far": -(10**9)}),
    ("last_on", "2027-04-04"),
    ("last_on", "2026-03-16"),
    ("today_on", "2100-12-31"),
    ("today_on", "2000-01-01"),
    ("interviews[1].count", 19_999),
    ("sites[0].closures[0].until_on", "2026-03-09"),
    ("published", PUBLISHED),
]


@pytest.mark.parametrize(("path", "value"), TRUTHS)
def test_the_last_value_that_is_true_is_read(path: str, value: Any) -> None:
    assert read_problem(altered(path, value)).territory == "idf"


def test_an_interview_beyond_twenty_thousand_is_one_too_many() -> None:
    assert refusal(altered("interviews[1].count", 20_000)) == (
        "interviews[1].count",
        "more than 20000 interviews up to here",
    )
