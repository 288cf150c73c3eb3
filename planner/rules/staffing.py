"""Rule `staffing`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class Staffing:
    name = "staffing"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
