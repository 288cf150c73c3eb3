"""Level `unmet_urgent`, the solver's half."""

from planner.model import Model

LEVEL = "unmet_urgent"


def post(model: Model) -> None:
    """1 + misses for each urgent interview not placed."""
    for index, group in enumerate(model.interviews.groups):
        if group.need.priority == "urgent" and group.window.counts:
            price = 1 + group.need.misses
            model.program.constant(LEVEL, price * group.size)
            for take in model.interviews.by_group[index]:
                model.program.cost(LEVEL, take.variable, -price)
