"""Rule `accreditation`, the solver's half."""

from planner.context import Context
from planner.options import Option, Presence

ASKED = (Presence,)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """An authorisation valid on that date, where the site demands one."""
    if not isinstance(option, Presence):
        return True
    facts = context.facts
    if not facts.sites[option.site].demands_accreditation:
        return True
    on = facts.on(option.half // 2)
    return any(
        given.site == option.site
        and (given.from_on is None or given.from_on <= on)
        and (given.until_on is None or on <= given.until_on)
        for given in facts.staff[option.staff].accreditations
    )
