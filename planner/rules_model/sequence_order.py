"""Rule `sequence_order`, the solver's half."""

from itertools import pairwise

from planner.context import Context
from planner.model import Model
from planner.options import Occurrence, Option
from planner.problem import Promotion, Sequence

ASKED = (Occurrence,)
"""The kinds of option on which the rule has a say."""


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
        for before, step in pairwise(steps):
            _post_after(model, promotion, step, before)
        for step in promotion.sequences:
            if step.intervention and steps:
                _post_intervention(model, promotion, step, steps)


def _post_after(model: Model, promotion: Promotion, step: Sequence, before: Sequence) -> None:
    """A step only when the one before is placed or done, at a distance within its bounds."""
    variables, done = model.variables, model.known_day(promotion, before)
    known = model.known_day(promotion, step)
    if known is not None:
        earlier = variables.of(promotion.id, before.id)
        gaps = {i: known - variables.occurrences[i].day for i in earlier}
        _forbid(model, [i for i, gap in gaps.items() if not step.min_days <= gap <= step.max_days])
    if done is None:
        _post_in_turn(model, (before, step), promotion.id)
    for index in variables.of(promotion.id, step.id):
        held, day = variables.held[index], variables.occurrences[index].day
        earlier = variables.of(promotion.id, before.id)
        fits = {i: step.min_days <= day - variables.occurrences[i].day <= step.max_days for i in earlier}
        if model.program.lower[held]:
            _forbid(model, [i for i in earlier if not fits[i]])
        elif done is None:
            model.program.implies_one(held, [variables.held[i] for i in earlier if fits[i]])
        elif not step.min_days <= day - done <= step.max_days:
            _forbid(model, [index])


def _post_in_turn(model: Model, steps: tuple[Sequence, Sequence], of: str) -> None:
    """The same said of all days up to one, and from one on: tighter than day by day."""
    program, variables = model.program, model.variables
    first, then = steps
    earlier, later = variables.of(of, first.id), variables.of(of, then.id)
    if any(program.lower[variables.held[index]] for index in (*earlier, *later)):
        return
    day = {index: variables.occurrences[index].day for index in (*earlier, *later)}
    for reached in sorted({day[index] for index in later}):
        program.limit(
            [
                *((variables.held[i], 1) for i in later if day[i] <= reached),
                *((variables.held[i], -1) for i in earlier if day[i] <= reached - then.min_days),
            ],
            0,
        )
        program.limit(
            [
                *((variables.held[i], 1) for i in later if day[i] >= reached),
                *((variables.held[i], -1) for i in earlier if day[i] >= reached - then.max_days),
            ],
            0,
        )


def _forbid(model: Model, indices: list[int]) -> None:
    for index in indices:
        model.program.limit([(model.variables.held[index], 1)], 0)


def _post_intervention(model: Model, promotion: Promotion, step: Sequence, steps: list[Sequence]) -> None:
    """Strictly after every step, at the right distance from the latest."""
    variables, least = model.variables, max(1, step.min_days)
    done = [day for other in steps if (day := model.known_day(promotion, other)) is not None]
    known = model.known_day(promotion, step)
    if known is not None:
        _post_before(model, step, _gaps(model, promotion, steps, known), [known - day for day in done])
    for index in variables.of(promotion.id, step.id):
        held, day = variables.held[index], variables.occurrences[index].day
        gaps, past = _gaps(model, promotion, steps, day), [day - earlier for earlier in done]
        if model.program.lower[held]:
            _post_before(model, step, gaps, past)
            continue
        if any(gap < least for gap in past):
            _forbid(model, [index])
        for other in steps:
            if model.known_day(promotion, other) is None:
                early = [variables.held[i] for i in variables.of(promotion.id, other.id) if gaps[i] >= least]
                model.program.implies_one(held, early)
        if not any(least <= gap <= step.max_days for gap in past):
            model.program.implies_one(held, _near(model, step, gaps))


def _post_before(model: Model, step: Sequence, gaps: dict[int, int], past: list[int]) -> None:
    """Before an intervention that stands already: no step too near, the latest not too far."""
    variables, least = model.variables, max(1, step.min_days)
    _forbid(model, [i for i, gap in gaps.items() if gap < least])
    reached = any(least <= gap <= step.max_days for gap in past)
    for i, gap in gaps.items():
        if gap > step.max_days and not reached and not model.program.lower[variables.held[i]]:
            model.program.implies_one(variables.held[i], _near(model, step, gaps))


def _gaps(model: Model, promotion: Promotion, steps: list[Sequence], day: int) -> dict[int, int]:
    """Days from each session that a step may have to a day."""
    variables = model.variables
    return {
        i: day - variables.occurrences[i].day for step in steps for i in variables.of(promotion.id, step.id)
    }


def _near(model: Model, step: Sequence, gaps: dict[int, int]) -> list[int]:
    """The sessions from which an intervention is neither too near nor too far."""
    least = max(1, step.min_days)
    return [model.variables.held[i] for i, gap in gaps.items() if least <= gap <= step.max_days]
