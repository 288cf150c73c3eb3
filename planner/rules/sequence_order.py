"""Rule `sequence_order`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class SequenceOrder:
    name = "sequence_order"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
