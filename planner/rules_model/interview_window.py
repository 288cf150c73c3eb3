"""Rule `interview_window`, the solver's half."""

from planner.context import Context
from planner.options import Option, Place
from planner.prepare import covered

ASKED = (Place,)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Within the dates, the hours the person may come, and the notice of an exit authorisation."""
    if not isinstance(option, Place):
        return True
    facts, need = context.facts, option.need
    if not facts.day(need.from_on) <= option.day <= facts.day(need.until_on):
        return False
    if option.day < facts.today + need.leave_notice_days and not context.published.stands(option):
        return False
    hours = facts.participants[need.participant].hours if need.participant is not None else None
    if hours is None:
        return True
    weekday = facts.weekday(option.day)
    there = [
        facts.hours_of(option.day, given.from_hour, given.to_hour)
        for given in hours
        if given.weekday == weekday
    ]
    return covered(option.span, there)
