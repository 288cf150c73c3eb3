"""Rule `cadence`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class Cadence:
    name = "cadence"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
