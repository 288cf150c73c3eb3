"""Planted conflicts of two to six facts are found exactly; each is needed: without it, the thing fits."""

from itertools import pairwise
from random import Random

import pytest

from planner.suggest import suggest
from planner.wanted import Wanted
from planner.why_not import why_not
from tests.planner.build import day
from tests.planner.why.planted import OF_A_DAY, PLANTS, Plant, planted

VISITS = Wanted(cadence="visits")


def conflict(seed: int, count: int) -> tuple[tuple[Plant, ...], int]:
    """`count` facts that fill some days between them, and how many days."""
    dice = Random(f"{count} conflict {seed}")
    days = dice.randint((count + 1) // 2, min(count, 5))
    whole = 2 * days - count
    plants: list[Plant] = []
    for number, on in enumerate(day(2 + index) for index in range(days)):
        if number < whole:
            plants.append(Plant(dice.choice(OF_A_DAY), on, None))
        else:
            plants += [Plant(dice.choice(sorted(PLANTS)), on, half) for half in ("am", "pm")]
    return tuple(plants), days


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_a_planted_conflict_is_found_exactly_and_each_part_is_needed(count: int, seed: int) -> None:
    plants, days = conflict(seed, count)
    facts, plan, named = planted(plants, days)
    found = why_not(facts, plan, VISITS)
    assert (found.status, frozenset(found.facts), found.is_smallest) == ("impossible", named, True)
    assert len(named) == count
    for plant in plants:
        facts, plan, _ = planted(tuple(one for one in plants if one != plant), days)
        assert suggest(facts, plan, VISITS, count=1), plant


@pytest.mark.parametrize("seed", range(12))
def test_the_repairs_of_a_planted_conflict_lift_one_of_its_facts(seed: int) -> None:
    plants, days = conflict(seed, 3)
    facts, plan, _ = planted(plants, days)
    repaired = {"opening": "open", "closure": "open", "absence": "absence"}
    expected = {repaired[plant.kind] for plant in plants if plant.kind in repaired}
    found = why_not(facts, plan, VISITS).repairs
    assert {repair.kind for repair in found} == expected
    assert all(before.costs <= after.costs for before, after in pairwise(found))
