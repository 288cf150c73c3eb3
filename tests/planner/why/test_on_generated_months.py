"""Why-not on invented months: sets are minimal, what has to leave makes room, repairs hold when audited."""

import msgspec
import pytest

from planner.audit import Auditor, audit
from planner.breach import Breach
from planner.fit import Fit
from planner.generate import generate_small
from planner.kept import things
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_view import Activity
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from planner.supposed import changed
from planner.wanted import Wanted, records_of, without
from planner.why.blocking import blocks, least
from planner.why.ground import NEVER_ASKED
from planner.why.leaving import Leaving, level_of
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
    assert sum(examine(seed) for seed in range(2)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("start", range(10, 50, 20))
def test_sets_are_minimal_and_repairs_hold_on_more_months(start: int) -> None:
    assert sum(examine(seed) for seed in range(start, start + 20)) > 20


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_sets_are_minimal_and_repairs_hold_on_many_months() -> None:
    assert sum(examine(seed) for seed in range(100, 400)) > 300


@pytest.mark.parametrize(
    "seed", [0, 4, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (8, 12, 16))]
)
def test_whoever_leaves_makes_room(seed: int) -> None:
    problem, plan = planned(seed)
    explainer, auditor = Explainer(problem, plan), Auditor(problem)
    before = auditor.audit(plan).violations
    for found in explainer.all():
        if found.status == "crowded" and found.leave:
            ask = asking(explainer.view, found.wanted)
            leaving = Leaving(auditor, explainer.view, explainer.whole.holders)
            beside = [explainer.whole.beside(ask, one) for one in explainer.free(ask)]
            way = leaving.ways(explainer.whole.fit, beside, found.wanted)[0]
            assert way.leavers == found.leave
            assert more_broken(before, auditor.audit(way.plan).violations) == []


def single_removals(explainer: Explainer, found: WhyNot) -> list[str]:
    """Names of the placed needs each of which, gone with what is in it, lets the missing thing in."""
    view, kept = explainer.view, explainer.whole.holders.kept
    ask = asking(view, found.wanted)
    beside = [explainer.whole.beside(ask, one) for one in explainer.free(ask)]
    names = []
    for name, thing in things(view).items():
        inside = view.visits_of.get(thing.key, []) if isinstance(thing, Activity) else []
        gone = [thing, *inside]
        is_one_need = sum(bool(level_of(one)) for one in gone) == 1
        if not is_one_need or any(explainer.whole.holders.names[one.key] in kept for one in gone):
            continue
        less = without(view.plan, records_of(view, tuple(gone)))
        fit = Fit(explainer.auditor, less)
        if any(not real(fit.new_breaches(one.adds)) for one in beside):
            names.append(name)
    return names


def real(breaches: list[Breach]) -> list[Breach]:
    return [one for one in breaches if not one.missing and one.rule not in NEVER_ASKED]


def fewest_agree(seed: int) -> int:
    """Where trying every single removal lets it in, one need is enough, and only there; how often that is promised."""
    problem, plan = planned(seed)
    explainer, count = Explainer(problem, plan), 0
    for found in explainer.all():
        if found.status == "crowded" and found.is_fewest:
            count += 1
            if found.free is not None:
                assert found.leave == ()
                continue
            single = single_removals(explainer, found)
            assert (len(found.leave) == 1) == bool(single), (seed, found.wanted, found.leave, single)
    return count


def test_what_takes_the_place_of_its_own_is_not_taken_out_again() -> None:
    problem, plan = planned(67)
    found = Explainer(problem, plan).why_not(Wanted(cadence="cadence-2"))
    assert (len(found.leave), found.is_fewest) == (1, True)


def test_no_fewer_would_have_to_leave() -> None:
    assert sum(fewest_agree(seed) for seed in (2, 4, 5)) > 0


@pytest.mark.slow
def test_no_fewer_would_have_to_leave_on_more_months() -> None:
    assert sum(fewest_agree(seed) for seed in range(50, 75)) > 15
