"""The second solver: its answer, its end, and its silence when it is not there."""

import os
import time

import pytest

from planner.program import Program
from planner.prover import Prover
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


def answered(prover: Prover, value: int) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and not prover.beats(value, 60):
        time.sleep(0.02)
    return prover.beats(value, 60)


def test_it_finds_the_best_plan_and_its_bound() -> None:
    program = cover(9)
    with Prover(program, {}, LEVEL, relax(program, {}, LEVEL, 10)) as prover:
        assert answered(prover, 12)
        values, bound = prover.result()
    assert values is not None
    assert not program.broken(values)
    assert (program.value(LEVEL, values), bound) == (8, 8)


def test_it_proves_that_nothing_is_better() -> None:
    program = cover(9)
    with Prover(program, {}, LEVEL, relax(program, {}, LEVEL, 10)) as prover:
        assert answered(prover, 8)
        assert prover.result() == (None, 8)


def test_its_process_ends_with_it() -> None:
    program = cover(9)
    with Prover(program, {}, LEVEL, relax(program, {}, LEVEL, 10)) as prover:
        assert answered(prover, 12)
        process = prover.process
    assert process is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
