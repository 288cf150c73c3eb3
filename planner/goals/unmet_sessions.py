"""Goal `unmet_sessions`."""

from collections.abc import Iterator

from planner.goals.item import Item
from planner.plan_view import PlanView


class UnmetSessions:
    name = "unmet_sessions"

    def items(self, view: PlanView) -> Iterator[Item]:
        """Not recounted yet."""
        yield from ()
