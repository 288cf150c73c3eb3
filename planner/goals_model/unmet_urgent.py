"""Level `unmet_urgent`, the solver's half."""

from planner.model import Model

LEVEL = "unmet_urgent"


def post(model: Model) -> None:
    """1 + misses for each urgent interview not placed."""
    for index, group in enumerate(model.interviews.groups):
        if group.need.priority == "urgent" and group.window.counts:
            takes = [take.variable for take in model.interviews.by_group[index]]
            model.program.lacking(LEVEL, 1 + group.need.misses, takes, group.size)
