"""Goal `fairness`."""

from collections.abc import Iterator

from planner.goals.item import Item
from planner.plan_view import PlanView


class Fairness:
    name = "fairness"

    def items(self, view: PlanView) -> Iterator[Item]:
        """Not recounted yet."""
        yield from ()
