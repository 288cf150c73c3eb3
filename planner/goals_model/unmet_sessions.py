"""Level `unmet_sessions`, the solver's half."""

from planner.goals_model.shortfall import post_shortfall
from planner.model import Model

LEVEL = "unmet_sessions"


def post(model: Model) -> None:
    """One for each compulsory sequence or open session of the horizon that is not placed."""
    for promotion, sequence, counts in model.sequences():
        if sequence.compulsory and counts:
            held = [model.variables.held[i] for i in model.variables.of(promotion.id, sequence.id)]
            model.program.unit(LEVEL, 1, held, 1)
    for cadence in model.facts.problem.cadences:
        if cadence.kind == "session" and cadence.compulsory:
            post_shortfall(model, cadence, LEVEL, 1)
