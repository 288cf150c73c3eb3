"""Bounds of the levels of a large month: of each level's relaxation, with what is alike merged.

What the linear solver says of one plan is kept as prices of rows; for a better plan they need not be asked
again, only counted anew. So the solver may work beside the search.
"""

import threading
from collections.abc import Iterator
from contextlib import suppress

from planner.budget import Budget
from planner.errors import EndedEarlyError
from planner.levels import Settled
from planner.likeness import likeness
from planner.merged import merged
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.program import Row
from planner.relaxation import certified, held_rows, row_prices

SHARES = (0.1, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.95)
"""Of the time left, what each level's relaxation may use."""
POLL_SECONDS = 0.05


class FarBounds:
    """The merged program of a month and, by level, the prices of its rows once they are known."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.program = merged(model.program, likeness(model))
        self.prices: dict[str, list[int]] = {}
        self._thread: threading.Thread | None = None

    def price(self, values: list[int], budget: Budget) -> None:
        """Ask the linear solver about each level of a plan, until the budget is over."""
        for name, share in zip(LEVEL_NAMES, SHARES, strict=True):
            is_open = self.model.program.value(name, values) > self.model.program.least(name)
            if is_open and not budget.over():
                seconds = budget.seconds * share
                self.prices[name] = row_prices(self.program, self._rows(name, values), name, seconds)

    def price_meanwhile(self, values: list[int], budget: Budget) -> None:
        """The same beside what the caller does next; `wait` for it then."""

        def work() -> None:
            with suppress(EndedEarlyError):
                self.price(values, budget)

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()

    def wait(self, budget: Budget) -> None:
        """Until the prices are there, or the budget is over; what comes later is not looked at."""
        while self._thread is not None and self._thread.is_alive() and not budget.over():
            self._thread.join(POLL_SECONDS)

    def bounds(self, values: list[int], budget: Budget) -> Iterator[Settled]:
        """Each level with a bound of all plans whose earlier levels are no worse than in `values`.

        With tolerances, of plans that are no worse than that much more. Once the budget is over, with the
        bound that needs no counting.
        """
        prices = dict(self.prices)
        for name in LEVEL_NAMES:
            value, bound = self.model.program.value(name, values), self.model.program.least(name)
            if value > bound and name in prices and not budget.over():
                rows = self._rows(name, values)
                bound = max(bound, certified(self.program, rows, name, prices[name]).bound)
            yield Settled(name, value, bound)

    def _rows(self, level: str, values: list[int]) -> list[Row]:
        """All rows, and one for each earlier level, which all have: prices go by their order."""
        tolerances = self.model.facts.problem.tolerances
        earlier = LEVEL_NAMES[: LEVEL_NAMES.index(level)]
        held = {name: self.model.program.value(name, values) + tolerances.get(name, 0) for name in earlier}
        return [*self.program.rows, *held_rows(self.program, held)]
