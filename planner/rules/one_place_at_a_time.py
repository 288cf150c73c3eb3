"""Rule `one_place_at_a_time`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class OnePlaceAtATime:
    name = "one_place_at_a_time"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
