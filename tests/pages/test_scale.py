"""Weighing a move by the rules near it says what an audit of the whole plan says."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from db.records.plan import PlanItem
from planner.generate import generate_real, generate_small
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from planner.solve import Limits, Planned, solve
from service.pages.board.moving import add_permanence, move, possible_spots, reassign, remove, site_spots
from service.pages.board.scale import Rewrite, Scale, Weight, is_own_pin
from service.translate.horizon import Horizon
from service.translate.plan_rows import items_of, plan_from, plan_item
from service.translate.problem import Translated
from service.translate.published import Published


def drafted(problem: Problem, units: float) -> tuple[Problem, tuple[PlanItem, ...]]:
    """A month solved a little, as the rows of a draft."""
    problem = msgspec.structs.replace(problem, published=None)
    outcome = solve(problem, limits=Limits(time_limit_seconds=20, deterministic_limit=units, workers=1))
    assert isinstance(outcome, Planned)
    horizon = Horizon(problem.first_on, problem.last_on, problem.today_on or problem.first_on, problem.zone)
    nothing = {name: {} for name in Published.__struct_fields__}
    nobody = Published(**{**nothing, "plan": Plan(), "needs": frozenset(), "met_elsewhere": frozenset()})
    known = Translated(problem=problem, published=nobody)
    return problem, tuple(plan_item(one, known, horizon) for one in items_of(outcome.plan))


def rewrites(problem: Problem, items: tuple[PlanItem, ...], each: int) -> list[Rewrite]:
    """Moves, other people, removals and additions of some things, far and near."""
    found: list[Rewrite | None] = []
    held = [item for item in items if item.kind in ("permanence", "session")]
    for item in held[::each]:
        row = item.site_code or item.staff_codes[0]
        found += [move(problem, items, item, spot) for spot in possible_spots(problem, item, row)[::5]]
        found += [
            reassign(problem, items, item, (one.id, *item.staff_codes[1:])) for one in problem.staff[:3]
        ]
        found.append(remove(items, item, problem))
    for cadence in problem.cadences[:3]:
        for spot in site_spots(problem, cadence.site)[::9]:
            found.append(add_permanence(problem, cadence.id, spot, (problem.staff[0].id,)))
    keys = {item.key for item in items}
    return [one for one in found if one is not None and (one.drop or one.put[0].key not in keys)]


def weigh_wholly(scale: Scale, rewrite: Rewrite) -> Weight:
    """The same from an audit of the whole plan."""
    report = scale.auditor.audit(plan_from(rewrite.applied(scale.items)))
    broken = [*report.violations, *(one.breach for one in report.overruled)]
    keys = {*rewrite.drop, *(item.key for item in rewrite.put)}
    held = [item for item in scale.items if item.key in keys]
    return Weight(
        breaches=tuple(one for one in broken if one.key not in scale.known and not is_own_pin(one, held)),
        differences={name: report.goals[name] - scale.goals[name] for name in LEVEL_NAMES},
    )


def assert_agrees(problem: Problem, items: tuple[PlanItem, ...], each: int) -> int:
    scale, quick = Scale(problem, items), 0
    for rewrite in rewrites(problem, items, each):
        near, whole = scale.weigh(rewrite), weigh_wholly(scale, rewrite)
        told = [
            {(one.rule, one.code, one.about, one.on) for one in found.breaches} for found in (near, whole)
        ]
        assert told[0] == told[1]
        assert near.differences == whole.differences
        quick += 1
    return quick


@pytest.mark.parametrize("seed", range(5))
def test_both_ways_of_weighing_agree_on_odd_months(seed: int) -> None:
    problem, items = drafted(generate_small(seed), units=1)
    if any(item.kind == "permanence" for item in items):
        assert assert_agrees(problem, items, each=1) > 0


@pytest.mark.slow
def test_both_ways_of_weighing_agree_on_a_real_month() -> None:
    problem, items = drafted(generate_real(0), units=1)
    assert assert_agrees(problem, items, each=29) > 12


def test_what_is_weighed_by_many_threads_at_once_is_what_one_says() -> None:
    problem, items = drafted(generate_small(3), units=1)
    asked = rewrites(problem, items, each=1)
    alone = [Scale(problem, items).weigh(one) for one in asked]
    scale = Scale(problem, items)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(scale.weigh, asked)) == alone
