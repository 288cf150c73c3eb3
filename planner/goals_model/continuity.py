"""Level `continuity`, the solver's half."""

from planner.model import Model
from planner.problem import Promotion

LEVEL = "continuity"


def post(model: Model) -> None:
    _post_usual_staff(model)
    for promotion in model.facts.problem.promotions:
        _post_animators(model, promotion)
    _post_referent(model)


def _post_usual_staff(model: Model) -> None:
    """Staff of permanences outside the cadence's usual staff; a whole day is two permanences."""
    price, variables = model.facts.weight("usual_staff", 2), model.variables
    for cadence in model.facts.problem.cadences:
        if cadence.kind == "permanence" and cadence.usual_staff:
            others = [
                (variable, len(variables.occurrences[index].halves))
                for index in variables.of(cadence.id)
                for person, variable in variables.team[index].items()
                if person not in cadence.usual_staff
            ]
            model.program.counted(LEVEL, price, others)


def _post_animators(model: Model, promotion: Promotion) -> None:
    """Distinct animators, earlier ones included, beyond the largest team a sequence asks."""
    allowed = max((sequence.staff_count for sequence in promotion.sequences), default=0)
    before = set(promotion.animators_before)
    people: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for index in model.sessions(promotion.id):
        for person, variable in model.variables.team[index].items():
            if person not in before:
                steps = people.setdefault(person, {})
                steps.setdefault(model.variables.occurrences[index].of, []).append(variable)
    if len(before) + len(people) <= allowed:
        return
    animates = [model.program.any_of_groups(steps.values()) for steps in people.values()]
    over = model.program.at_least(
        [([(v, 1) for v in animates], len(before) - allowed)], len(before) + len(people)
    )
    model.program.cost(LEVEL, over, model.facts.weight("animators", 3))


def _post_referent(model: Model) -> None:
    """Follow-ups and closings with someone else than the referent."""
    price = model.facts.weight("referent", 1)
    lanes = model.interviews.lanes
    for index, group in enumerate(model.interviews.groups):
        if _is_followed(group.need.kind, group.need.referent):
            takes = model.interviews.by_group[index]
            others = [(t.variable, 1) for t in takes if lanes[t.lane].staff != group.need.referent]
            model.program.counted(LEVEL, price, others)
    for kept in model.fixed.interviews:
        if _is_followed(kept.need.kind, kept.need.referent) and kept.staff != kept.need.referent:
            model.program.constant(LEVEL, price)


def _is_followed(kind: str, referent: str | None) -> bool:
    return kind != "diagnostic" and referent is not None
