"""Two plans side by side: items sum to each level's difference, and everyone concerned is named."""

import pytest

from planner.audit import audit
from planner.compare import compare
from planner.generate import generate_small
from planner.plan import LEVEL_NAMES, Plan
from planner.solve import Limits, Planned, solve
from tests.planner.build import (
    cadence,
    day,
    interview,
    need,
    office,
    participant,
    permanence,
    plan,
    problem,
)


@pytest.mark.parametrize("seed", range(6))
def test_items_sum_to_the_difference_of_each_level(seed: int) -> None:
    facts = generate_small(seed)
    outcome = solve(facts, limits=Limits(time_limit_seconds=20, deterministic_limit=1, workers=1))
    assert isinstance(outcome, Planned)
    found = compare(facts, Plan(), outcome.plan)
    before, after = audit(facts, Plan()).goals, audit(facts, outcome.plan).goals
    assert [one.level for one in found.levels] == list(LEVEL_NAMES)
    for one in found.levels:
        assert (one.before, one.after) == (before[one.level], after[one.level])
        assert sum(item.after - item.before for item in one.items) == one.after - one.before


def test_each_difference_names_whom_it_concerns() -> None:
    facts = problem(
        cadences=(cadence(),),
        participants=(participant(),),
        interviews=(need(participant="KM4821", sites=("bureau",), other_staff=True),),
    )
    first = plan(permanence(), office(half_day="pm"), interview(start="14:00"))
    second = plan(permanence(day(3)), office(half_day="pm", staff="B"), interview(start="15:00", staff="B"))
    found = compare(facts, first, second)
    assert [one.name for one in found.things] == [
        "interview n1",
        "permanence visits 2026-03-02 am",
        "permanence visits 2026-03-03 am",
    ]
    moved = found.things[0]
    assert (moved.staff, moved.participants, moved.sites) == (("A", "B"), ("KM4821",), ("bureau",))
    assert [one.name for one in found.for_staff("B")] == ["interview n1"]


def test_a_plan_beside_itself_differs_in_nothing() -> None:
    facts = problem(cadences=(cadence(),))
    found = compare(facts, plan(permanence()), plan(permanence()))
    assert found.things == ()
    assert all(one.items == () for one in found.levels)
