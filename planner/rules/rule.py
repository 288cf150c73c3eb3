"""What the checker asks of a rule."""

from collections.abc import Iterator
from typing import Protocol

from planner.breach import Breach
from planner.plan_view import PlanView


class Rule(Protocol):
    """The checker's half of a rule; the solver's half shares no logic with it."""

    @property
    def name(self) -> str:
        """The identifier of the rule, everywhere."""
        ...

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons that a breach of it may give."""
        ...

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """The breaches of this rule in a plan."""
        ...
