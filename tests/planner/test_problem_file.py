"""A file that lies is refused with the path in the file and the reason; a true one is read as written."""

import json
from contextlib import suppress
from copy import deepcopy
from hashlib import sha256
from typing import Any

import pytest

from planner.audit import audit
from planner.errors import ProblemError
from planner.problem_file import (
    problem_sha256,
    read_problem,
    write_problem,
)
from tests.planner.build import (
    plan,
)
from tests.planner.example_file import EXAMPLE, altered, written


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        read_problem(data)
    assert "\n" not in str(caught.value)
    return caught.value.path, caught.value.reason


def test_the_example_is_read() -> None:
    assert read_problem(written(EXAMPLE)).interviews[0].referent == "A"


OPENING = {"weekday": 1, "half_day": "am", "from": "10:00", "to": "11:00"}
PIN = {"need": "call", "on": "2026-03-16", "start": "09:00", "staff": ["A"]}
EARLIER = {"from_on": "2026-03-05", "until_on": "2026-03-04"}

LIES: list[tuple[str, Any, str]] = [
    # Unknown ids
    ("travel[0].to", "moon", "travel[0].to"),
    ("staff[0].base", "moon", "staff[0].base"),
    ("staff[0].accreditations[0].site", "moon", "staff[0].accreditations[0].site"),
    ("staff[0].meetings[0].site", "moon", "staff[0].meetings[0].site"),
    ("cadences[0].site", "moon", "cadences[0].site"),
    ("cadences[0].usual_staff", ["A", "Z"], "cadences[0].usual_staff[1]"),
    ("cadences[0].follows", "summer", "cadences[0].follows"),
    ("promotions[0].site", "moon", "promotions[0].site"),
    ("promotions[0].participants", ["XX0000"], "promotions[0].participants[0]"),
    ("promotions[0].animators_before", ["Z"], "promotions[0].animators_before[0]"),
    ("interviews[0].participant", "XX0000", "interviews[0].participant"),
    ("interviews[0].sites", ["bureau", "moon"], "interviews[0].sites[1]"),
    ("interviews[0].referent", "Z", "interviews[0].referent"),
    ("pins[0].need", "n9", "pins[0].need"),
    ("pins[0].site", "moon", "pins[0].site"),
    ("pins[0].staff", ["Z"], "pins[0].staff[0]"),
    ("booked[0].cadence", "workshops", "booked[0].cadence"),
    # Twice under one key
    ("sites[1].id", "prison", "sites[1].id"),
    ("sites[0].rooms[1]", {"id": "blue", "seats": 1}, "sites[0].rooms[1].id"),
    ("staff[1]", {"id": "A", "name": "A"}, "staff[1].id"),
    ("cadences[1].id", "visits", "cadences[1].id"),
    ("interviews[1].id", "n1", "interviews[1].id"),
    ("participants[1]", {"id": "KM4821"}, "participants[1].id"),
    ("promotions[0].participants", ["KM4821", "KM4821"], "promotions[0].participants[1]"),
    ("travel[1]", {"from": "prison", "to": "bureau", "minutes": 1}, "travel[1]"),
    ("cadences[0].exceptions[1]", {"on": "2026-03-02"}, "cadences[0].exceptions[1].on"),
    ("booked[1]", EXAMPLE["booked"][0], "booked[1]"),
    ("sites[0].openings[1]", OPENING, "sites[0].openings[1]"),
    # Ends before starts
    ("last_on", "2026-02-28", "last_on"),
    ("sites[0].openings[0].to", "09:00", "sites[0].openings[0].to"),
    ("sites[0].closures[0].until_on", "2026-03-08", "sites[0].closures[0].until_on"),
    ("staff[0].availability[0].to", "08:00", "staff[0].availability[0].to"),
    ("staff[0].absences[0].ends_at", "2026-03-02T08:00:00Z", "staff[0].absences[0].ends_at"),
    ("staff[0].busy[0].to", "2026-03-03T09:00:00+01:00", "staff[0].busy[0].to"),
    ("staff[0].meetings[0].ends_at", "2026-03-04T08:59:00Z", "staff[0].meetings[0].ends_at"),
    ("staff[0].accreditations[0]", {"site": "prison", **EARLIER}, "staff[0].accreditations[0].until_on"),
    ("promotions[0].sequences[0].until_on", "2026-02-28", "promotions[0].sequences[0].until_on"),
    ("participants[0].hours[0].to", "08:00", "participants[0].hours[0].to"),
    ("interviews[0].until_on", "2026-02-28", "interviews[0].until_on"),
    # An opening outside its half-day
    ("sites[0].openings[0].half_day", "pm", "sites[0].openings[0].to"),
    ("sites[0].openings[1]", {**OPENING, "from": "13:00", "to": "14:00"}, "sites[0].openings[1].from"),
    # Pins
    ("pins[0].on", "2026-04-01", "pins[0].on"),
    ("pins[0].start", None, "pins[0].start"),
    ("pins[0].site", None, "pins[0].site"),
    ("pins[0].staff", [], "pins[0].staff"),
    ("pins[0].staff", ["A", "A"], "pins[0].staff"),
    ("pins[0].half_day", "am", "pins[0].half_day"),
    ("pins[0]", {"on": "2026-03-16", "staff": ["A"]}, "pins[0].cadence"),
    ("pins[0]", {"cadence": "visits", "on": "2026-03-16", "staff": ["A"]}, "pins[0].half_day"),
    (
        "pins[0]",
        {"cadence": "workshops", "on": "2026-03-16", "half_day": "am", "staff": ["A"]},
        "pins[0].cadence",
    ),
    (
        "pins[0]",
        {"promotion": "spring", "on": "2026-03-16", "start": "09:00", "staff": ["A"]},
        "pins[0].sequence",
    ),
    (
        "pins[0]",
        {"promotion": "spring", "sequence": "s9", "on": "2026-03-16", "start": "09:00", "staff": ["A"]},
        "pins[0].sequence",
    ),
    (
        "pins[0]",
        {
            "cadence": "workshops",
            "number": 1,
            "on": "2026-03-16",
            "start": "09:00",
            "room": "red",
            "staff": ["A"],
        },
        "pins[0].room",
    ),
    ("pins[1]", {**PIN, "site": "bureau"}, "pins[1].site"),
    ("pins[1]", EXAMPLE["pins"][0], "pins[1]"),
    # Names of weights, levels and kinds
    ("weights", {"luck": 1}, "weights.luck"),
    ("weights", {"extra": -1}, "weights.extra"),
    ("weights", {"avoid": 4, "extra": "five"}, "weights.extra"),
    ("tolerances", {"luck": 1}, "tolerances.luck"),
    ("staff[0].ledger", {"luck": 1}, "staff[0].ledger.luck"),
    ("staff[0].ledger", {"far": 10**12}, "staff[0].ledger.far"),
    # Wishes
    ("staff[0].wishes[0]", {"half_day": "am", "wish": "avoid"}, "staff[0].wishes[0]"),
    (
        "staff[0].wishes[0]",
        {"weekday": 1, "on": "2026-03-02", "half_day": "am", "wish": "avoid"},
        "staff[0].wishes[0]",
    ),
    # Form
    ("zone", "Europe/Atlantis", "zone"),
    ("zone", "../../etc/passwd", "zone"),
    ("zone", "Europe", "zone"),
    ("zone", "localtime", "zone"),
    ("zone", "posixrules", "zone"),
    ("zone", "right/Europe/Paris", "zone"),
    ("format", "escale-problem/2", "format"),
    ("first_on", "1870-03-01", "first_on"),
    ("today_on", "9999-12-31", "today_on"),
    ("last_on", "2028-03-31", "last_on"),
    ("notice_days", -1, "notice_days"),
    ("notice_days", 2.5, "notice_days"),
    ("territory", "", "territory"),
    ("colour", "blue", "colour"),
    ("sites[0].colour", "blue", "sites[0].colour"),
    ("sites[1]", {"id": "bureau", "name": "Bureau"}, "sites[1].kind"),
    ("sites[0].openings[0].weekday", 8, "sites[0].openings[0].weekday"),
    ("sites[0].openings[0].from", "9:00", "sites[0].openings[0].from"),
    ("sites[0].openings[0].from", "24:00", "sites[0].openings[0].from"),
    ("sites[0].openings[0].slot_minutes", 0, "sites[0].openings[0].slot_minutes"),
    ("staff[0].absences[0].starts_at", "2026-03-02T09:00:00", "staff[0].absences[0].starts_at"),
    ("interviews[0].until_on", "2026-02-30", "interviews[0].until_on"),
    ("interviews[0].kind", "visit", "interviews[0].kind"),
    ("interviews[0].count", 0, "interviews[0].count"),
    ("interviews[1].count", 1_000_000, "interviews[1].count"),
    ("cadences[0].asked", 5_000, "cadences[0].asked"),
]


@pytest.mark.parametrize(("path", "value", "refused_at"), LIES)
def test_a_lie_is_refused_at_its_place(path: str, value: Any, refused_at: str) -> None:
    assert refusal(altered(path, value))[0] == refused_at


def test_a_need_pinned_twice_names_both_pins() -> None:
    path, reason = refusal(altered("pins[1]", {**EXAMPLE["pins"][0], "start": "10:00"}))
    assert path == "pins[1]"
    assert reason == "'n1' is pinned to 2026-03-16 10:00 bureau A and by pins[0] to 2026-03-16 09:00 bureau A"


def test_a_need_for_two_may_be_pinned_twice_but_not_three_times() -> None:
    content = deepcopy(EXAMPLE)
    content["interviews"][0]["count"] = 2
    content["pins"].append({**EXAMPLE["pins"][0], "start": "10:00"})
    assert len(read_problem(written(content)).pins) == 2
    content["pins"].append({**EXAMPLE["pins"][0], "start": "11:00"})
    assert refusal(written(content))[0] == "pins[2]"


def test_openings_that_never_meet_on_a_date_may_share_a_half_day() -> None:
    content = deepcopy(EXAMPLE)
    first, second = content["sites"][0]["openings"][0], dict(OPENING)
    content["sites"][0]["openings"] = [
        {**first, "until_on": "2026-03-08"},
        {**second, "from_on": "2026-03-03"},
    ]
    assert len(read_problem(written(content)).sites[0].openings) == 2
    content["sites"][0]["openings"][1]["from_on"] = "2026-03-02"
    assert refusal(written(content))[0] == "sites[0].openings[1]"


def test_a_published_plan_may_speak_of_what_the_problem_has_forgotten() -> None:
    published = {
        "format": "escale-plan/1",
        "permanences": [{"cadence": "old", "on": "2026-03-02", "half_day": "am", "staff": ["gone"]}],
        "interviews": [
            {
                "need": "old",
                "starts_at": "2026-03-02T09:00:00+01:00",
                "ends_at": "2026-03-02T10:00:00+01:00",
                "staff": "gone",
            }
        ],
    }
    assert read_problem(altered("published", published)).published is not None
    known = {**published, "permanences": [{**published["permanences"][0], "cadence": "visits"}]}
    assert refusal(altered("published", known))[0] == "published.permanences[0].staff[0]"
    twice = {**published, "permanences": published["permanences"] * 2}
    assert refusal(altered("published", twice))[0] == "published.permanences[1]"


def test_a_published_instant_of_another_age_is_refused_whatever_it_is_of() -> None:
    late = {"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:59:00Z"}
    published = {"interviews": [{"need": "old", "staff": "A", **late}]}
    assert refusal(altered("published", published))[0] == "published.interviews[0].starts_at"


def test_a_meeting_without_end_is_read_and_recounted_at_once() -> None:
    endless = {"id": "team", "starts_at": "2026-03-04T09:00:00Z", "ends_at": "9999-12-31T23:59:59Z"}
    known = read_problem(altered("staff[0].meetings[0]", endless))
    assert audit(known, plan()).is_clean is False  # the pin of the example is not kept


ODD = (None, 0, -1, 10**30, 1.5, "", "zzz", "9999-12-31", "0001-01-01", [], {}, True, ["A"], "23:59")


def places(content: Any, path: str = "") -> list[str]:
    """The path of every value in a file."""
    if isinstance(content, dict):
        pairs = [(f"{path}.{key}".removeprefix("."), value) for key, value in content.items()]
    else:
        pairs = [(f"{path}[{index}]", value) for index, value in enumerate(content)]
    found = [place for place, _ in pairs]
    return found + [
        deep for place, value in pairs if isinstance(value, dict | list) for deep in places(value, place)
    ]


@pytest.mark.parametrize("odd", ODD)
def test_no_single_change_of_a_file_makes_a_traceback(odd: Any) -> None:
    for place in places(EXAMPLE):
        with suppress(ProblemError):
            audit(read_problem(altered(place, odd)), plan()).to_json()


def test_the_hash_is_of_what_was_read_before_defaults_in_canonical_form() -> None:
    canonical = json.dumps(EXAMPLE, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    expected = sha256(canonical).hexdigest()
    shuffled = dict(reversed(EXAMPLE.items()))
    assert problem_sha256(json.dumps(shuffled, indent=3).encode()) == expected
    assert problem_sha256(altered("notice_days", 0)) != expected
    accented = altered("territory", "Île")
    assert problem_sha256(accented) == problem_sha256(json.dumps(json.loads(accented)).encode())


def test_a_problem_is_read_back_as_it_was_written() -> None:
    known = read_problem(written(EXAMPLE))
    assert read_problem(write_problem(known)) == known
    assert b"notice_days" not in write_problem(known)
