"""Rule `one_place_at_a_time`: nobody is in two places, nor on the way when expected."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import NamedTuple

from planner.breach import Breach
from planner.horizon import Interval, touches
from planner.kept import freeze_on, name_of, pinned_names
from planner.plan_view import Activity, PlanView, Visit, contains
from planner.territory import Span


class Stop(NamedTuple):
    """Something with a site in a person's day, in order of time."""

    interval: Interval
    key: str
    site: str
    is_meeting: bool = False


class OnePlaceAtATime:
    """At most one presence per person and half-day; next start - previous end >= travel time
    between consecutive activities of a day, those without a site skipped; a meeting or busy time
    touches no permanence, no session and no interview of the person. An interview that people decided
    where no presence of the person holds it (pinned, past or frozen) is an activity of its own.

    Why: a person stands at one gate at a time, and buses take the time they take.
    """

    name = "one_place_at_a_time"
    codes: tuple[str, ...] = ("two_presences", "travel", "occupied")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: minutes short between two stops, else 1 for each two that exclude each other."""
        yield from self._two_presences(view)
        yield from self._occupied(view)
        yield from self._travel(view)
        yield from self._astray(view)

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
            meetings = _meetings(view, staff, on)
            for before, after in (*_in_turn(activities, meetings), *_beside(view, activities, meetings)):
                yield from self._short(view, staff, on, before, after)

    def _astray(self, view: PlanView) -> Iterator[Breach]:
        strays = [one for one in view.visits if _is_astray(one)]
        until, pinned = freeze_on(view.territory), pinned_names(view) if strays else set()
        decided: dict[tuple[str, date], list[Visit]] = defaultdict(list)
        for one in strays:
            if one.on < until or name_of(one) in pinned:
                decided[one.staff, one.on].append(one)
        for (staff, on), visits in decided.items():
            for before, after in _around(view, visits, staff, on):
                yield from self._short(view, staff, on, before, after)

    def _short(self, view: PlanView, staff: str, on: date, before: Stop, after: Stop) -> Iterator[Breach]:
        gap = after.interval[0] - before.interval[1]
        short = view.territory.travel_minutes(before.site, after.site) - gap
        if short > 0:
            keys = (before.key, after.key)
            yield Breach(self.name, "travel", staff, on, short, fact=" > ".join(keys), items=keys)


def _meetings(view: PlanView, staff: str, on: date) -> list[Stop]:
    today = view.horizon.day(on)
    return [
        Stop(one.interval, one.id, one.site, is_meeting=True)
        for one in view.territory.meetings[staff]
        if one.site and touches(one.interval, today)
    ]


def _in_turn(activities: list[Activity], meetings: list[Stop]) -> Iterator[tuple[Stop, Stop]]:
    """Two presences after each other, each for its whole opening, with no meeting elsewhere between them."""
    presences = sorted(Stop(one.interval, one.key, one.site) for one in activities)
    for before, after in pairwise(presences):
        if not _is_met_between(before, after, meetings):
            yield before, after


def _is_met_between(before: Stop, after: Stop, meetings: list[Stop]) -> bool:
    end, start = before.interval[1], after.interval[0]
    return any(end <= one.interval[0] and one.interval[1] <= start for one in meetings)


def _beside(view: PlanView, activities: list[Activity], meetings: list[Stop]) -> Iterator[tuple[Stop, Stop]]:
    """A meeting and what comes just before or after it elsewhere: of an office half-day an interview."""
    if not meetings:
        return
    stops = [stop for one in activities for stop in _parts(view, one)]
    for before, after in pairwise(sorted((*stops, *meetings))):
        if before.is_meeting != after.is_meeting and before.site != after.site:
            yield before, after


def _parts(view: PlanView, activity: Activity) -> Iterator[Stop]:
    """The interviews of an office half-day; of anything else, and of one without any, the whole."""
    visits = view.visits_of.get(activity.key, ()) if activity.kind == "office" else ()
    for one in visits or (activity,):
        yield Stop(one.interval, activity.key, activity.site)


def _is_astray(visit: Visit) -> bool:
    """Whether an interview has a site, and no presence of its person whose hours it keeps."""
    holder = visit.presence
    return visit.site is not None and (holder is None or not contains(holder.interval, visit.interval))


def _around(view: PlanView, strays: list[Visit], staff: str, on: date) -> Iterator[tuple[Stop, Stop]]:
    """Interviews whose hours nothing holds, each with all else of the day that is elsewhere or a session, in order
    of time, where no meeting lies between the two. What is of an office stands beside meetings with it already."""
    activities, meetings = view.by_day.get((staff, on), ()), _meetings(view, staff, on)
    own = [Stop(one.interval, one.key, one.site or "") for one in strays]
    sessions = {one.key for one in activities if one.kind == "session"}
    beside = [Stop(one.interval, one.key, one.site) for one in activities]
    for number, (visit, stray) in enumerate(zip(strays, own, strict=True)):
        for other in (*own[number + 1 :], *beside, *(() if visit.presence else meetings)):
            before, after = sorted((stray, other))
            apart = stray.site != other.site or other.key in sessions
            if apart and not _is_met_between(before, after, meetings):
                yield before, after
