"""People counted one by one: the smallest set of facts that leaves too few, against enumeration."""

import inspect
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from planner.why.fact import Fact, Family
from planner.why.walls import Ring, Wall, is_shut, smallest_wall

ROOT = Path(__file__).resolve().parents[3]


def fact(number: int) -> Fact:
    return Fact(kind="absence", about=str(number))


def made_up(seed: int) -> tuple[list[Fact], list[Wall]]:
    """Up to eight facts, up to four places with one or two ways to shut them."""
    dice = Random(seed)
    facts = [fact(number) for number in range(dice.randint(3, 8))]

    def person() -> Family:
        return frozenset(
            frozenset(dice.sample(facts, dice.choice((1, 1, 2)))) for _ in range(dice.randint(0, 2))
        )

    def ring() -> Ring:
        people = tuple(person() for _ in range(dice.randint(1, 5)))
        return Ring(dice.randint(1, len(people)), people)

    walls = [frozenset(ring() for _ in range(dice.choice((1, 1, 2)))) for _ in range(dice.randint(1, 4))]
    return facts, walls


def fewest(facts: list[Fact], walls: list[Wall]) -> int | None:
    for count in range(len(facts) + 1):
        for chosen in combinations(facts, count):
            if all(is_shut(frozenset(chosen), wall) for wall in walls):
                return count
    return None


@pytest.mark.parametrize("first", range(0, 240, 20))
def test_as_few_facts_as_any_set_and_none_too_many(first: int) -> None:
    for seed in range(first, first + 20):
        facts, walls = made_up(seed)
        found = smallest_wall(walls)
        assert (None if found is None else len(found.facts)) == fewest(facts, walls), seed
        if found is not None:
            chosen = frozenset(found.facts)
            assert found.is_smallest
            assert all(is_shut(chosen, wall) for wall in walls)
            assert not any(all(is_shut(chosen - {one}, wall) for wall in walls) for one in chosen)


def test_of_forty_alike_all_but_two_are_named_at_once() -> None:
    people = tuple(frozenset({frozenset({fact(number)})}) for number in range(40))
    found = smallest_wall([frozenset({Ring(38, people)})])
    assert found is not None
    assert (len(found.facts), found.is_smallest) == (38, True)


def test_one_closure_shuts_a_place_for_everybody() -> None:
    closed = Fact(kind="closure", about="summer")
    people = tuple(frozenset({frozenset({fact(number)}), frozenset({closed})}) for number in range(30))
    found = smallest_wall([frozenset({Ring(28, people)})])
    assert found is not None
    assert found.facts == (closed,)


def test_more_facts_than_calls_may_stand_in_one_another_are_found() -> None:
    walls: list[Wall] = [
        frozenset({Ring(9, tuple(frozenset({frozenset({fact(10 * place + one)})}) for one in range(10)))})
        for place in range(20)
    ]
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        found = smallest_wall(walls)
    finally:
        sys.setrecursionlimit(before)
    assert found is not None
    assert len(found.facts) == 180


ASKED = """
from planner.why.fact import Fact
from planner.why.walls import Ring, smallest_wall
def lacking(who, skill):
    return frozenset({frozenset({Fact(kind="skill", staff=who, about=skill)})})
wall = frozenset(Ring(2, tuple(lacking(who, skill) for who in "AB")) for skill in "stuvwxyz")
print([fact.about for fact in smallest_wall([wall]).facts])
"""


def test_of_answers_as_small_the_same_is_given_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", ASKED],
            capture_output=True, text=True, cwd=ROOT, timeout=180, check=True, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert found == {"['s', 's']\n"}
