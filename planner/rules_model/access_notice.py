"""Rule `access_notice`, the solver's half."""

from planner.context import Context
from planner.options import Option, Presence

ASKED = (Presence,)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Inside the site's notice: only who is published there that day, or may come unannounced."""
    if not isinstance(option, Presence):
        return True
    facts = context.facts
    site, day = facts.sites[option.site], option.half // 2
    if day - facts.today >= site.access_notice_days:
        return True
    if (option.staff, option.site, day) in context.published.announced:
        return True
    on = facts.on(day)
    return any(
        given.site == option.site
        and given.unannounced
        and (given.from_on is None or given.from_on <= on)
        and (given.until_on is None or on <= given.until_on)
        for given in facts.staff[option.staff].accreditations
    )
