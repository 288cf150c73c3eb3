"""How much work a file may ask for: steps for one rule, seconds to read it, seconds to expand it."""

from time import monotonic
from typing import Final

STEPS_PER_RULE: Final = 60_000
SECONDS_TO_READ: Final = 1.0
SECONDS_TO_EXPAND: Final = 0.5
_LOOK_EVERY: Final = 512


class OverBudget(Exception):
    """One rule asks for more steps than any real one."""


class OutOfTime(Exception):
    """The file has taken the time it may."""


class Budget:
    """Steps left for the rule at hand, and the moment (of a monotonic clock) at which all reading ends."""

    def __init__(self, seconds: float = SECONDS_TO_EXPAND, steps: int = STEPS_PER_RULE) -> None:
        self._ends_at = monotonic() + seconds
        self._steps = steps
        self._left = steps

    def spend(self) -> None:
        """One step. Raises OverBudget or OutOfTime."""
        self._left -= 1
        if self._left < 0:
            raise OverBudget
        if self._left % _LOOK_EVERY == 0:
            self.look()

    def tick(self, number: int) -> None:
        """One line of a file read. Raises OutOfTime."""
        if number % _LOOK_EVERY == 0:
            self.look()

    def refill(self) -> None:
        """The full number of steps again, for the next rule."""
        self._left = self._steps

    def look(self) -> None:
        """Raises OutOfTime once the time is over."""
        if monotonic() > self._ends_at:
            raise OutOfTime
