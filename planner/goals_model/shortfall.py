"""What is asked of a cadence less what is placed, never below 0; shared by three levels."""

from planner.demand import asked_days, asked_months, is_monthly, is_weekly
from planner.model import Model
from planner.problem import Cadence


def post_shortfall(model: Model, cadence: Cadence, level: str, price: int) -> None:
    """Charge `price` for each asked half-day (each session) not placed."""
    size = model.size(cadence)
    if is_monthly(cadence):
        for month in asked_months(model.facts, cadence):
            placed = model.halves_between(cadence, month.first, month.last)
            _charge(model, month.asked * size, placed, (level, price), may_exceed=month.most > month.asked)
    elif is_weekly(cadence):
        placed = model.halves_between(cadence, 0, model.facts.days - 1)
        asked = len(asked_days(model.facts, cadence)) * size
        _charge(model, asked, placed, (level, price), may_exceed=False)
    else:
        _charge_following(model, cadence, (level, price))


def _charge(
    model: Model, asked: int, placed: list[tuple[int, int]], price: tuple[str, int], *, may_exceed: bool
) -> None:
    """Linear where what is placed cannot exceed what is asked, else by a variable of its own."""
    level, cost = price
    settled = any(model.program.lower[variable] for variable, _ in placed)
    if may_exceed or settled:
        short = model.program.at_least([([(v, -halves) for v, halves in placed], asked)], asked)
        model.program.cost(level, short, cost)
        return
    model.program.constant(level, cost * asked)
    for variable, halves in placed:
        model.program.cost(level, variable, -cost * halves)


def _charge_following(model: Model, cadence: Cadence, price: tuple[str, int]) -> None:
    """One is asked on each day of a placed session on which the site opens that half-day."""
    size = model.size(cadence)
    asked = [(variable, size) for variable in model.days_with_session(cadence)]
    placed = [
        (variable, -halves) for variable, halves in model.halves_between(cadence, 0, model.facts.days - 1)
    ]
    short = model.program.at_least([([*asked, *placed], 0)], size * len(asked))
    model.program.cost(price[0], short, price[1])
