"""Rule `availability`, the solver's half."""

from planner.context import Context
from planner.local_minutes import Span
from planner.options import Occurrence, Option, Place, Presence, Seat
from planner.prepare import Facts, Hours, covered

ASKED = (Presence, Seat)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Within the pattern's hours and place, outside absences, and on no holiday elsewhere."""
    if isinstance(option, Occurrence | Place):
        return True
    facts = context.facts
    hours = facts.hours.get((option.staff, option.half))
    if not hours:
        return False
    served = option.site is not None and facts.sites[option.site].open_on_holidays
    if option.half // 2 in facts.holidays and not served:
        return False
    span = _claimed(facts, option)
    fitting = [each.span for each in hours if _fits(facts, each, option.site)]
    if not covered(span, fitting):
        return False
    return not any(
        block.kind == "absence" and block.span.touches(span) for block in facts.blocks[option.staff]
    )


def _claimed(facts: Facts, option: Presence | Seat) -> Span:
    """The afternoon of a whole day begins with the opening."""
    if isinstance(option, Presence) and option.kind == "rest":
        opens = facts.usual_span(option.site, option.half).start
        return Span(max(option.span.start, opens), option.span.end)
    return option.span


def _fits(facts: Facts, hours: Hours, site: str | None) -> bool:
    if site is None or hours.where == "field":
        return True
    return hours.where == "office" and facts.sites[site].kind == "bureau"
