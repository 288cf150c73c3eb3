"""A plan file that cannot be is refused at its place; one that can is written sorted, as its schema says."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from planner.errors import PlanError
from planner.plan import LEVEL_NAMES, Level, OfficeHalfDay, Plan, Reason, Unplaced
from planner.problem_file import (
    read_plan,
    schema_bytes,
    write_plan,
)
from tests.planner.build import (
    at,
    cadence,
    day,
    interview,
    need,
    office,
    permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    workshop,
)
from tests.planner.example_file import EXAMPLE

FACTS = problem(
    cadences=(cadence(asked=4), cadence("workshops", kind="session", asked=2)),
    promotions=(promotion(sequence("s1")),),
    interviews=(need(count=2),),
)


def plan_refusal(planned: object) -> str:
    with pytest.raises(PlanError) as caught:
        read_plan(write_plan(planned), FACTS)
    return caught.value.path


@pytest.mark.parametrize(
    ("item", "path"),
    [
        (permanence(cadence="nothing"), "permanences[0].cadence"),
        (permanence(cadence="workshops"), "permanences[0].cadence"),
        (permanence(day(2), "am", "Z"), "permanences[0].staff[0]"),
        (permanence(day(2), "am", "A", "A"), "permanences[0].staff[1]"),
        (permanence(day(1).replace(month=4)), "permanences[0].on"),
        (session("s9"), "sessions[0].sequence"),
        (session("s1", site="moon"), "sessions[0].site"),
        (session("s1", room="blue"), "sessions[0].room"),
        (session("s1", day(2), "11:00", "09:00"), "sessions[0].ends_at"),
        (session("s1", starts_at=at(day(2), "09:00:30")), "sessions[0].starts_at"),
        (session(None), "sessions[0]"),
        (workshop(cadence="visits"), "sessions[0].cadence"),
        (session("s1", staff=("Z",)), "sessions[0].staff[0]"),
        (session("s1", day(1).replace(month=2)), "sessions[0].starts_at"),
        (office(staff="Z"), "office[0].staff"),
        (OfficeHalfDay(staff="A", site="moon", on=day(2), half_day="am"), "office[0].site"),
        (office(day(1).replace(month=2)), "office[0].on"),
        (interview("n9"), "interviews[0].need"),
        (interview(number=3), "interviews[0].number"),
        (interview(staff="Z"), "interviews[0].staff"),
        (interview(site="moon"), "interviews[0].site"),
        (interview(on=day(1).replace(month=4)), "interviews[0].starts_at"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_at_its_place(item: Any, path: str) -> None:
    assert plan_refusal(plan(item)) == path


@pytest.mark.parametrize(
    ("left_out", "path"),
    [
        ({"need": "n9"}, "unplaced[0].need"),
        ({"cadence": "nothing"}, "unplaced[0].cadence"),
        ({"promotion": "spring", "sequence": "s9"}, "unplaced[0].sequence"),
        ({"promotion": "spring"}, "unplaced[0]"),
        ({"sequence": "s1"}, "unplaced[0]"),
        ({"need": "n1", "cadence": "visits"}, "unplaced[0]"),
        ({}, "unplaced[0]"),
    ],
)
def test_what_is_left_out_names_what_is_known(left_out: dict[str, str], path: str) -> None:
    lacking = Plan(unplaced=(Unplaced(reason=Reason(code="crowded"), **left_out),))
    assert plan_refusal(lacking) == path


def test_what_is_left_out_is_told_once() -> None:
    alone = Unplaced(reason=Reason(code="crowded"), need="n1")
    assert (
        plan_refusal(Plan(unplaced=(alone, Unplaced(reason=Reason(code="room"), need="n1")))) == "unplaced[1]"
    )
    assert read_plan(write_plan(Plan(unplaced=(alone,))), FACTS).unplaced == (alone,)


ALL_LEVELS = tuple(Level(name=name, value=3, bound=2, status="bounded") for name in LEVEL_NAMES)


@pytest.mark.parametrize(
    ("levels", "path", "reason"),
    [
        ((*ALL_LEVELS[:7], Level(name="cosiness", value=1)), "levels[7].name", "no level has this name"),
        ((*ALL_LEVELS, ALL_LEVELS[4]), "levels[8].name", "'unmet_rest' is already the key of levels[4]"),
        (ALL_LEVELS[1:], "levels", "unmet_sessions is missing"),
        (ALL_LEVELS[:7], "levels", "comfort is missing"),
        (
            (*ALL_LEVELS[:7], Level(name="comfort", value=3, bound=4)),
            "levels[7].bound",
            "4 is above the value 3",
        ),
    ],
)
def test_levels_are_the_eight_once_each_and_bounded_from_below(
    levels: tuple[Level, ...], path: str, reason: str
) -> None:
    with pytest.raises(PlanError) as caught:
        read_plan(write_plan(Plan(levels=levels)), FACTS)
    assert (caught.value.path, caught.value.reason[: len(reason)]) == (path, reason)


@pytest.mark.parametrize("levels", [(), ALL_LEVELS])
def test_levels_may_be_left_out_and_say_what_they_like_of_their_values(levels: tuple[Level, ...]) -> None:
    assert read_plan(write_plan(Plan(levels=levels)), FACTS).levels == levels


@pytest.mark.parametrize("field", ["value", "bound"])
def test_a_level_below_nothing_is_refused(field: str) -> None:
    said = {"name": "comfort", "value": 3, "bound": 2, "status": "bounded", field: -1}
    with pytest.raises(PlanError) as caught:
        read_plan(json.dumps({"format": "escale-plan/1", "levels": [said]}).encode(), FACTS)
    assert caught.value.path == f"levels[0].{field}"


@pytest.mark.parametrize("item", [permanence(), session("s1"), workshop(), office(), interview()])
def test_an_assignment_given_twice_is_refused(item: Any) -> None:
    assert plan_refusal(plan(item, item)).endswith("[1]")


def test_a_plan_of_another_problem_is_refused_and_one_of_no_problem_accepted() -> None:
    named = write_plan(plan(), "a" * 64)
    assert read_plan(named, FACTS, "a" * 64).problem_sha256 == "a" * 64
    assert read_plan(write_plan(plan()), FACTS, "b" * 64).problem_sha256 == ""
    with pytest.raises(PlanError) as caught:
        read_plan(named, FACTS, "b" * 64)
    assert caught.value.path == "problem_sha256"


def test_a_plan_is_written_sorted_by_its_keys_whatever_its_order() -> None:
    items = [
        permanence(day(9)),
        permanence(day(2), "pm"),
        interview(number=2, start="10:00"),
        interview(),
        office(),
    ]
    forwards, backwards = write_plan(plan(*items)), write_plan(plan(*reversed(items)))
    assert forwards == backwards
    assert [entry["on"] for entry in json.loads(forwards)["permanences"]] == ["2026-03-02", "2026-03-09"]


def test_a_session_says_only_what_names_it() -> None:
    group, open_session = json.loads(write_plan(plan(session("s1"), workshop())))["sessions"]
    assert set(open_session) == {"promotion", "sequence", "starts_at", "ends_at", "site", "room", "staff"}
    assert set(group) == {"cadence", "number", "starts_at", "ends_at", "site", "room", "staff"}


def test_files_satisfy_their_schemas() -> None:
    jsonschema.validate(EXAMPLE, json.loads(schema_bytes("problem")))
    planned = plan(permanence(), session("s1"), office(), interview())
    jsonschema.validate(json.loads(write_plan(planned)), json.loads(schema_bytes("plan")))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**EXAMPLE, "colour": "blue"}, json.loads(schema_bytes("problem")))


def test_instants_are_written_with_their_offset() -> None:
    assert at(day(2), "09:00").tzinfo == ZoneInfo("Europe/Paris")
    assert b'"starts_at": "2026-03-02T09:00:00+01:00"' in write_plan(plan(interview()))
