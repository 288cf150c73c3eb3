"""What a program can do, the program of its likes merged can do at no more cost."""

from random import Random

import pytest

from planner.merged import Likeness, merged
from planner.program import Program
from planner.relaxation import relax
from tests.planner.test_relaxation import LEVEL, made_up, plans


def made_alike(program: Program, seed: int) -> Likeness:
    """Some variables and some rows merged at random, others left alone."""
    dice = Random(seed)
    variables = [dice.choice((None, 0, 0, 1)) for _ in program.upper]
    return Likeness(variables, [dice.choice((None, "a", "b")) for _ in program.rows])


@pytest.mark.parametrize("seed", range(60))
def test_no_plan_lies_below_the_bound_of_the_merged_program(seed: int) -> None:
    program = made_up(seed)
    bound = relax(merged(program, made_alike(program, seed)), {"fairness": 4}, LEVEL, seconds=60).bound
    assert all(program.value(LEVEL, values) >= bound for values in plans(program, most_fairness=4))


@pytest.mark.parametrize("seed", range(20))
def test_where_nothing_is_alike_the_bound_is_that_of_the_program_itself(seed: int) -> None:
    program = made_up(seed)
    alone = Likeness([None] * len(program.upper), [None] * len(program.rows))
    bounds = [
        relax(one, {"fairness": 4}, LEVEL, seconds=60).bound for one in (program, merged(program, alone))
    ]
    assert bounds[0] == bounds[1]


def test_equals_that_exclude_each_other_keep_their_bound_as_one() -> None:
    program = Program()
    first, then = program.variable(), program.variable()
    people = [program.variable(), program.variable()]
    for taken, person in zip((first, then), people, strict=True):
        program.implies(taken, person)
    program.at_most_one(people)
    program.unit(LEVEL, 7, [first, then], 2)
    small = merged(program, Likeness(["take", "take", None, None], ["lane", "lane", None]))
    assert len(small.upper) == 3
    assert relax(small, {}, LEVEL, seconds=60).bound == 7
