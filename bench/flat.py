"""The same rows with one objective for all levels, a ladder of prices, and no plan to start from."""

import time
from typing import NamedTuple

from ortools.sat.python import cp_model

from planner.cpsat import Solver
from planner.plan import LEVEL_NAMES
from planner.program import Program

STEP = 100
"""Each level weighs this many times the next: as much as 64-bit integers allow for eight levels."""


class Flat(NamedTuple):
    """Values of the best plan (empty without one), seconds to the first, whether it is proven best."""

    values: list[int]
    first: float
    proven: bool


class _FirstSeen(cp_model.CpSolverSolutionCallback):
    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began
        self.first = 0.0

    def on_solution_callback(self) -> None:
        self.first = self.first or time.perf_counter() - self.began


def solve_flat(program: Program, seconds: float, workers: int, began: float) -> Flat:
    """Minimise the weighted sum of all levels at once."""
    handed = Solver(program)
    for level in LEVEL_NAMES:
        handed.open(level)
    weights: dict[int, int] = {}
    for rank, level in enumerate(reversed(LEVEL_NAMES)):
        for variable, price in program.costs[level].items():
            weights[variable] = weights.get(variable, 0) + price * STEP**rank
    chosen = [handed.variables[variable] for variable in weights]
    handed.model.minimize(cp_model.LinearExpr.weighted_sum(chosen, list(weights.values())))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.perf_counter() - began))
    solver.parameters.num_workers = workers
    seen = _FirstSeen(began)
    status = solver.solve(handed.model, seen)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Flat([], seen.first, proven=False)
    values = [solver.value(variable) for variable in handed.variables]
    program.complete(values)
    return Flat(values, seen.first, status == cp_model.OPTIMAL)
