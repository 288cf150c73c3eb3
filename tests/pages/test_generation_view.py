"""A computation under way: the goals settled so far, with the moment at which each was left behind."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest

from db.records.plan import Plan
from db.states import PlanState
from planner.plan import Level
from planner.tally import Tally
from service.jobs.solver_messages import CurvePoint
from service.pages.generation_view import progress, report_of


def plan(state=PlanState.SOLVING):
    return Plan(
        id=UUID(int=1), version=1, territory_id=UUID(int=2), number=3, state=state, origin="solve",
        first_on=date(2026, 12, 1), last_on=date(2026, 12, 31), created_at=datetime(2026, 11, 20, tzinfo=UTC),
        options={"time_limit_seconds": 60.0},
    )  # fmt: skip


def point(seconds, level, value, bound):
    return CurvePoint(seconds=seconds, level=level, value=value, bound=bound)


POINTS = [
    point(0.4, "unmet_sessions", 2, 0),
    point(0.9, "unmet_sessions", 1, 1),
    point(1.6, "fairness", 90, 40),
]


def test_each_goal_shows_its_last_value_and_when_it_was_settled():
    found = progress(plan(), None, POINTS).levels
    assert [(one.value, one.bound, one.proved, one.current, one.settled) for one in found] == [
        (1, 1, True, False, "1,6"),
        (90, 40, False, True, ""),
    ]


def test_when_it_is_over_nothing_is_current_any_more():
    found = progress(plan(PlanState.READY), None, POINTS)
    assert found.over
    assert not any(one.current for one in found.levels)


def test_the_limit_is_told_in_seconds():
    assert progress(plan(), None, []).limit == "60"


def test_what_is_placed_so_far_is_told_beside_what_is_missing():
    placed = Tally(permanences=(16, 1), sessions=(14, 2), interviews=(170, 1))
    last = CurvePoint(seconds=2.0, level="fairness", value=80, bound=40, placed=placed)
    assert progress(plan(), None, [*POINTS, last]).placed == (
        ("Permanences", "16, il en manque 1"),
        ("Séances et ateliers", "14, il en manque 2"),
        ("Entretiens", "170, il en manque 1"),
    )
    assert progress(plan(), None, POINTS).placed == ()


@pytest.mark.parametrize("state", [PlanState.READY, PlanState.PUBLISHED])
def test_what_is_over_shows_the_whole_curve_of_its_report_with_every_goal_settled(state):
    points = report_of(msgspec.json.encode({"curve": POINTS})).curve
    view = progress(plan(state), None, points)
    assert (view.over, view.seconds) == (True, "1,6")
    assert {step.state for step in view.steps} == {"settled"}


def test_what_was_proved_of_a_goal_after_it_was_left_behind_is_told_when_it_is_over():
    levels = (
        Level(name="unmet_sessions", value=1, bound=1, status="optimal"),
        Level(name="fairness", value=90, bound=90, status="optimal"),
    )
    report = report_of(msgspec.json.encode({"curve": POINTS, "levels": levels}))
    found = progress(plan(PlanState.READY), None, report.curve, report.levels).levels
    assert [(one.value, one.bound, one.proved) for one in found] == [(1, 1, True), (90, 90, True)]
