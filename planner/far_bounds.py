"""Bounds of the levels of a large month: of each level's relaxation, with what is alike merged.

What the linear solver says of one plan is kept as prices of rows; for a better plan they need not be asked
again, only counted anew. So the solver may work beside the search.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

from planner.budget import Budget
from planner.errors import EndedEarlyError
from planner.levels import Settled
from planner.likeness import likeness, of_interviews
from planner.merged import merged, numbered
from planner.model import Model
from planner.plan import LEVEL_NAMES
from planner.program import Row
from planner.relaxation import certified, solved
from planner.wording import held_rows, worded

SHARES = (0.1, 0.1, 0.15, 0.5, 0.6, 0.7, 0.7, 0.9)
"""Of the time left, what each level's relaxation may use."""
ROUNDS = (*zip(LEVEL_NAMES, SHARES, strict=True),) * 2
APART = (("unmet_permanences", 0.2), ("fairness", 0.3), ("continuity", 0.3), ("comfort", 0.3))
"""Levels that are first asked as if nobody were to be met: small questions."""
Values = Callable[[], list[int]]
"""The best plan of the moment."""
POLL_SECONDS = 0.05


class FarBounds:
    """The merged program of a month and, by level, the prices of its rows once they are known."""

    def __init__(self, model: Model) -> None:
        self.model = model
        alike = likeness(model)
        self.program = merged(model.program, alike)
        classes = numbered(alike.variables)
        self._of_interviews = {
            level: {classes[variable] for variable in of_interviews(model, offices=level != "comfort")}
            for level, _ in APART
        }
        self.prices: dict[str, list[list[int]]] = {}
        self._thread: threading.Thread | None = None

    def price(self, values: Values, budget: Budget) -> None:
        """Ask the linear solver about each level of the plan of the moment, until the budget is over.

        Levels whose earlier ones have become better meanwhile are asked about once more.
        """
        self.price_apart(values, budget)
        asked: dict[str, list[int]] = {}
        for name, share in ROUNDS:
            sides = list(self._held(name, values()).values())
            if self._is_open(name, values()) and asked.get(name) != sides and not budget.over():
                asked[name] = sides
                rows = self._rows(name, values())
                question = worded(self.program, rows, name)
                found, _ = solved(question, name, budget.linear_seconds(share), stepwise=True)
                self.prices.setdefault(name, []).append(found)

    def _is_open(self, level: str, values: list[int]) -> bool:
        return self.model.program.value(level, values) > self.model.program.least(level)

    def price_apart(self, values: Values, budget: Budget) -> None:
        """Prices of the rows that speak of no interview; the others have none."""
        for level, share in APART:
            if self._is_open(level, values()) and not budget.over():
                rows, outside = self._rows(level, values()), self._of_interviews[level]
                kept = [n for n, row in enumerate(rows) if outside.isdisjoint(v for v, _ in row.terms)]
                own = [rows[number] for number in kept]
                question = worded(self.program, own, level)
                prices, _ = solved(question, level, budget.linear_seconds(share))
                found = dict(zip(kept, prices, strict=True))
                self.prices.setdefault(level, []).append([found.get(n, 0) for n in range(len(rows))])

    def price_meanwhile(self, values: Values, budget: Budget) -> None:
        """The same beside what the caller does next; `wait` for it then."""

        def work() -> None:
            with suppress(EndedEarlyError):
                self.price(values, budget)

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()

    @property
    def is_asking(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def wait(self, budget: Budget) -> None:
        """Until the prices are there, or the budget is over; what comes later is not looked at."""
        while self._thread is not None and self.is_asking and not budget.over():
            self._thread.join(POLL_SECONDS)

    def bounds(self, values: list[int], budget: Budget) -> Iterator[Settled]:
        """Each level with a bound of all plans whose earlier levels are no worse than in `values`.

        With tolerances, of plans that are no worse than that much more. Once the budget is over, with the
        bound that needs no counting.
        """
        for name in LEVEL_NAMES:
            value, bound = self.model.program.value(name, values), self.model.program.least(name)
            rows = self._rows(name, values) if value > bound else []
            for prices in list(self.prices.get(name, ())) if rows else ():
                if not budget.over():
                    bound = max(bound, certified(self.program, rows, name, prices).bound)
            yield Settled(name, value, bound)

    def _held(self, level: str, values: list[int]) -> dict[str, int]:
        """The most that each earlier level may be."""
        program, tolerances = self.model.program, self.model.facts.problem.tolerances
        earlier = LEVEL_NAMES[: LEVEL_NAMES.index(level)]
        return {name: program.value(name, values) + tolerances.get(name, 0) for name in earlier}

    def _rows(self, level: str, values: list[int]) -> list[Row]:
        """All rows, and one for each earlier level, which all have: prices go by their order."""
        return [*self.program.rows, *held_rows(self.program, self._held(level, values))]
