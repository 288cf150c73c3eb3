"""Level `unmet_rest`, the solver's half."""

from planner.goals_model.shortfall import post_shortfall
from planner.model import Model

LEVEL = "unmet_rest"


def post(model: Model) -> None:
    """Other interviews not placed, by priority and misses, and optional sessions."""
    _post_interviews(model)
    price = model.facts.weight("rest_session", 6)
    for promotion, sequence, counts in model.sequences():
        if not sequence.compulsory and counts:
            held = [model.variables.held[i] for i in model.variables.of(promotion.id, sequence.id)]
            model.program.unit(LEVEL, price, held, 1)
    for cadence in model.facts.problem.cadences:
        if cadence.kind == "session" and not cadence.compulsory:
            post_shortfall(model, cadence, LEVEL, price)


def _post_interviews(model: Model) -> None:
    prices = {
        "normal": model.facts.weight("rest_normal", 3),
        "flexible": model.facts.weight("rest_flexible", 1),
    }
    for index, group in enumerate(model.interviews.groups):
        if group.need.priority in prices and group.window.counts:
            price = prices[group.need.priority] * (1 + group.need.misses)
            takes = [take.variable for take in model.interviews.by_group[index]]
            model.program.lacking(LEVEL, price, takes, group.size)
