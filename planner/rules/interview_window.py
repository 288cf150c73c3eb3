"""Rule `interview_window`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class InterviewWindow:
    name = "interview_window"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
