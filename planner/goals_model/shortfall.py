"""What is asked of a cadence less what is placed, never below 0; shared by three levels."""

from planner.model import Model
from planner.problem import Cadence


def post_shortfall(model: Model, cadence: Cadence, level: str, price: int) -> None:
    """Charge `price` for each asked half-day (each session) not placed.

    Linear where what is placed cannot exceed what is asked, else by a variable of its own.
    """
    program = model.program
    for balance in model.balances(cadence):
        placed = [(variable, -halves) for variable, halves in balance.placed]
        if model.may_exceed(cadence, balance):
            reach = balance.constant + sum(size for _, size in balance.asked)
            short = program.at_least([([*balance.asked, *placed], balance.constant)], reach)
            program.cost(level, short, price)
            continue
        for variable, halves in balance.asked:
            program.cost(level, variable, price * halves)
        if not balance.asked and len({halves for _, halves in balance.placed}) == 1:
            halves = balance.placed[0][1]
            program.unit(level, price * halves, [v for v, _ in placed], balance.constant // halves)
            program.constant(level, price * (balance.constant % halves))
            continue
        program.constant(level, price * balance.constant)
        for variable, halves in placed:
            program.cost(level, variable, price * halves)
