"""Bounds of the relaxation are right whatever the linear solver says, and nothing best is ever cut away."""

from itertools import count, product
from random import Random

import pytest

from planner.errors import EndedEarlyError
from planner.program import UNBOUNDED, Program
from planner.relaxation import MOST_UNTIMED, SCALE, certified, narrowed, relax
from planner.wording import Wording, held_rows

LEVEL = "comfort"


def made_up(seed: int) -> Program:
    """Six variables, five rows that the plan of zeros keeps, and prices of either sign."""
    dice = Random(seed)
    program = Program()
    variables = [program.variable(dice.choice((1, 1, 2))) for _ in range(6)]
    for variable in variables:
        program.cost(LEVEL, variable, dice.randint(-9, 9))
        program.cost("fairness", variable, dice.randint(0, 3))
    program.constant(LEVEL, 40)
    for _ in range(5):
        terms = [(variable, dice.randint(-2, 3)) for variable in dice.sample(variables, 3)]
        program.limit(terms, dice.randint(0, 3))
    return program


def plans(program: Program, most_fairness: int = UNBOUNDED) -> list[list[int]]:
    ranges = [range(low, high + 1) for low, high in zip(program.lower, program.upper, strict=True)]
    return [
        list(values)
        for values in product(*ranges)
        if not program.broken(list(values)) and program.value("fairness", list(values)) <= most_fairness
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_lies_below_the_bound_and_none_within_reach_is_cut(seed: int) -> None:
    program = made_up(seed)
    relaxed = relax(program, {"fairness": 4}, LEVEL, seconds=60)
    for values in plans(program, most_fairness=4):
        value = program.value(LEVEL, values)
        assert value >= relaxed.bound
        for most in (value, value + 2):
            lower, upper = narrowed(program, relaxed, most)
            assert all(low <= v <= high for low, v, high in zip(lower, values, upper, strict=True))


@pytest.mark.parametrize("seed", range(20))
def test_any_prices_give_a_valid_bound(seed: int) -> None:
    program, dice = made_up(seed), Random(seed)
    rows = [*program.rows, *held_rows(program, {"fairness": 5})]
    prices = [dice.randint(-3 * SCALE, 3 * SCALE) for _ in rows]
    bound = certified(program, rows, LEVEL, prices).bound
    assert all(program.value(LEVEL, values) >= bound for values in plans(program, most_fairness=5))


def test_a_program_whose_laying_out_was_ended_is_laid_out_anew() -> None:
    program = made_up(0)
    wording, pulses = Wording(program), count()

    def end_the_second_walk() -> None:
        if next(pulses) == 1:
            raise EndedEarlyError

    program.pulse = end_the_second_walk
    with pytest.raises(EndedEarlyError):
        wording.of(program, {}, LEVEL)
    assert wording.of(program, {}, LEVEL)[1] == program.rows


def test_without_rows_the_bound_is_the_best_value() -> None:
    program = Program()
    for price in (3, -4, 5):
        program.cost(LEVEL, program.variable(), price)
    program.constant(LEVEL, 10)
    assert relax(program, {}, LEVEL, seconds=60).bound == 6


@pytest.mark.parametrize("variables", [8, MOST_UNTIMED + 2])
@pytest.mark.parametrize("level", ["continuity", "fairness"])
def test_a_level_that_most_choices_cost_has_the_same_bound_in_a_month_of_any_size(
    level: str, variables: int
) -> None:
    program = Program()
    own = [program.variable() for _ in range(variables)]
    for first, then in zip(own[::2], own[1::2], strict=False):
        program.demand([(first, 1), (then, 1)], 1)
    for variable in own:
        program.cost(level, variable, 1)
    assert relax(program, {}, level, 20).bound == variables // 2
