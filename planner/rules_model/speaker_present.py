"""Rule `speaker_present`, the solver's half."""

from planner.context import Context
from planner.options import Occurrence, Option

ASKED = (Occurrence,)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """A session with an outside speaker falls on one of the speaker's dates."""
    if not isinstance(option, Occurrence) or len(option.of) != 2:
        return True
    promotion = context.facts.promotions[option.of[0]]
    sequence = next(step for step in promotion.sequences if step.id == option.of[1])
    return sequence.speaker_dates is None or context.facts.on(option.day) in sequence.speaker_dates
