"""The eight goals, in the order in which each is settled before the next."""

from collections.abc import Iterator
from typing import Protocol

from planner.goals.changes import Changes
from planner.goals.comfort import Comfort
from planner.goals.continuity import Continuity
from planner.goals.fairness import Fairness
from planner.goals.item import Item
from planner.goals.unmet_permanences import UnmetPermanences
from planner.goals.unmet_rest import UnmetRest
from planner.goals.unmet_sessions import UnmetSessions
from planner.goals.unmet_urgent import UnmetUrgent
from planner.plan_view import PlanView


class Goal(Protocol):
    """The recount of a goal from a plan; its cost in the model shares no logic with it."""

    @property
    def name(self) -> str:
        """The identifier of the level, everywhere."""
        ...

    def items(self, view: PlanView) -> Iterator[Item]:
        """What the level is made of, item by item."""
        ...


GOALS: tuple[Goal, ...] = (
    UnmetSessions(),
    UnmetPermanences(),
    UnmetUrgent(),
    Changes(),
    UnmetRest(),
    Continuity(),
    Fairness(),
    Comfort(),
)
