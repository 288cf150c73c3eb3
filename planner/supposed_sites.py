"""Sites under changed facts: opened, closed, at other hours, with more places."""

from datetime import date, timedelta

import msgspec

from planner.fact_changes import MorePlaces, SiteCloses, SiteHours, SiteOpens
from planner.problem import Cadence, Closure, Opening, Problem, Site
from planner.records import HalfDay
from planner.replaced import UnknownFactError, replaced

HOURS: dict[HalfDay, tuple[str, str]] = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}


def opens(problem: Problem, change: SiteOpens) -> Problem:
    if (change.weekday is None) == (change.on is None):
        raise UnknownFactError(f"{change.site}: a weekday or a date")
    site = site_of(problem, change.site)
    opened = _opened(site, change)
    closures = site.closures
    if change.on is not None:
        closures = tuple(rest for one in closures for rest in _reopened(one, change.on, change.half_day))
    site = msgspec.structs.replace(site, openings=(*site.openings, *opened), closures=closures)
    return msgspec.structs.replace(problem, sites=replaced(problem.sites, site.id, lambda _: site))


def _opened(site: Site, change: SiteOpens) -> list[Opening]:
    """The opening to add: none where one is valid already."""
    weekday = change.weekday or (change.on.isoweekday() if change.on else 1)
    same = [one for one in site.openings if one.half_day == change.half_day]
    if any(_is_in_force(one, weekday, change.on) for one in same):
        return []
    start, end = HOURS[change.half_day]
    model = (
        same[0] if same else Opening(weekday=weekday, half_day=change.half_day, from_hour=start, to_hour=end)
    )
    return [
        msgspec.structs.replace(
            model,
            weekday=weekday,
            from_hour=change.from_hour or model.from_hour,
            to_hour=change.to_hour or model.to_hour,
            from_on=change.on,
            until_on=change.on,
        )
    ]


def _is_in_force(one: Opening, weekday: int, on: date | None) -> bool:
    if one.weekday != weekday:
        return False
    return on is None or ((one.from_on or on) <= on <= (one.until_on or on))


def _reopened(closure: Closure, on: date, half_day: HalfDay) -> list[Closure]:
    """A closure without one half-day: the days before and after, and the other half of the day."""
    if not closure.from_on <= on <= closure.until_on or closure.half_day not in (None, half_day):
        return [closure]
    day = timedelta(days=1)
    other: HalfDay = "pm" if half_day == "am" else "am"
    pieces = [
        (closure.from_on, on - day, closure.half_day),
        (on, on if closure.half_day is None else on - day, other),
        (on + day, closure.until_on, closure.half_day),
    ]
    return [
        Closure(id=f"{closure.id} {rank}", from_on=start, until_on=end, half_day=half)
        for rank, (start, end, half) in enumerate(pieces)
        if start <= end
    ]


def keeps_hours(problem: Problem, change: SiteHours) -> Problem:
    """The openings of that weekday's half-day at these hours. Raises `UnknownFactError` where there is none."""
    site = site_of(problem, change.site)
    alike = (change.weekday, change.half_day)
    if alike not in {(one.weekday, one.half_day) for one in site.openings}:
        raise UnknownFactError(f"{change.site}: no opening on weekday {change.weekday} {change.half_day}")
    hours = {"from_hour": change.from_hour, "to_hour": change.to_hour}
    openings = tuple(
        msgspec.structs.replace(one, **hours) if (one.weekday, one.half_day) == alike else one
        for one in site.openings
    )
    after = msgspec.structs.replace(site, openings=openings)
    return msgspec.structs.replace(problem, sites=replaced(problem.sites, site.id, lambda _: after))


def closes(problem: Problem, change: SiteCloses) -> Problem:
    closure = Closure(
        id=f"si {change.from_on}", from_on=change.from_on, until_on=change.until_on, half_day=change.half_day
    )
    return msgspec.structs.replace(
        problem,
        sites=replaced(
            problem.sites,
            change.site,
            lambda one: msgspec.structs.replace(one, closures=(*one.closures, closure)),
        ),
    )


def more_places(problem: Problem, change: MorePlaces) -> Problem:
    if change.cadence is not None:

        def fewer(one: Cadence) -> Cadence:
            return msgspec.structs.replace(one, partner_places=max(0, one.partner_places - change.places))

        return msgspec.structs.replace(problem, cadences=replaced(problem.cadences, change.cadence, fewer))

    def more(one: Site) -> Site:
        return msgspec.structs.replace(one, interview_places=one.interview_places + change.places)

    return msgspec.structs.replace(problem, sites=replaced(problem.sites, change.site, more))


def site_of(problem: Problem, name: str) -> Site:
    for site in problem.sites:
        if site.id == name:
            return site
    raise UnknownFactError(name)
