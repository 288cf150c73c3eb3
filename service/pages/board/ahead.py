"""What is not over yet: a week or a month that is too full is told until its last day, not from its first."""

from calendar import monthrange
from datetime import date, timedelta

from planner.breach import Breach

OF_WEEKS = frozenset({"week_full", "protected"})


def is_ahead(breach: Breach, today: date) -> bool:
    """Whether the day, the week or the month of a breach is still going on, or to come."""
    return ends_on(breach) >= today


def ends_on(breach: Breach) -> date:
    """The last day of what a breach is about. Those of a week bear its Monday, those of a month its first day."""
    if breach.code in OF_WEEKS:
        return breach.on + timedelta(days=6 - breach.on.weekday())
    if breach.code == "month_full" or (breach.code == "too_many" and breach.half_day is None):
        return breach.on.replace(day=monthrange(breach.on.year, breach.on.month)[1])
    return breach.on
