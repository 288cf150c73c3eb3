"""The minutes that each person travels on each day of a plan, for the goal `comfort`."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from planner.horizon import Interval
from planner.plan_view import PlanView


def travel_minutes(view: PlanView) -> dict[tuple[str, date], int]:
    """From the base to the first site, between sites in order of start, from the last to the base.

    Meetings with a site are part of the way; without a base the first and last leg are left out.
    """
    found = {}
    for (staff, on), stops in _stops(view).items():
        sites = [site for _, site in sorted((interval[0], site) for interval, site in stops)]
        base = view.territory.staff[staff].base
        way = sites if base is None else [base, *sites, base]
        found[staff, on] = sum(view.territory.travel_minutes(one, other) for one, other in pairwise(way))
    return found


def _stops(view: PlanView) -> dict[tuple[str, date], list[tuple[Interval, str]]]:
    stops: dict[tuple[str, date], list[tuple[Interval, str]]] = defaultdict(list)
    for day, activities in view.by_day.items():
        stops[day] = [(activity.interval, activity.site) for activity in activities]
    first = view.horizon.day(view.horizon.first_on)[0]
    last = view.horizon.day(view.horizon.last_on)[1]
    for staff, meetings in view.territory.meetings.items():
        for meeting in meetings:
            if meeting.site is not None and first <= meeting.interval[0] < last:
                on = view.horizon.date_of(meeting.interval[0])
                stops[staff, on].append((meeting.interval, meeting.site))
    return stops
