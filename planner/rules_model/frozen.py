"""Rule `frozen`, the solver's half."""

from planner.context import Context
from planner.options import Occurrence, Option, Place

ASKED = (Occurrence, Place)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Nothing new before the first free day, except a need whose window ends before it.

    What a new fact broke there keeps date, start and site, with other staff. A permanence may stand for the
    presence that pinned interviews bring.
    """
    facts = context.facts
    if isinstance(option, Place):
        if option.day >= facts.open_day or facts.day(option.need.until_on) < facts.open_day:
            return True
        return context.published.replaces(option)
    if isinstance(option, Occurrence):
        near = option.day < facts.open_day and not (option.brought and _is_pinned_there(context, option))
        return not near or context.published.replaces_occurrence(option)
    return True


def _is_pinned_there(context: Context, occurrence: Occurrence) -> bool:
    """Whether a pinned interview, and not only one that is past, brings a presence there."""
    facts = context.facts
    return any(
        pin.need is not None
        and pin.site == occurrence.site
        and facts.day(pin.on) == occurrence.day
        and facts.half_of(facts.minute_at(occurrence.day, pin.start or "00:00"), pin.site) == occurrence.half
        for pin in facts.problem.pins
    )
