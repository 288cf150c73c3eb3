"""Rule `site_open`: people go where somebody opens the door."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import Activity, PlanView
from planner.territory import Territory


class SiteOpen:
    """A presence lies in a half-day that the site opens, on no closure, on a public holiday only
    where the site says so; a session starts `offset_minutes` after the opening, lasts its own
    minutes within it, or runs from the morning's start to the afternoon's end.

    Why: sites have their own rounds, meals and counts.
    """

    name = "site_open"
    codes: tuple[str, ...] = ("no_opening", "closed", "holiday", "session_hours")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per activity, half-day and reason; each interview of an office half-day for itself."""
        for activity in view.activities:
            yield from self._shut(view.territory, activity.about, activity, activity.key)
        for activity in view.sessions:
            if not _keeps_hours(view.territory, activity):
                yield Breach(
                    self.name,
                    "session_hours",
                    activity.about,
                    activity.on,
                    site=activity.site,
                    items=(activity.key,),
                )
        for visit in view.visits:
            if visit.presence is not None and visit.presence.kind == "office":
                yield from self._shut(view.territory, visit.key, visit.presence, visit.key)

    def _shut(self, territory: Territory, about: str, activity: Activity, key: str) -> Iterator[Breach]:
        for half_day in activity.half_days:
            for code, fact in territory.shut_by(activity.site, activity.on, half_day):
                yield Breach(
                    self.name,
                    code,
                    about,
                    activity.on,
                    half_day=half_day,
                    site=activity.site,
                    fact=fact,
                    items=(key,),
                )


def _keeps_hours(territory: Territory, session: Activity) -> bool:
    """Whether a session keeps the hours that openings and its length give it; without, nothing to keep."""
    work = session.sequence or session.cadence
    if work is None:
        return True
    first = territory.opening(session.site, session.on, session.half_days[0])
    last = territory.opening(session.site, session.on, session.half_days[-1])
    if first is None or last is None:
        return True
    if work.length == "day":
        return session.interval == (first.start, last.end)
    start = first.start + work.offset_minutes
    return session.interval == (start, start + work.duration_minutes) and session.interval[1] <= first.end
