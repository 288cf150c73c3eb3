"""What a solve's own process tells while it searches."""

from io import BytesIO

import msgspec

from planner.plan import Plan
from planner.solve import Progress
from service.jobs.solver_child import Follower
from service.jobs.solver_messages import ChildMessage
from tests.planner.build import cadence, day, permanence, plan, problem

ONE_ASKED = problem(cadences=(cadence(),))
CLEAN, ONE_TOO_MANY = plan(permanence(day(2))), plan(permanence(day(2)), permanence(day(3)))


def shown(*plans: Plan) -> list[Plan | None]:
    """The plan told with each point of a curve, ten minutes apart."""
    out = BytesIO()
    follower = Follower(ONE_ASKED, out)
    for number, found in enumerate(plans):
        follower.hear(Progress(600.0 * number, "comfort", 1, 0, lambda found=found: found))
    messages = [msgspec.json.decode(line, type=ChildMessage) for line in out.getvalue().splitlines()]
    return [message.point.best for message in messages if message.point is not None]


def test_a_plan_that_breaks_a_rule_is_shown_to_nobody() -> None:
    assert shown(CLEAN, ONE_TOO_MANY, CLEAN) == [CLEAN, None, CLEAN]
