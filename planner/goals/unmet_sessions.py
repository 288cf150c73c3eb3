"""Goal `unmet_sessions`: compulsory sessions that do not take place."""

from collections.abc import Iterator

from planner.asked import missing_sessions
from planner.goals.item import Item
from planner.plan_view import PlanView


class UnmetSessions:
    """Compulsory sequences of the horizon not placed + max(0, asked - placed) of compulsory session
    cadences.

    Why: the convention of a promotion counts its sessions.
    """

    name = "unmet_sessions"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per sequence, and per cadence and month."""
        for about, missing in missing_sessions(view, compulsory=True):
            yield Item(about, missing)
