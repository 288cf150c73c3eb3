"""Rule `interview_capacity`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class InterviewCapacity:
    name = "interview_capacity"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
