"""One auditor serves whoever asks, several threads at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from planner.audit import Auditor
from planner.plan_view import PlanView
from tests.calls import interrupted
from tests.planner.build import cadence, day, permanence, plan, problem


@pytest.mark.parametrize("seen_before", [0, 1])
def test_each_thread_has_the_view_of_its_own_plan_whenever_another_asks(seen_before: int) -> None:
    """The other asks between any two steps of the interpreter, one after the other."""
    own, others = (plan(permanence(day(number))) for number in (2, 3))
    auditor = Auditor(problem(cadences=(cadence(asked=2),)))
    meanwhile: list[PlanView] = []
    with ThreadPoolExecutor(1) as another:
        for step in count():
            auditor.view((own, others)[seen_before])
            with interrupted(
                Auditor.view, step, lambda: meanwhile.append(another.submit(auditor.view, others).result())
            ):
                view = auditor.view(own)
            if len(meanwhile) == step:
                break
            assert (view.plan is own, meanwhile[-1].plan is others) == (True, True), step
    assert step > 10
