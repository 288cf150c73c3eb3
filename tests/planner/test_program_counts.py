"""One variable that counts for many choices costs what they would, and says at least what stays."""

from itertools import product

import pytest

from planner.program import Program

LEVEL = "continuity"


def test_what_is_counted_costs_by_the_unit() -> None:
    program = Program()
    first, second = program.variable(), program.variable(2)
    program.counted(LEVEL, 3, [(first, 2), (second, 1)])
    for chosen in product(range(2), range(3)):
        values = [*chosen, 0]
        program.complete(values)
        assert program.value(LEVEL, values) == 3 * (2 * chosen[0] + chosen[1])
        assert program.broken(values) == []
    assert program.broken([1, 0, 1]) != []


def test_what_stays_is_counted_without_a_search() -> None:
    program = Program()
    program.counted(LEVEL, 3, [(program.variable(fixed=True), 2), (program.variable(), 1)])
    assert program.least(LEVEL) == 6


@pytest.mark.parametrize(("most", "least"), [(2, 0), (3, 0), (5, 2)])
def test_what_nobody_can_take_is_lacking_without_a_search(most: int, least: int) -> None:
    program = Program()
    choices = [program.variable(2), program.variable()]
    program.lacking(LEVEL, 7, choices, most)
    assert program.least(LEVEL) == 7 * least
    for chosen in product(range(3), range(2)):
        if sum(chosen) <= most:
            values = [*chosen, 0]
            program.complete(values)
            assert program.value(LEVEL, values) == 7 * (most - sum(chosen))
            assert program.broken(values) == []


def test_without_a_choice_all_of_it_is_lacking() -> None:
    program = Program()
    program.lacking(LEVEL, 7, [], 3)
    values = [0]
    program.complete(values)
    assert program.least(LEVEL) == program.value(LEVEL, values) == 21
