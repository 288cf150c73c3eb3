"""What a day has once although its morning and its afternoon are offered both."""

from planner.demand import is_monthly
from planner.model import Model


def once_a_day(model: Model) -> dict[int, tuple[str, ...]]:
    """By variable of a team: of which cadence, or class of a promotion's steps, a day has at most one.

    Two that stay may share a day: people decided so. Of all others the rules `cadence`, `spacing` and
    `sequence_order` let a day have one, and none beside one that stays.
    """
    found: dict[int, tuple[str, ...]] = {}
    variables, lower = model.variables, model.program.lower

    def note(index: int, thing: tuple[str, ...]) -> None:
        if not lower[variables.held[index]]:
            found.update(dict.fromkeys(variables.team[index].values(), thing))

    for cadence in model.facts.problem.cadences:
        if cadence.length != "day" and (cadence.min_days > 0 or not is_monthly(cadence)):
            for index in variables.of(cadence.id):
                note(index, (cadence.id,))
    for promotion in model.facts.problem.promotions:
        for day in range(model.facts.days):
            for number, apart in enumerate(model.apart_on(promotion.id, day)):
                for index in apart:
                    note(index, (promotion.id, str(number)))
    return found
