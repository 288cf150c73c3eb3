"""Rule `one_place_at_a_time`: nobody is in two places, nor on the way when expected."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import NamedTuple

from planner.breach import Breach
from planner.horizon import Interval, touches
from planner.plan_view import Activity, PlanView, Visit
from planner.territory import Span


class Stop(NamedTuple):
    """Something with a site in a person's day; an office half-day stands here by its interviews.

    `interval` is the stop itself, `presence` the opening that an office interview lies in.
    """

    key: str
    site: str
    interval: Interval
    presence: Interval
    is_meeting: bool


class OnePlaceAtATime:
    """At most one presence per person and half-day; next start - previous end >= travel time
    between consecutive activities of a day, those without a site skipped; a meeting or busy time
    touches no permanence, no session and no interview of the person.

    Why: a person stands at one gate at a time, and buses take the time they take.
    """

    name = "one_place_at_a_time"
    codes: tuple[str, ...] = ("two_presences", "travel", "occupied")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: minutes short between two stops, else 1 for each two that exclude each other."""
        yield from self._two_presences(view)
        yield from self._occupied(view)
        yield from self._travel(view)

    def _two_presences(self, view: PlanView) -> Iterator[Breach]:
        for (staff, on, half_day), presences in view.by_moment.items():
            for one, other in combinations(presences, 2):
                keys = tuple(sorted((one.key, other.key)))
                yield Breach(
                    self.name,
                    "two_presences",
                    staff,
                    on,
                    half_day=half_day,
                    fact=" + ".join(keys),
                    items=keys,
                )

    def _occupied(self, view: PlanView) -> Iterator[Breach]:
        for activity in (*view.permanences, *view.sessions):
            for staff in activity.staff:
                for span in view.territory.occupied[staff]:
                    if touches(span.interval, activity.interval):
                        yield self._excluded(staff, activity, span)
        for visit in view.visits:
            if visit.presence is None or visit.presence.kind == "office":
                for span in view.territory.occupied[visit.staff]:
                    if touches(span.interval, visit.interval):
                        yield self._excluded(visit.staff, visit, span)

    def _excluded(self, staff: str, thing: Activity | Visit, span: Span) -> Breach:
        half_day = thing.half_day if isinstance(thing, Visit) else thing.half_days[0]
        fact = f"{span.id} + {thing.key}"
        return Breach(
            self.name, "occupied", staff, thing.on, half_day=half_day, fact=fact, items=(thing.key,)
        )

    def _travel(self, view: PlanView) -> Iterator[Breach]:
        for (staff, on), activities in view.by_day.items():
            stops = sorted(_stops(view, staff, on, activities), key=lambda stop: (stop.interval, stop.key))
            for before, after in pairwise(stops):
                short = _minutes_short(view, before, after)
                if short > 0:
                    keys = (before.key, after.key)
                    fact = f"{before.key} > {after.key}"
                    yield Breach(self.name, "travel", staff, on, short, fact=fact, items=keys)


def _stops(view: PlanView, staff: str, on: date, activities: list[Activity]) -> Iterator[Stop]:
    today = view.horizon.day(on)
    meetings = [one for one in view.territory.meetings[staff] if one.site and touches(one.interval, today)]
    for activity in activities:
        visits = view.visits_of.get(activity.key, ()) if meetings and activity.kind == "office" else ()
        for visit in visits:
            yield Stop(activity.key, activity.site, visit.interval, activity.interval, is_meeting=False)
        if not visits:
            yield Stop(activity.key, activity.site, activity.interval, activity.interval, is_meeting=False)
    for meeting in meetings:
        yield Stop(meeting.id, meeting.site or "", meeting.interval, meeting.interval, is_meeting=True)


def _minutes_short(view: PlanView, before: Stop, after: Stop) -> int:
    """Minutes missing between two stops; two facts, or two stops of one half-day, ask nothing."""
    beside_meeting = before.is_meeting or after.is_meeting
    if before.key == after.key or (before.is_meeting and after.is_meeting):
        return 0
    if beside_meeting and before.site == after.site:
        return 0
    end = before.interval[1] if beside_meeting else before.presence[1]
    start = after.interval[0] if beside_meeting else after.presence[0]
    return view.territory.travel_minutes(before.site, after.site) - (start - end)
