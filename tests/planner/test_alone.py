"""What is tried ahead for the first reasons changes none of them, and ends when it is told to."""

import pytest

from planner.alone import MOST_TRIALS, Alone, Turns
from planner.audit import Auditor
from planner.first_reasons import left_out
from planner.generate import generate_small
from planner.left_out import left_out_of
from planner.plan import Plan

SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_reasons_are_the_same_whatever_was_tried_ahead(seed: int) -> None:
    auditor = Auditor(generate_small(seed))
    told = left_out(auditor, Plan())
    assert told
    for seconds in (0.0, 0.05, 20.0):
        alone = Alone(auditor)
        alone.look_ahead(Plan())
        alone.wait(seconds)
        alone.end()
        assert left_out(auditor, Plan(), alone=alone) == told


def test_what_was_tried_ahead_counts_as_tried() -> None:
    auditor = Auditor(generate_small(0))
    one, *_ = left_out_of(auditor.territory, auditor.view(Plan()))
    alone, turns = Alone(auditor), Turns()
    alone.look_ahead(Plan())
    alone.wait(20)
    found = alone.attempts(one, turns)
    assert found
    assert turns.left == MOST_TRIALS - len(found)
