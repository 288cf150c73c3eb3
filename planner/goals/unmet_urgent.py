"""Goal `unmet_urgent`: urgent interviews without a place."""

from collections.abc import Iterator

from planner.asked import missing_interviews
from planner.goals.item import Item
from planner.plan_view import PlanView


class UnmetUrgent:
    """Sum over urgent interviews not placed of 1 + misses.

    Why: a release, a hearing or a second missed appointment does not wait for next month.
    """

    name = "unmet_urgent"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per need."""
        for need, missing in missing_interviews(view):
            if need.priority == "urgent":
                yield Item(need.id, missing * (1 + need.misses))
