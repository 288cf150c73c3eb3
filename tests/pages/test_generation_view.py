"""A computation under way: the goals settled so far, with the moment at which each was left behind."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest

from db.records.plan import Plan
from db.states import PlanState
from planner.plan import Level
from planner.tally import Tally
from service.catalogue import NBSP
from service.jobs.solver_messages import CurvePoint
from service.pages.generation_view import progress, report_of
from service.pages.progress_curve import curve_of


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


def test_what_is_placed_so_far_is_told_of_what_is_asked():
    placed = Tally(permanences=(16, 1), sessions=(14, 2), interviews=(170, 1))
    last = CurvePoint(seconds=2.0, level="fairness", value=80, bound=40, placed=placed)
    assert progress(plan(), None, [*POINTS, last]).placed == (
        ("Permanences", "16 sur 17"),
        ("Séances et ateliers", "14 sur 16"),
        ("Entretiens", "170 sur 171"),
    )
    assert progress(plan(), None, POINTS).placed == ()


@pytest.mark.parametrize("state", [PlanState.READY, PlanState.PUBLISHED])
def test_what_is_over_shows_the_whole_curve_of_its_report_with_no_goal_to_come(state):
    points = report_of(msgspec.json.encode({"curve": POINTS})).curve
    view = progress(plan(state), None, points)
    assert (view.over, view.seconds) == (True, "1,6")
    assert [step.state for step in view.steps] == ["settled", "settled", "settled", "open", "settled"]


def test_what_was_proved_of_a_goal_after_it_was_left_behind_is_told_when_it_is_over():
    levels = (
        Level(name="unmet_sessions", value=1, bound=1, status="optimal"),
        Level(name="fairness", value=90, bound=90, status="optimal"),
    )
    report = report_of(msgspec.json.encode({"curve": POINTS, "levels": levels}))
    found = progress(plan(PlanState.READY), None, report.curve, report.levels).levels
    assert [(one.value, one.bound, one.proved) for one in found] == [(1, 1, True), (90, 90, True)]


def test_a_goal_left_behind_with_a_gap_is_not_shown_as_settled():
    points = [
        point(0.4, "unmet_rest", 15, 0),
        point(1.0, "fairness", 200, 170),
        point(1.6, "comfort", 90, 40),
    ]
    view = progress(plan(), None, points)
    assert [(step.words.replace(NBSP, " "), step.state) for step in view.steps] == [
        ("1 Non placés, un mieux n’est pas exclu", "open"),
        ("2 Changements", "settled"),
        ("3 Continuité", "settled"),
        ("4 Équité, écart 15 %", "open"),
        ("5 Confort, écart 50 %", "current"),
    ]
    assert [one.words.replace(NBSP, " ") for one in view.levels] == [
        "un mieux n’est pas exclu",
        "écart 15 %",
        "en cours, écart 50 %",
    ]


def test_the_title_names_the_goal_in_few_words():
    assert progress(plan(), None, POINTS).title == f"Objectif 4 sur 5{NBSP}: équité"
    assert progress(plan(), None, POINTS[:1]).title.endswith(": séances obligatoires non placées")


def test_the_curve_counts_the_seconds_of_its_goal_in_round_numbers():
    points = [point(3.0, "comfort", 239, 0), point(5.0, "comfort", 200, 120), point(7.5, "comfort", 121, 115)]
    curve = curve_of(points)
    assert [tick.words for tick in curve.across] == ["0 s", "1 s", "2 s", "3 s", "4 s"]
    assert [tick.words for tick in curve.up] == ["0", "50", "100", "150", "200"]
    assert curve.bound_name_y - curve.value_name_y >= 18


def test_a_first_point_is_drawn_already():
    curve = curve_of([point(3.0, "comfort", 0, 0)])
    assert [tick.words for tick in curve.across] == ["0 s"]
    assert (curve.last_x, curve.last_y) == (48, 206)


def test_who_comes_later_is_told_of_the_goals_left_behind_before():
    last = CurvePoint(seconds=1.6, level="fairness", value=90, bound=40, left=(POINTS[1],))
    found = progress(plan(), None, [last]).levels
    assert [(one.value, one.bound, one.settled) for one in found] == [(1, 1, ""), (90, 40, "")]


def test_a_goal_is_settled_when_a_later_one_is_taken_up_and_those_to_come_are_left_out():
    every = [point(1.0, name, 9, 0) for name in ("unmet_rest", "fairness", "comfort")]
    current = progress(plan(), None, [*every, point(2.0, "unmet_rest", 8, 0)])
    assert [one.level for one in current.levels] == ["unmet_rest"]
    assert [step.state for step in current.steps] == ["current", "", "", "", ""]
    over = progress(plan(PlanState.READY), None, [*every, point(5.0, "comfort", 8, 8)])
    assert [one.settled for one in over.levels] == ["5,0", "5,0", "5,0"]
