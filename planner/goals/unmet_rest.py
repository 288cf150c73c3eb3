"""Goal `unmet_rest`: other interviews and optional sessions without a place."""

from collections.abc import Iterator

from planner.asked import missing_interviews, missing_sessions
from planner.goals.item import Item
from planner.plan_view import PlanView


class UnmetRest:
    """(1 + misses) x [`rest_normal`, `rest_flexible`] per interview not placed, [`rest_session`] per
    optional session not placed.

    Why: who missed an appointment is the first to lose touch.
    """

    name = "unmet_rest"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per need, sequence, and cadence of sessions."""
        weights = view.territory.weights
        for need, missing in missing_interviews(view):
            if need.priority != "urgent":
                price = weights["rest_normal" if need.priority == "normal" else "rest_flexible"]
                yield from _priced(need.id, missing * (1 + need.misses) * price)
        for about, missing in missing_sessions(view, compulsory=False):
            yield from _priced(about, missing * weights["rest_session"])


def _priced(about: str, cost: int) -> Iterator[Item]:
    if cost:
        yield Item(about, cost)
