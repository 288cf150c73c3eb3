"""Parts that share nobody: settled one by one whatever the size of the whole, and bounds that add up."""

from copy import copy
from itertools import chain
from time import monotonic

import pytest

from planner.apart import Apart, settle_beside
from planner.audit import audit
from planner.budget import Budget
from planner.build import build
from planner.generate import Size, generate
from planner.generate.apart import side_by_side
from planner.greedy import start
from planner.large import Search
from planner.levels import settle_levels
from planner.model import Model
from planner.parts import parts
from planner.plan import LEVEL_NAMES
from planner.problem import Problem
from planner.restrict import Restrictor
from planner.sizes import SIZES, Sizes
from planner.solve import Limits, Planned, solve
from planner.wording import held_rows

PERMANENCES = "unmet_permanences"
REPEATABLE = Limits(time_limit_seconds=60, deterministic_limit=60, workers=1)


def file_of(count: int, size: Size) -> Problem:
    """Territories of one month, all different."""
    return side_by_side([generate(size, 10 * number + 1) for number in range(count)])


def solved(problem: Problem, limits: Limits) -> Planned:
    outcome = solve(problem, limits=limits)
    assert isinstance(outcome, Planned)
    report = audit(problem, outcome.plan)
    assert report.is_clean
    assert {level.name: level.value for level in outcome.plan.levels} == report.goals
    return outcome


def budget(units: float) -> Budget:
    return Budget(monotonic() + 60, units, Limits(workers=1), lambda: False)


def settled_apart(model: Model, units: float) -> Apart:
    found = Apart(
        model.program, parts(model.program), start(model, lambda: False), budget(units), lambda *_: None
    )
    found.settle({})
    return found


def least(model: Model, values: list[int], level: str, held: dict[str, int]) -> int:
    """The proven least value of a level among plans whose earlier levels stay at most as held."""
    program = copy(model.program)
    program.rows, program.lazy = [*program.rows, *held_rows(program, held)], set()
    _, (found,) = settle_levels(program, values, budget(120), lambda *_: None, names=(level,))
    assert found.value == found.bound
    return found.value


@pytest.mark.slow
def test_a_file_larger_than_what_is_searched_as_a_whole_is_proven_part_by_part() -> None:
    problem = file_of(4, Size(2, 4, 24, 0, 14))
    model = build(problem)
    sizes = [len(group) for group in parts(model.program)]
    most = max(sizes)
    assert len(sizes) > 2
    assert sum(sizes) > most
    whole = solved(problem, REPEATABLE)
    apart = solved(problem, REPEATABLE._replace(sizes=Sizes(in_one=most)))
    assert [level.status for level in apart.plan.levels] == ["optimal"] * len(LEVEL_NAMES)
    assert [level.value for level in apart.plan.levels] == [level.value for level in whole.plan.levels]


@pytest.mark.slow
def test_a_part_beside_one_too_large_is_at_its_best_before_that_is_looked_at() -> None:
    model = build(side_by_side([generate(Size(2, 4, 24, 0, 14), 8), generate(Size(3, 5, 50, 1, 14), 3)]))
    *small, large = parts(model.program)
    values = start(model, lambda: False)
    found = settle_beside(model.program, small, values, budget(60), lambda *_: None)
    assert [found[variable] for variable in large] == [values[variable] for variable in large]
    best = settled_apart(model, 120).values
    piece = Restrictor(model.program).piece(chain(*small), values)
    vectors = [
        [piece.program.value(name, piece.take(one)) for name in LEVEL_NAMES] for one in (found, best, values)
    ]
    assert vectors[0] == vectors[1]
    assert vectors[0] < vectors[2]


@pytest.mark.slow
def test_the_works_of_a_part_too_large_leave_those_beside_it_as_they_were_settled() -> None:
    model = build(side_by_side([generate(Size(2, 4, 24, 0, 14), 8), generate(Size(3, 5, 50, 1, 14), 3)]))
    *small, _ = parts(model.program)
    values = list(model.program.lower)
    model.program.complete(values)
    settled = settle_beside(model.program, small, values, budget(60), lambda *_: None)
    search = Search(model, settled, budget(20), lambda *_: None, chain(*small))
    search.works()
    whole, piece = model.program, Restrictor(model.program).piece(chain(*small), values)
    assert whole.value(PERMANENCES, search.values) < whole.value(PERMANENCES, settled)
    for name in LEVEL_NAMES:
        own = [piece.program.value(name, piece.take(one)) for one in (search.values, settled)]
        assert own[0] == own[1], name
    assert not model.program.broken(search.values)


@pytest.mark.soak
def test_a_file_with_a_part_too_large_is_clean() -> None:
    problem = side_by_side([generate(Size(2, 4, 24, 0, 14), 8), generate(Size(3, 5, 50, 1, 14), 3)])
    most = max(len(group) for group in parts(build(problem).program))
    solved(problem, REPEATABLE._replace(sizes=Sizes(in_one=most - 1)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("units", [0.02, 0.2, 1.0])
def test_bounds_of_parts_that_are_not_all_proven_hold_for_the_whole(seed: int, units: float) -> None:
    """For every plan that is no worse on the levels before, whichever part of it is better or worse."""
    model = build(side_by_side([generate(Size(2, 4, 30, 0, 14), 10 * seed + n) for n in (0, 40)]))
    found = settled_apart(model, units)
    held: dict[str, int] = {}
    for name, value, bound in found.settled():
        assert value == model.program.value(name, found.values)
        assert bound <= least(model, found.values, name, held), name
        held[name] = value


@pytest.mark.slow
def test_twenty_parts_are_proven_on_every_level() -> None:
    problem = file_of(20, Size(2, 4, 24, 0, 14))
    outcome = solved(problem, Limits(time_limit_seconds=300, workers=1, sizes=Sizes(in_one=5_000)))
    assert [level.status for level in outcome.plan.levels] == ["optimal"] * len(LEVEL_NAMES)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_fifty_parts_above_the_size_searched_as_a_whole_are_clean_and_bounded() -> None:
    problem = file_of(50, Size(3, 8, 100, 1, 30))
    sizes = [len(group) for group in parts(build(problem).program)]
    assert max(sizes) < SIZES.in_one < sum(sizes)
    outcome = solved(problem, Limits(time_limit_seconds=400))
    assert [level.status for level in outcome.plan.levels] == ["optimal"] * len(LEVEL_NAMES)
