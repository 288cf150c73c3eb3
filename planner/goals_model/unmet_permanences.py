"""Level `unmet_permanences`, the solver's half."""

from planner.goals_model.shortfall import post_shortfall
from planner.model import Model


def post(model: Model) -> None:
    """Permanences asked and not placed, in half-days: a whole day counts 2."""
    for cadence in model.facts.problem.cadences:
        if cadence.kind == "permanence":
            post_shortfall(model, cadence, "unmet_permanences", 1)
