"""Goal `unmet_rest`."""

from collections.abc import Iterator

from planner.goals.item import Item
from planner.plan_view import PlanView


class UnmetRest:
    name = "unmet_rest"

    def items(self, view: PlanView) -> Iterator[Item]:
        """Not recounted yet."""
        yield from ()
