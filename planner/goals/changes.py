"""Goal `changes`."""

from collections.abc import Iterator

from planner.goals.item import Item
from planner.plan_view import PlanView


class Changes:
    name = "changes"

    def items(self, view: PlanView) -> Iterator[Item]:
        """Not recounted yet."""
        yield from ()
