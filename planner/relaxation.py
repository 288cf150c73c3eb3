"""The linear relaxation of a level: a bound proven in whole numbers, and what no better plan can choose.

The linear solver only proposes prices for the rows. Whatever they are, the bound that follows from
them is counted here in integers, so that no rounding of the solver can make it wrong.
"""

from typing import NamedTuple

from ortools.linear_solver import pywraplp
from ortools.linear_solver.linear_solver_pb2 import MPModelProto, MPSolutionResponse

from planner.program import UNBOUNDED, Program, Row
from planner.wording import Wording

SCALE = 1 << 20
"""Prices are whole multiples of one SCALE-th."""

AS_IT_IS = "use_preprocessing:0"
LEAST_USED = 1e-6
"""What a variable of the linear solution is at least where it counts as used."""
STEPWISE = """\
termination_criteria { simple_optimality_criteria { eps_optimal_relative: 1e-4 eps_optimal_absolute: 1e-4 } }
num_threads: 1"""
"""How near a solver that never solves a system of equations has to come: what is missing lowers the bound by as little."""
SPREAD = ("fairness", "comfort")
"""Levels to which most choices add: CLP needs a fifth of the time there that GLOP does. Before the others, taking rows apart
first costs more than it saves."""


MOST_UNTIMED = 20_000
"""Variables up to which CLP is asked: it looks at the clock seldom, and of a hundred thousand it came back five seconds late."""


class Relaxed(NamedTuple):
    """A proven bound, rounded up and in SCALE-ths; by variable, what one unit more would add to it.

    `chosen`: the variables that the relaxation's own solution uses; none where it came to no end.
    """

    bound: int
    exact: int
    prices: list[int]
    chosen: frozenset[int] = frozenset()


def relax(
    program: Program, held: dict[str, int], level: str, seconds: float, wording: Wording | None = None
) -> Relaxed:
    """The relaxation of a level under those that are settled; weaker, never wrong, when time is short.

    `wording`: the program's own, if there is one already.
    """
    message, rows = (wording or Wording(program)).of(program, held, level)
    row_prices, chosen = solved(message, level, seconds)
    return certified(program, rows, level, row_prices)._replace(chosen=chosen)


def narrowed(program: Program, relaxed: Relaxed, most: int) -> tuple[list[int], list[int]]:
    """Bounds of the variables that every plan keeps whose level is at most `most`."""
    gap = most * SCALE - relaxed.exact
    lower, upper = list(program.lower), list(program.upper)
    for variable, price in enumerate(relaxed.prices):
        if price > 0:
            upper[variable] = min(upper[variable], max(lower[variable], lower[variable] + gap // price))
        elif price < 0:
            lower[variable] = max(lower[variable], min(upper[variable], upper[variable] - gap // -price))
    return lower, upper


def solved(
    message: MPModelProto, level: str, seconds: float, *, stepwise: bool = False
) -> tuple[list[int], frozenset[int]]:
    """What the linear solver would pay for one unit of each row's side, in SCALE-ths, and what it chooses.

    `stepwise`: by steps that cost little each, however large the program is.
    """
    kind, options = _solver("" if stepwise else level, len(message.variable))
    solver = pywraplp.Solver.CreateSolver(kind)
    solver.set_time_limit(max(1, round(1000 * seconds)))
    if options:
        solver.SetSolverSpecificParametersAsString(options)
    refused = solver.LoadModelFromProto(message)
    assert not refused, refused
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return [0] * len(message.constraint), frozenset()
    found = MPSolutionResponse()
    solver.FillSolutionResponseProto(found)
    chosen = frozenset(v for v, own in enumerate(found.variable_value) if own > LEAST_USED)
    return [round(SCALE * price) for price in found.dual_value], chosen


def _solver(level: str, variables: int) -> tuple[str, str]:
    """Which linear solver suits a level (none: by steps), and its options."""
    if not level:
        return "PDLP", STEPWISE
    if level not in SPREAD:
        return "GLOP", AS_IT_IS
    return ("CLP" if variables <= MOST_UNTIMED else "GLOP"), ""


def certified(program: Program, rows: list[Row], level: str, row_prices: list[int]) -> Relaxed:
    """What any prices prove: every row at its side, and each variable where its rest is cheapest."""
    prices = [0] * len(program.lower)
    for variable, price in program.costs[level].items():
        prices[variable] = price * SCALE
    exact = program.constants[level] * SCALE
    for (terms, low, high), price in zip(rows, row_prices, strict=True):
        side = low if price > 0 else high
        if price and abs(side) < UNBOUNDED:
            exact += price * side
            for variable, coefficient in terms:
                prices[variable] -= price * coefficient
    for price, low, high in zip(prices, program.lower, program.upper, strict=True):
        exact += price * (low if price > 0 else high)
    return Relaxed(-(-exact // SCALE), exact, prices)
