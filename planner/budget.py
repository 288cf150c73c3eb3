"""What the searches of a level may use."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from planner.cpsat import Search
from planner.outcome import Limits
from planner.turns import Turn

RELAX_SHARE = 0.25
"""Of the time left, what the linear relaxation of one level may use."""
RELAX_SHARES = {"changes": 0.9}
"""A re-plan is worth little before its changes are proven least, and nearly always this alone proves it."""


class Budget:
    """What searches may still use: until a moment, and deterministic units if they are counted."""

    def __init__(self, until: float, units: float | None, limits: Limits, stop: Callable[[], bool]) -> None:
        """`until` in monotonic seconds; `limits` are those of the whole solve."""
        self.until = until
        self.units = units
        self.limits = limits
        self.workers = limits.workers
        self.stop = stop

    @property
    def seconds(self) -> float:
        return self.until - time.monotonic()

    def over(self) -> bool:
        return self.is_late() or (self.units is not None and self.units <= 0)

    def is_late(self) -> bool:
        """Whether somebody waits: units that are used up keep nobody waiting."""
        return self.stop() or self.seconds <= 0

    def search(self, turn: Turn, spared: int) -> Search:
        """What one search may use, leaving `spared` threads to others."""
        limits = [limit for limit in (self.units, turn.units) if limit is not None]
        workers = max(1, self.workers - spared)
        return Search(
            max(0.0, self.seconds), min(limits, default=None), workers, self.limits.seed, turn.roams
        )

    def relaxing_seconds(self, level: str) -> float:
        """What the linear relaxation of one level may take."""
        return self.linear_seconds(RELAX_SHARES.get(level, RELAX_SHARE))

    def linear_seconds(self, share: float) -> float:
        """A share of the time left for the linear solver; where runs must repeat exactly, no clock ends it early."""
        return max(0.0, self.seconds) * (share if self.units is None else 1.0)

    @property
    def is_racing(self) -> bool:
        """Whether two kinds of solver may work side by side: not where runs must repeat exactly."""
        return self.workers > 1 and self.units is None

    def share(self, seconds: float, units: float) -> "Budget":
        """A smaller budget within this one; what is used of its units is to be spent here as well."""
        until = min(self.until, time.monotonic() + seconds)
        within = None if self.units is None else min(self.units, units)
        limits = self.limits._replace(workers=self.workers)
        return Budget(until if self.units is None else self.until, within, limits, self.stop)

    @contextmanager
    def portion(self, share: float) -> Iterator["Budget"]:
        """A budget of that share of what is left; what it spends is spent here as well."""
        within = self.share(share * self.seconds, share * (self.units or 0.0))
        granted = within.units or 0.0
        try:
            yield within
        finally:
            self.spend(granted - (within.units or 0.0))

    def spend(self, units: float) -> None:
        if self.units is not None:
            self.units -= units
