"""Rule `site_open`, the solver's half."""

from planner.context import Context
from planner.options import Occurrence, Option, Presence

ASKED = (Occurrence, Presence)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Each half-day is open; a session ends within the opening's hours."""
    facts = context.facts
    if isinstance(option, Presence):
        return facts.is_open(option.site, option.half)
    if not isinstance(option, Occurrence):
        return True
    if not all(facts.is_open(option.site, half) for half in option.halves):
        return False
    first, last = (facts.windows[option.site, half].span for half in (option.halves[0], option.halves[-1]))
    return all(first.start <= span.start and span.end <= last.end for span in option.spans)
