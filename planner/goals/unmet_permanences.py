"""Goal `unmet_permanences`: presences that were asked and are not planned."""

from collections.abc import Iterator

from planner.asked import asked_and_placed
from planner.goals.item import Item
from planner.plan_view import PlanView


class UnmetPermanences:
    """Sum over cadences of permanences of max(0, asked - placed), a whole day counting 2.

    Why: sites and the people held there count on them.
    """

    name = "unmet_permanences"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per cadence, and month where it is monthly."""
        for cadence in view.problem.cadences:
            if cadence.kind == "permanence":
                for month, asked, placed in asked_and_placed(view, cadence):
                    if asked > placed:
                        yield Item(f"{cadence.id} {month}".strip(), asked - placed)
