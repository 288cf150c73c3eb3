"""One auditor serves whoever asks, several threads at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from planner.audit import Auditor
from planner.plan import Plan
from tests.planner.build import cadence, day, permanence, plan, problem

TIMES = 1_000


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hasty_threads")
def test_each_of_two_threads_has_the_view_of_its_own_plan() -> None:
    auditor, together = Auditor(problem(cadences=(cadence(asked=2),))), Barrier(2)

    def others(own: Plan) -> int:
        together.wait()
        return sum(auditor.view(own).plan is not own for _ in range(TIMES))

    plans = [plan(permanence(day(number))) for number in (2, 3)]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(others, plans)) == [0, 0]
