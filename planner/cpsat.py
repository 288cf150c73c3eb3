"""The integer program in the solver's own terms; the only place where a search is run."""

import threading
from collections.abc import Callable
from typing import NamedTuple

from ortools.sat.python import cp_model

from planner.program import PULSE_EVERY, UNBOUNDED, Program, Terms


class Search(NamedTuple):
    """How one search may run; times in seconds, `units` in the solver's deterministic time.

    One that `roams` mostly looks around the best plan, leaving proof to others or to a later search.
    """

    seconds: float
    units: float | None
    workers: int
    seed: int
    roams: bool = False


class Found(NamedTuple):
    """What a search came back with: values if it found any, and a bound of all plans it was allowed.

    Where there is no plan at all, the bound is NOTHING_LESS. `is_best`: the search ended by itself.
    """

    values: list[int] | None
    bound: int
    units: float
    is_best: bool = False


NOTHING_LESS = UNBOUNDED
POLL_SECONDS = 0.05

SUBSOLVERS = ("max_lp",)
"""With few workers the full relaxation proves most; the others look for better plans."""

ROAMER = "default_lp"
"""Takes turns with the neighbourhoods on one thread."""

Watch = Callable[[list[int]], bool]
"""Told the values of each better plan; answers whether that is good enough."""


class Solver:
    """A program handed over once; levels are settled one after the other by adding rows."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.model = cp_model.CpModel()
        self.variables = [
            self.model.new_int_var(low, high, "")
            for low, high in zip(program.lower, program.upper, strict=True)
        ]
        self._waiting = [
            (row, {v for v, _ in row.terms if v in program.lazy}) for _, row in program.each_row()
        ]
        self._open: set[int] = set()
        self._admit()

    def open(self, level: str) -> None:
        """Add the rows that hold up the cost of a level; before that they would only be ballast."""
        self._open.update(v for v in self.program.costs[level] if v in self.program.lazy)
        self._admit()

    def _admit(self) -> None:
        for number, (row, lazy) in enumerate(self._waiting):
            if not number % PULSE_EVERY:
                self.program.pulse()
            if lazy <= self._open:
                self._add(row.terms, row.low, row.high)
        self._waiting = [(row, lazy) for row, lazy in self._waiting if not lazy <= self._open]

    def _add(self, terms: Terms, low: int, high: int) -> None:
        program = self.program
        binary = all(c == 1 and program.upper[v] == 1 and program.lower[v] == 0 for v, c in terms)
        chosen = [self.variables[v] for v, _ in terms]
        if binary and (low, high) == (-UNBOUNDED, 1):
            self.model.add_at_most_one(chosen)
        elif binary and (low, high) == (1, 1):
            self.model.add_exactly_one(chosen)
        else:
            expression = cp_model.LinearExpr.weighted_sum(chosen, [c for _, c in terms])
            self.model.add_linear_constraint(expression, low, high)

    def settle(self, level: str, most: int) -> None:
        """From here on the level's value stays at most `most`."""
        terms = tuple(self.program.costs[level].items())
        if terms:
            self._add(terms, -UNBOUNDED, most - self.program.constants[level])

    def narrow(self, lower: list[int], upper: list[int]) -> None:
        """Set the bounds of every variable for the searches to come."""
        for variable, low, high in zip(self.model.proto.variables, lower, upper, strict=True):
            variable.domain[0], variable.domain[1] = low, high

    def minimise(
        self, level: str, hint: list[int], search: Search, watch: Watch, stop: Callable[[], bool]
    ) -> Found:
        """The least value of a level under all that is settled, starting from a plan."""
        prices, constant = self.program.costs[level], self.program.constants[level]
        return self.minimise_prices(prices, hint, search, watch, stop, constant=constant)

    def minimise_prices(
        self,
        prices: dict[int, int],
        hint: list[int],
        search: Search,
        watch: Watch,
        stop: Callable[[], bool],
        *,
        constant: int = 0,
    ) -> Found:
        """The least sum of any prices under all that is settled, starting from a plan."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(self.variables, hint, strict=True):
            self.model.add_hint(variable, value)
        chosen = [self.variables[v] for v in prices]
        self.model.minimize(cp_model.LinearExpr.weighted_sum(chosen, list(prices.values())) + constant)
        solver = _solver(search)
        status = self._run(solver, _Listener(self.variables, watch), stop)
        units = solver.response_proto.deterministic_time
        if status == cp_model.INFEASIBLE:
            return Found(None, NOTHING_LESS, units)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(None, 0, units)
        values = [solver.value(variable) for variable in self.variables]
        is_best = status == cp_model.OPTIMAL
        return Found(values, _ceil(solver.best_objective_bound), units, is_best)

    def _run(
        self, solver: cp_model.CpSolver, listener: "_Listener", stop: Callable[[], bool]
    ) -> cp_model.CpSolverStatus:
        """Search while another thread asks whether to stop: the search itself may be silent for long."""
        ended = threading.Event()

        def ask() -> None:
            while not ended.wait(POLL_SECONDS):
                if stop():
                    solver.stop_search()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        try:
            return solver.solve(self.model, listener)
        finally:
            ended.set()
            asking.join()


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes each better plan on."""

    def __init__(self, variables: list[cp_model.IntVar], watch: Watch) -> None:
        super().__init__()
        self.variables = variables
        self.watch = watch

    def on_solution_callback(self) -> None:
        values = [self.value(variable) for variable in self.variables]
        if self.watch(values):
            self.stop_search()


def _solver(search: Search) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    # A caller stops the search by its own means; the solver would take over Ctrl+C and not give it back.
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = max(0.01, search.seconds)
    solver.parameters.num_workers = search.workers
    solver.parameters.random_seed = search.seed
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    if search.roams:
        # On several threads, a search that takes turns can abort when it is stopped while it still loads.
        solver.parameters.interleave_search = search.workers == 1
        solver.parameters.subsolvers.append(ROAMER)
    elif search.workers > 1:
        solver.parameters.subsolvers.extend(SUBSOLVERS)
    if search.units is not None:
        solver.parameters.max_deterministic_time = max(0.001, search.units)
    return solver


def _ceil(bound: float) -> int:
    return int(-(-(bound - 1e-6) // 1))
