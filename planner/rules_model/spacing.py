"""Rule `spacing`, the solver's half."""

from collections import defaultdict

from planner.context import Context
from planner.demand import dates_elsewhere
from planner.model import Model
from planner.options import Occurrence, Option

ASKED = (Occurrence,)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Far enough from every date of the cadence's history."""
    if not isinstance(option, Occurrence) or len(option.of) != 1:
        return True
    cadence = context.facts.cadences[option.of[0]]
    facts = context.facts
    if cadence.length == "day" and (option.of, option.half ^ 1) in context.fixed.occurrences:
        return True  # the other half of a date that stays is no further date
    same = {facts.half(past.on, past.half_day) for past in cadence.history}
    least = 1 if option.half in same or (cadence.length == "day" and option.half ^ 1 in same) else 0
    return not any(
        least <= abs(day - option.day) < cadence.min_days for day in dates_elsewhere(facts, cadence)
    )


def post(model: Model) -> None:
    """At most one date of a cadence in any `min_days` days in a row."""
    for cadence in model.facts.problem.cadences:
        days: dict[int, list[int]] = defaultdict(list)
        for index in model.variables.of(cadence.id):
            days[model.variables.occurrences[index].day].append(model.variables.held[index])
        if cadence.min_days == 1 and cadence.length == "day":
            continue
        for day in days:
            near = [v for other, held in days.items() if day <= other < day + cadence.min_days for v in held]
            if cadence.length == "day":
                near = _one_a_day(model, days, day, cadence.min_days)
            model.program.at_most_one(near)


def _one_a_day(model: Model, days: dict[int, list[int]], day: int, min_days: int) -> list[int]:
    """One variable for each near day: the two halves of a broken day count once."""
    near = []
    for other, held in days.items():
        if day <= other < day + min_days:
            settled = [v for v in held if model.program.lower[v]]
            near.append(settled[0] if settled else held[0])
    return near
