"""What tells an item of a plan apart, and how the next plan recognises it.

A permanence is its cadence, date and half-day; a session its promotion and sequence, or its cadence and
number; an office half-day its person, site, date and half-day; an interview its need and number.
"""

from planner.plan import OfficeHalfDay, PlannedInterview, PlannedPermanence, PlannedSession

Item = PlannedPermanence | PlannedSession | OfficeHalfDay | PlannedInterview


def item_key(item: Item) -> str:
    """The key of an item, unique in its plan."""
    if isinstance(item, PlannedPermanence):
        return f"permanence:{item.cadence}:{item.on}:{item.half_day}"
    if isinstance(item, PlannedSession):
        return f"session:{item.promotion or item.cadence}:{item.sequence or item.number}"
    if isinstance(item, OfficeHalfDay):
        return f"office:{item.staff}:{item.site}:{item.on}:{item.half_day}"
    return f"interview:{item.need}:{item.number}"
