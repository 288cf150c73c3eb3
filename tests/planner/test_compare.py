"""Two plans side by side: items sum to each level's difference, and everyone concerned is named."""

from itertools import permutations
from random import Random

import pytest

from planner.audit import audit
from planner.compare import compare
from planner.generate import generate_small
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
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
    workshop,
)


def solved(facts: Problem) -> Plan:
    outcome = solve(facts, limits=Limits(time_limit_seconds=20, deterministic_limit=1, workers=1))
    assert isinstance(outcome, Planned)
    return outcome.plan


def thinned(whole: Plan, dice: Random) -> Plan:
    """About two thirds of a plan, whatever that breaks: any plan may be compared."""
    kept = {
        kind: tuple(one for one in getattr(whole, kind) if dice.random() < 0.66)
        for kind in ("permanences", "sessions", "office", "interviews")
    }
    return Plan(**kept)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_items_sum_to_the_difference_of_each_level_of_any_two_plans(seed: int) -> None:
    facts, dice = generate_small(seed), Random(f"compare {seed}")
    whole = solved(facts)
    plans = [Plan(), whole, thinned(whole, dice), thinned(whole, dice)]
    for first, second in permutations(plans, 2):
        found = compare(facts, first, second)
        before, after = audit(facts, first), audit(facts, second)
        assert [one.level for one in found.levels] == list(LEVEL_NAMES)
        for one in found.levels:
            assert (one.before, one.after) == (before.goals[one.level], after.goals[one.level])
            assert sum(item.after - item.before for item in one.items) == one.after - one.before
            assert len({item.about for item in one.items}) == len(one.items)
            for item in one.items:
                assert item.before == cost_of(item.about, before.items[one.level])
                assert item.after == cost_of(item.about, after.items[one.level])


def cost_of(about: str, items: tuple[tuple[str, int], ...]) -> int:
    return sum(cost for name, cost in items if name == about)


def test_items_of_one_name_are_counted_together() -> None:
    """Ids are unique in their list only: a need and a month of workshops may share one, and both lack something."""
    need_id = "workshops 2026-03"
    facts = problem(
        cadences=(cadence("workshops", kind="session"),),
        participants=(participant(),),
        interviews=(need(need_id, participant="KM4821", sites=("bureau",)),),
    )
    assert [name for name, _ in audit(facts, Plan()).items["unmet_rest"]] == [need_id] * 2
    one = next(
        level for level in compare(facts, Plan(), plan(workshop())).levels if level.level == "unmet_rest"
    )
    assert one.items == ((need_id, 9, 3),)
    assert (one.before, one.after) == (9, 3)


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
