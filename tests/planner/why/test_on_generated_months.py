"""Why-not on invented months: sets are minimal, what has to leave makes room, repairs hold when audited."""

import msgspec
import pytest

from planner.audit import Auditor, audit
from planner.breach import Breach
from planner.generate import generate_small
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from planner.supposed import changed
from planner.why.blocking import blocks, least
from planner.why.leaving import Leaving
from planner.why.spots import asking, spots
from planner.why_not import Explainer, WhyNot, families_of

LIMITS = Limits(time_limit_seconds=20, deterministic_limit=2, workers=1)


def planned(seed: int) -> tuple[Problem, Plan]:
    problem = msgspec.structs.replace(generate_small(seed), published=None)
    outcome = solve(problem, limits=LIMITS)
    assert isinstance(outcome, Planned)
    return problem, outcome.plan


def more_broken(before: tuple[Breach, ...], after: tuple[Breach, ...]) -> list[Breach]:
    known = {breach.key: breach.amount for breach in before}
    return [breach for breach in after if breach.amount > known.get(breach.key, 0)]


def assert_minimal(explainer: Explainer, found: WhyNot) -> None:
    """The facts block every placement; without any one of them some placement is free."""
    ask = asking(explainer.view, found.wanted)
    families = least(families_of(explainer.decided, ask, list(spots(explainer.view, ask))))
    facts = frozenset(found.facts)
    assert all(blocks(facts, family) for family in families)
    for fact in facts:
        assert not all(blocks(facts - {fact}, family) for family in families)


def assert_repairs_hold(problem: Problem, plan: Plan, found: WhyNot) -> None:
    before = audit(problem, plan)
    for repair in found.repairs:
        facts = changed(problem, (repair.change,)) if repair.change else problem
        after = audit(facts, repair.plan)
        assert more_broken(before.violations, after.violations) == []
        assert repair.costs == tuple(after.goals[name] - before.goals[name] for name in LEVEL_NAMES)


def examine(seed: int) -> int:
    problem, plan = planned(seed)
    explainer = Explainer(problem, plan)
    count = 0
    for found in explainer.all():
        count += 1
        if found.status == "impossible":
            assert_minimal(explainer, found)
        assert_repairs_hold(problem, plan, found)
    return count


def test_sets_are_minimal_and_repairs_hold() -> None:
    assert sum(examine(seed) for seed in range(3)) > 2


@pytest.mark.slow
@pytest.mark.parametrize("start", range(10, 50, 20))
def test_sets_are_minimal_and_repairs_hold_on_more_months(start: int) -> None:
    assert sum(examine(seed) for seed in range(start, start + 20)) > 20


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_sets_are_minimal_and_repairs_hold_on_many_months() -> None:
    assert sum(examine(seed) for seed in range(100, 400)) > 300


@pytest.mark.parametrize("seed", range(0, 24, 4))
def test_whoever_leaves_makes_room(seed: int) -> None:
    problem, plan = planned(seed)
    explainer, auditor = Explainer(problem, plan), Auditor(problem)
    before = auditor.audit(plan).violations
    for found in explainer.all():
        if found.status == "crowded" and found.leave:
            ask = asking(explainer.view, found.wanted)
            leaving = Leaving(auditor, explainer.view, explainer.whole.holders)
            beside = [explainer.whole.beside(ask, one) for one in explainer.free(ask)]
            way = leaving.ways(explainer.whole.fit, beside, found.wanted.need)[0]
            assert way.leavers == found.leave
            assert more_broken(before, auditor.audit(way.plan).violations) == []
