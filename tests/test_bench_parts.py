"""Every way of planning with a part switched off still plans: what a part is worth is measured against it."""

import pytest

from bench.once import Task
from bench.parts_off import OFF
from bench.planner import measure

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("mode", ["greedy", "flat", "ours", *OFF])
def test_a_real_month_is_planned(mode: str) -> None:
    found = measure(Task(mode, 7, 13, 300, 1, 30, 0, 4))
    assert found.clean
    assert found.activities
