"""Rule `sequence_order`, the solver's half."""

from planner.context import Context
from planner.model import Model
from planner.options import Occurrence, Option
from planner.problem import Promotion, Sequence


def allows(context: Context, option: Option) -> bool:
    """On the promotion's weekday and half-day if it has them; far enough from a step already done."""
    if not isinstance(option, Occurrence) or len(option.of) != 2:
        return True
    facts = context.facts
    promotion = facts.promotions[option.of[0]]
    sequence = next(step for step in promotion.sequences if step.id == option.of[1])
    if promotion.weekday is not None and facts.weekday(option.day) != promotion.weekday:
        return False
    half_day = ("am", "pm")[option.half % 2]
    if sequence.length != "day" and promotion.half_day not in (None, half_day):
        return False
    return facts.day(sequence.from_on) <= option.day <= facts.day(sequence.until_on)


def post(model: Model) -> None:
    """Each step once, after the one before; the partner's intervention after all of them."""
    for promotion, sequence, _ in model.sequences():
        model.program.at_most_one(
            model.variables.held[index] for index in model.variables.of(promotion.id, sequence.id)
        )
    for promotion in model.facts.problem.promotions:
        steps = [step for step in promotion.sequences if not step.intervention]
        for before, step in zip(steps, steps[1:], strict=False):
            _post_after(model, promotion, step, [before])
        for step in promotion.sequences:
            if step.intervention and steps:
                _post_intervention(model, promotion, step, steps)


def _post_after(model: Model, promotion: Promotion, step: Sequence, before: list[Sequence]) -> None:
    """A step only when the one before is placed or done, at a distance within its bounds."""
    variables = model.variables
    for index in variables.of(promotion.id, step.id):
        held = variables.held[index]
        if model.program.lower[held]:
            continue
        day = variables.occurrences[index].day
        if before[0].done_on is not None:
            if not step.min_days <= day - model.facts.day(before[0].done_on) <= step.max_days:
                model.program.limit([(held, 1)], 0)
            continue
        fitting = [
            variables.held[other]
            for other in variables.of(promotion.id, before[0].id)
            if step.min_days <= day - variables.occurrences[other].day <= step.max_days
        ]
        model.program.implies_one(held, fitting)


def _post_intervention(model: Model, promotion: Promotion, step: Sequence, steps: list[Sequence]) -> None:
    """Strictly after every step, at the right distance from the latest."""
    variables, facts = model.variables, model.facts
    for index in variables.of(promotion.id, step.id):
        held = variables.held[index]
        if model.program.lower[held]:
            continue
        day = variables.occurrences[index].day
        near: list[int] = []
        reached = False
        for other in steps:
            if other.done_on is not None:
                gap = day - facts.day(other.done_on)
                reached = reached or step.min_days <= gap <= step.max_days
                if gap < max(1, step.min_days):
                    model.program.limit([(held, 1)], 0)
                continue
            early, close = [], []
            for one in variables.of(promotion.id, other.id):
                gap = day - variables.occurrences[one].day
                if gap >= max(1, step.min_days):
                    early.append(variables.held[one])
                    if gap <= step.max_days:
                        close.append(variables.held[one])
            model.program.implies_one(held, early)
            near += close
        if not reached:
            model.program.implies_one(held, near)
