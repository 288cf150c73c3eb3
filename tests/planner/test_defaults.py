"""What a field says that a file leaves out: each default of the problem and of the plan file."""

import json

import msgspec
import pytest

from planner.plan import Plan, PlannedInterview
from planner.problem import (
    Accreditation,
    Booked,
    Cadence,
    Closure,
    Interview,
    MaxHalfDays,
    Meeting,
    Opening,
    Participant,
    Problem,
    Promotion,
    Sequence,
    Site,
    StaffMember,
    WeeklyAvailability,
)
from planner.records import Record
from planner.territory import DEFAULT_WEIGHTS, Territory
from tests.planner.build import day, problem

SPAN = {"from_on": "2026-03-01", "until_on": "2026-03-31"}
HOURS = {"weekday": 1, "half_day": "am", "from": "09:00", "to": "12:00"}
VALID = {"from_on": None, "until_on": None}
MORNING = {"cadence": "c", "on": "2026-03-02", "half_day": "am"}
ABSENT = {"id": "m", "starts_at": "2026-03-02T09:00:00Z", "ends_at": "2026-03-02T10:00:00Z"}

DEFAULTS: list[tuple[type[Record], dict[str, object], dict[str, object]]] = [
    (
        Site,
        {"id": "s", "name": "S", "kind": "spip"},
        {
            "demands_accreditation": False, "access_notice_days": 0, "far": False, "open_on_holidays": False,
            "interview_places": 99, "rooms": [], "openings": [], "closures": [],
        },
    ),
    (Opening, HOURS, {"slot_minutes": 60, "buffer_minutes": 0, **VALID}),
    (Closure, {"id": "c", **SPAN}, {"half_day": None}),
    (
        StaffMember,
        {"id": "A", "name": "A"},
        {
            "base": None, "etp_percent": 100, "skills": [], "accreditations": [], "availability": [], "absences": [],
            "busy": [], "meetings": [], "wishes": [], "max_half_days": {"day": 2, "week": 10, "month": 50},
            "protected_half_days": 0, "engaged_outside": [], "ledger": {},
        },
    ),
    (MaxHalfDays, {}, {"day": 2, "week": 10, "month": 50}),
    (Accreditation, {"site": "s"}, {"unannounced": True, **VALID}),
    (WeeklyAvailability, HOURS, {"where": "field", **VALID}),
    (Meeting, ABSENT, {"site": None}),
    (
        Cadence,
        {"id": "c", "site": "s"},
        {
            "kind": "permanence", "asked": 0, "up_to": 0, "weekdays": [], "length": "half", "min_days": 1,
            "staff_count": 1, "skills": [], "usual_staff": [], "partner_places": 0, "history": [], "follows": None,
            "exceptions": [], "seats": 0, "needs_room": False, "compulsory": False, "duration_minutes": 120,
            "offset_minutes": 0,
        },
    ),
    (
        Promotion,
        {"id": "p", "site": "s", "seats": 8},
        {"weekday": None, "half_day": None, "participants": [], "animators_before": [], "sequences": []},
    ),
    (
        Sequence,
        {"id": "q", "title": "Q", "duration_minutes": 60, **SPAN},
        {
            "length": "half", "offset_minutes": 0, "staff_count": 1, "skills": [], "needs_room": True,
            "speaker_dates": None, "min_days": 1, "max_days": 31, "compulsory": True, "intervention": False,
            "done_on": None,
        },
    ),
    (Participant, {"id": "KM4821"}, {"hours": None}),
    (
        Interview,
        {"id": "n", "kind": "suivi", **SPAN},
        {
            "participant": None, "count": 1, "mode": "on_site", "priority": "normal", "slots": 1, "sites": [],
            "only_in_permanence": False, "referent": None, "other_staff": False, "leave_notice_days": 0,
            "min_days": 0, "last_on": None, "misses": 0,
        },
    ),
    (Booked, {**MORNING, "slot": 0}, {"place": 1}),
    (
        Problem,
        {
            "format": "escale-problem/1", "territory": "idf", "zone": "Europe/Paris", "first_on": "2026-03-01",
            "last_on": "2026-03-31",
        },
        {
            "today_on": None, "notice_days": 0, "holidays": [], "default_travel_minutes": 45, "weights": {},
            "tolerances": {}, "sites": [], "travel": [], "staff": [], "cadences": [], "promotions": [],
            "participants": [], "interviews": [], "pins": [], "booked": [], "published": None,
        },
    ),
    (
        PlannedInterview,
        {
            "need": "n", "starts_at": "2026-03-02T09:00:00Z", "ends_at": "2026-03-02T10:00:00Z", "staff": "A",
        },
        {"number": 1, "site": None},
    ),
    (
        Plan,
        {},
        {
            "format": "escale-plan/1", "problem_sha256": "", "permanences": [], "sessions": [], "office": [],
            "interviews": [], "unplaced": [], "levels": [], "overruled": [],
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "given", "defaults"), DEFAULTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_what_is_left_out_has_its_default(
    kind: type[Record], given: dict[str, object], defaults: dict[str, object]
) -> None:
    """As it stands in the file: nothing is asked that is not given here, nothing else has a default."""
    read = msgspec.json.decode(json.dumps(given), type=kind)
    fields = {field.encode_name: getattr(read, field.name) for field in msgspec.structs.fields(kind)}
    left_out = {name: value for name, value in fields.items() if name not in given}
    assert json.loads(msgspec.json.encode(left_out)) == defaults


def test_today_is_the_first_day_unless_told() -> None:
    assert Territory(problem()).horizon.today_on == day(1)
    assert Territory(problem(today_on=day(9))).horizon.today_on == day(9)


def test_the_prices_are_those_of_the_goals() -> None:
    assert DEFAULT_WEIGHTS == {
        "rest_normal": 3, "rest_flexible": 1, "rest_session": 6, "usual_staff": 2, "animators": 3, "referent": 1,
        "avoid": 4, "prefer": 1, "travel": 1, "spread": 3, "single": 3, "urgent_wait": 1, "extra": 5,
    }  # fmt: skip
