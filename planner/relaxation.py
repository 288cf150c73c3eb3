"""The linear relaxation of a level: a bound proven in whole numbers, and what no better plan can choose.

The linear solver only proposes prices for the rows. Whatever they are, the bound that follows from
them is counted here in integers, so that no rounding of the solver can make it wrong.
"""

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from ortools.linear_solver import pywraplp
from ortools.linear_solver.linear_solver_pb2 import MPModelProto

from planner.program import PULSE_EVERY, UNBOUNDED, Program, Row, Terms

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
"""Levels to which most choices add: before the others, taking rows apart first costs more than it saves."""


class Relaxed(NamedTuple):
    """A proven bound, rounded up and in SCALE-ths; by variable, what one unit more would add to it.

    `chosen`: the variables that the relaxation's own solution uses; none where it came to no end.
    """

    bound: int
    exact: int
    prices: list[int]
    chosen: frozenset[int] = frozenset()


def held_rows(program: Program, held: dict[str, int]) -> list[Row]:
    """The rows that keep settled levels at most at their values."""
    return [
        Row(tuple(program.costs[level].items()), -UNBOUNDED, most - program.constants[level])
        for level, most in held.items()
        if program.costs[level]
    ]


def relax(program: Program, held: dict[str, int], level: str, seconds: float) -> Relaxed:
    """The relaxation of a level under those that are settled; weaker, never wrong, when time is short."""
    rows = [*posted(program, (*held, level)), *held_rows(program, held)]
    row_prices, chosen = solved(program, rows, level, seconds)
    return certified(program, rows, level, row_prices)._replace(chosen=chosen)


def posted(program: Program, levels: tuple[str, ...]) -> Iterator[Row]:
    """The rows without those that only hold up the cost of levels still to come."""
    paid = {variable for level in levels for variable in program.costs[level]}
    idle = program.lazy - paid
    return (row for _, row in program.each_row() if not any(variable in idle for variable, _ in row.terms))


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
    program: Program, rows: list[Row], level: str, seconds: float, *, stepwise: bool = False
) -> tuple[list[int], frozenset[int]]:
    """What the linear solver would pay for one unit of each row's side, in SCALE-ths, and what it chooses.

    `stepwise`: by steps that cost little each, however large the program is.
    """
    solver = pywraplp.Solver.CreateSolver("PDLP" if stepwise else "GLOP")
    solver.set_time_limit(max(1, round(1000 * seconds)))
    if stepwise:
        solver.SetSolverSpecificParametersAsString(STEPWISE)
    elif level not in SPREAD:
        solver.SetSolverSpecificParametersAsString(AS_IT_IS)
    # Handed over as a message: term by term it takes as long as solving it.
    refused = solver.LoadModelFromProto(_message(program, rows, level))
    assert not refused, refused
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return [0] * len(rows), frozenset()
    chosen = frozenset(v for v, own in enumerate(solver.variables()) if own.solution_value() > LEAST_USED)
    return [round(SCALE * row.dual_value()) for row in solver.constraints()], chosen


def _message(program: Program, rows: list[Row], level: str) -> MPModelProto:
    """The linear program in the solver's own format."""
    message, prices = MPModelProto(), program.costs[level]
    for variable, (low, high) in enumerate(zip(program.lower, program.upper, strict=True)):
        message.variable.add(lower_bound=low, upper_bound=high, objective_coefficient=prices.get(variable, 0))
    for number, (terms, low, high) in enumerate(rows):
        if not number % PULSE_EVERY:
            program.pulse()
        sums = summed(terms)
        message.constraint.add(
            lower_bound=low if low > -UNBOUNDED else -inf,
            upper_bound=high if high < UNBOUNDED else inf,
            var_index=list(sums),
            coefficient=list(sums.values()),
        )
    return message


def summed(terms: Terms) -> dict[int, int]:
    """One coefficient a variable: a solver refuses a second one, or takes it for the only one."""
    sums = dict(terms)
    if len(sums) < len(terms):
        sums = dict.fromkeys(sums, 0)
        for variable, coefficient in terms:
            sums[variable] += coefficient
    return sums


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
