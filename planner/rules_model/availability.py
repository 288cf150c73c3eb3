"""Rule `availability`, the solver's half."""

from planner.context import Context
from planner.options import Occurrence, Option, Place, Seat


def allows(context: Context, option: Option) -> bool:
    """Within the pattern's hours and place, outside absences, and on no holiday elsewhere."""
    if isinstance(option, Occurrence | Place):
        return True
    facts = context.facts
    hours = facts.hours.get((option.staff, option.half))
    if hours is None or not hours.span.start <= option.span.start <= option.span.end <= hours.span.end:
        return False
    if isinstance(option, Seat) and option.site is None:
        if option.half // 2 in facts.holidays:
            return False
    elif hours.where == "remote" or (
        hours.where == "office" and facts.sites[option.site or ""].kind != "bureau"
    ):
        return False
    return not any(
        block.kind == "absence" and block.span.touches(option.span) for block in facts.blocks[option.staff]
    )
