"""The second solver: its answer, its end, and its silence when it is not there."""

import os
import time
from contextlib import closing

import pytest

from planner.program import Program
from planner.prover import Ground, Prover
from planner.relaxation import relax

LEVEL = "comfort"

pytestmark = pytest.mark.slow


def cover(size: int) -> Program:
    """Of each two neighbours in a ring at least one: half of them, rounded up."""
    program = Program()
    ring = [program.variable() for _ in range(size)]
    for first, then in zip(ring, [*ring[1:], ring[0]], strict=True):
        program.demand([(first, 1), (then, 1)], 1)
    for variable in ring:
        program.cost(LEVEL, variable, 1)
    program.constant(LEVEL, 3)
    return program


def asked(program: Program, value: int | None) -> Prover:
    return Prover(Ground(program, {}), LEVEL, relax(program, {}, LEVEL, 10), 60, value)


def has_answered(prover: Prover) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and not prover.has_answered:
        time.sleep(0.02)
    return prover.has_answered


@pytest.mark.parametrize("value", [12, None])
def test_it_finds_the_best_plan_and_its_bound(value: int | None) -> None:
    program = cover(9)
    with closing(asked(program, value)) as prover:
        assert has_answered(prover)
        values, bound = prover.result()
    assert values is not None
    assert prover.ground.keeps(values)
    assert (program.value(LEVEL, values), bound) == (8, 8)


def test_it_proves_that_nothing_is_better() -> None:
    with closing(asked(cover(9), 8)) as prover:
        assert has_answered(prover)
        assert prover.result() == (None, 8)


def test_where_nothing_fits_it_proves_nothing() -> None:
    program = cover(9)
    program.limit([(variable, 1) for variable in range(9)], 3)
    with closing(asked(program, None)) as prover:
        assert has_answered(prover)
        assert prover.result() == (None, 0)


def test_its_process_ends_with_it() -> None:
    with closing(asked(cover(9), 12)) as prover:
        assert has_answered(prover)
    with pytest.raises(ProcessLookupError):
        os.kill(prover.process, 0)


def test_a_plan_that_breaks_a_row_or_a_level_that_is_held_is_not_kept() -> None:
    program = cover(9)
    ground = Ground(program, {}).settle(LEVEL, 9, None)
    assert ground.keeps([1, 0, 1, 0, 1, 0, 1, 0, 1])
    assert not ground.keeps([1] * 9)
    assert not ground.keeps([0] * 9)
