"""A search over all levels together: a few days or a few people at a time, the rest held.

Each piece is one search whose price of a thing says all levels at once, the first of them dearest. What that
finds is kept only where it is better in the order of the levels.
"""

from random import Random

from planner.budget import Budget
from planner.cpsat import Solver
from planner.levels import Seen
from planner.model import Model
from planner.neighbourhoods import KINDS, Kind, Neighbourhoods
from planner.plan import LEVEL_NAMES
from planner.program import Program
from planner.restrict import Piece, Restrictor
from planner.turns import Turn

FIRST_SIZE, LEAST_SIZE = 3000, 500
"""Variables that are searched at once: at first, and at least."""
GROWS, SHRINKS = 1.25, 0.75
"""What becomes of the size after a search that ended by itself, and after one that did not."""
EACH_SECONDS, EACH_UNITS = 1.5, 1.0
IDLE = 24
"""Searches in a row without a better plan after which it is no use to go on."""
LARGEST_PRICE = 1 << 52
"""What the first level may cost at most beside the last: above that the solver loses its precision."""

WHOLE = Turn(scouts=False, units=EACH_UNITS, roams=False)


def improve(model: Model, values: list[int], budget: Budget, seen: Seen) -> list[int]:
    """Better values, until nothing more is found or the budget is spent."""
    search = _Improving(model, values, budget)
    while search.is_worthwhile():
        if search.step():
            for name in LEVEL_NAMES:
                seen(name, search.values, 0)
    return search.values


class _Improving:
    """The best values so far, and how much is looked at next of each kind."""

    def __init__(self, model: Model, values: list[int], budget: Budget) -> None:
        self.values = values
        self.budget = budget
        self.drawn = Neighbourhoods(model, Random(budget.limits.seed))  # noqa: S311
        self.restrictor = Restrictor(model.program)
        self.totals = {name: model.program.value(name, values) for name in LEVEL_NAMES}
        self.sizes = dict.fromkeys(KINDS, float(FIRST_SIZE))
        self.steps = self.idle = 0

    def is_worthwhile(self) -> bool:
        return bool(self.drawn.people) and self.idle < IDLE and not self.budget.over()

    def step(self) -> bool:
        """Search one piece; whether that brought a better plan."""
        kind = KINDS[self.steps % len(KINDS)]
        piece = self.restrictor.piece(self.drawn.draw(kind, int(self.sizes[kind])), self.values, self.totals)
        own = piece.take(self.values)
        found = self._search(kind, piece, own)
        is_better = _key(piece.program, found) < _key(piece.program, own)
        if is_better:
            self.values = piece.give(self.values, found)
            self.totals = dict(zip(LEVEL_NAMES, _key(piece.program, found), strict=True))
        self.steps, self.idle = self.steps + 1, 0 if is_better else self.idle + 1
        return is_better

    def _search(self, kind: Kind, piece: Piece, own: list[int]) -> list[int]:
        budget = self.budget.share(EACH_SECONDS, EACH_UNITS)
        solver = Solver(piece.program)
        for name in LEVEL_NAMES:
            solver.open(name)
        found = solver.minimise_prices(
            _prices(piece.program), own, budget.search(WHOLE, 0), lambda _: False, budget.is_late
        )
        self.budget.spend(found.units)
        self.sizes[kind] = max(LEAST_SIZE, self.sizes[kind] * (GROWS if found.is_best else SHRINKS))
        if found.values is None:
            return own
        piece.program.complete(found.values)
        return found.values


def _prices(program: Program) -> dict[int, int]:
    """One price a variable: a level counts more than all that later ones can differ by, as far as numbers reach."""
    reach = [
        sum(abs(price) * (program.upper[v] - program.lower[v]) for v, price in program.costs[name].items())
        for name in reversed(LEVEL_NAMES)
    ]
    weights = _weights(reach)
    prices: dict[int, int] = {}
    for name, weight in zip(reversed(LEVEL_NAMES), weights, strict=True):
        for variable, price in program.costs[name].items():
            prices[variable] = prices.get(variable, 0) + weight * price
    return prices


def _weights(reach: list[int]) -> list[int]:
    """The weight of each level, last level first, from how much each can differ."""
    cap = max(reach)
    while True:
        weights = [1]
        for most in reach:
            weights.append(weights[-1] * (min(most, cap) + 1))
        if weights[-1] <= LARGEST_PRICE or cap == 0:
            return weights[:-1]
        cap //= 2


def _key(program: Program, values: list[int]) -> tuple[int, ...]:
    return tuple(program.value(name, values) for name in LEVEL_NAMES)
