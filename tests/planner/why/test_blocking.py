"""The smallest blocking set is that of trying every set of facts."""

from itertools import combinations
from random import Random

import pytest

from planner.why.blocking import blocks, smallest_blocking
from planner.why.fact import Fact, Family

FACTS = tuple(Fact(kind="skill", staff=name, about="x") for name in "ABCDEFGH")


def drawn(seed: int) -> list[Family]:
    """Placements, each blocked by some sets of one to three facts."""
    dice = Random(f"blocking {seed}")
    return [
        frozenset(frozenset(dice.sample(FACTS, dice.randint(1, 3))) for _ in range(dice.randint(1, 3)))
        for _ in range(dice.randint(3, 9))
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_set_blocks_and_each_fact_is_needed(seed: int) -> None:
    families = drawn(seed)
    found = smallest_blocking(families)
    facts = frozenset(found.facts)
    assert all(blocks(facts, family) for family in families)
    for fact in facts:
        assert not all(blocks(facts - {fact}, family) for family in families)
    assert found.is_smallest
    smaller = (frozenset(some) for some in combinations(FACTS, len(facts) - 1))
    assert not any(all(blocks(some, family) for family in families) for some in smaller)
