"""What tells a planned or published thing apart in its territory, and how the next plan recognises it.

A permanence is its cadence, date and half-day; a sequence its promotion and step; an open session its
cadence, date and start; an office half-day its person, site, date and half-day; an interview its need
and number. An open session's number counts within one problem only, so it is no part of the key.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from planner.plan import OfficeHalfDay, PlannedInterview, PlannedPermanence, PlannedSession

Item = PlannedPermanence | PlannedSession | OfficeHalfDay | PlannedInterview


def item_key(item: Item, zone: str) -> str:
    """The key of a planned thing, unique in its plan and among what is published."""
    if isinstance(item, PlannedPermanence):
        return f"permanence:{item.cadence}:{item.on}:{item.half_day}"
    if isinstance(item, PlannedSession):
        if item.promotion is not None:
            return f"session:{item.promotion}:{item.sequence}"
        return f"session:{item.cadence}:{_local(item.starts_at, zone):%Y-%m-%d:%H:%M}"
    if isinstance(item, OfficeHalfDay):
        return f"office:{item.staff}:{item.site}:{item.on}:{item.half_day}"
    return f"interview:{item.need}:{item.number}"


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
