"""Where levels have tolerances, the best of all plans so far is what settling the levels in turn would choose."""

import pytest

from planner.audit import Auditor, audit
from planner.best_so_far import BestSoFar, Seen
from planner.draft import Draft
from planner.generate import generate_small
from planner.outcome import Limits, Planned, Progress
from planner.plan import LEVEL_NAMES
from planner.sizes import Sizes
from planner.solve import solve
from tests.planner.build import changed, plan, problem

TOLERANCES = {"unmet_permanences": 2, "unmet_urgent": 3, "unmet_rest": 3, "fairness": 60}
REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=4, workers=1, sizes=Sizes(drawn=0, in_one=1))


def key(first: int, then: int, last: int = 0) -> tuple[int, ...]:
    return (first, then, 0, 0, 0, 0, 0, last)


def test_what_a_tolerance_lets_go_a_later_plan_may_take_back() -> None:
    so_far = BestSoFar({"unmet_sessions": 1})
    cheap, dear, least = Seen(key(3, 0)), Seen(key(2, 5)), Seen(key(1, 9))
    assert so_far.offer(cheap)
    assert not so_far.offer(dear)
    assert not so_far.offer(least)
    assert so_far.best is dear


def test_a_draft_that_a_later_plan_makes_the_best_is_still_there() -> None:
    auditor = Auditor(problem())
    first, then = (Draft(plan(), auditor.audit(plan()), auditor) for _ in range(2))
    so_far = BestSoFar({"unmet_sessions": 1})
    assert so_far.offer(Seen(key(5, 2), draft=first))
    assert not so_far.offer(Seen(key(4, 3), draft=then))
    assert not so_far.offer(Seen(key(3, 9), values=[1]))
    assert so_far.best is not None
    assert so_far.best.draft is then


def test_the_newest_of_equals_is_the_best_and_nothing_spends_the_tolerance_of_the_last_level() -> None:
    so_far = BestSoFar({"unmet_sessions": 1, "comfort": 5})
    assert so_far.offer(Seen(key(1, 0, 4)))
    assert so_far.offer(Seen(key(1, 0, 4)))
    assert not so_far.offer(Seen(key(1, 0, 5)))


def test_no_plan_is_chosen_that_another_is_nowhere_worse_than() -> None:
    so_far = BestSoFar({"unmet_sessions": 2, "unmet_permanences": 1})
    best = Seen(key(10, 5, 3))
    assert so_far.offer(best)
    assert not so_far.offer(Seen(key(12, 4, 7)))
    assert not so_far.offer(Seen(key(12, 5, 3)))
    assert so_far.best is best


def test_without_tolerances_the_lower_levels_are_the_better() -> None:
    so_far = BestSoFar({})
    assert [so_far.offer(Seen(key(*one))) for one in ((2, 0), (1, 9), (2, 0), (1, 8))] == [
        True,
        True,
        False,
        True,
    ]


def chosen(keys: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    left = keys
    for level, name in enumerate(LEVEL_NAMES):
        most = min(one[level] for one in left) + TOLERANCES.get(name, 0)
        left = [one for one in left if one[level] <= most]
    return left


@pytest.mark.parametrize("seed", [0, 2, 7, 13])
def test_no_plan_of_the_curve_loses_against_one_before_it(seed: int) -> None:
    facts = changed(generate_small(seed), published=None, tolerances=TOLERANCES)
    keys: list[tuple[int, ...]] = []

    def note(progress: Progress) -> None:
        assert progress.read is not None
        keys.append(tuple(audit(facts, progress.read()).goals.values()))
        assert keys[-1] in chosen(keys)

    outcome = solve(facts, limits=REPEATABLE, on_progress=note)
    assert isinstance(outcome, Planned)
    assert keys[-1] == tuple(level.value for level in outcome.plan.levels)
