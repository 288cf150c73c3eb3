"""What happens after a month was made: it is published, someone is absent, a site closes, a need is urgent."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from planner.generate.chances import instant, opening_on, slot_starts
from planner.plan import Plan
from planner.problem import Absence, Booked, Closure, Interview, Problem
from planner.records import HalfDay


def with_published(problem: Problem, plan: Plan, today_on: date, *, bookings: int = 0) -> Problem:
    """The same month with `plan` published, seen on `today_on`, and up to `bookings` more of partners."""
    bare = msgspec.structs.replace(plan, unplaced=(), levels=(), overruled=(), problem_sha256="")
    added = [one for one, _ in zip(_free_bookings(problem, plan), range(bookings), strict=False)]
    return msgspec.structs.replace(
        problem, published=bare, today_on=today_on, booked=(*problem.booked, *added)
    )


def _free_bookings(problem: Problem, plan: Plan) -> Iterator[Booked]:
    """The last slot of each published permanence that keeps places for partners, nobody booked there."""
    cadences = {cadence.id: cadence for cadence in problem.cadences}
    sites = {site.id: site for site in problem.sites}
    taken = {(one.cadence, one.on, one.half_day) for one in problem.booked}
    for one in plan.permanences:
        cadence = cadences[one.cadence]
        opening = opening_on(sites[cadence.site], one.on, one.half_day)
        if opening and cadence.partner_places and (one.cadence, one.on, one.half_day) not in taken:
            last = len(slot_starts(opening)) - 1
            yield Booked(cadence=one.cadence, on=one.on, half_day=one.half_day, slot=max(0, last))


def with_absence(problem: Problem, staff: str, on: date, half_day: HalfDay | None = None) -> Problem:
    """`staff` is absent on that date, all day or one half-day."""
    hours = {"am": ("00:00", "13:00"), "pm": ("13:00", "23:59"), None: ("00:00", "23:59")}[half_day]
    absence = Absence(
        id=f"imprévu-{on.isoformat()}-{half_day or 'jour'}",
        starts_at=instant(problem.zone, on, hours[0]),
        ends_at=instant(problem.zone, on, hours[1]),
    )
    team = tuple(
        msgspec.structs.replace(one, absences=(*one.absences, absence)) if one.id == staff else one
        for one in problem.staff
    )
    return msgspec.structs.replace(problem, staff=team)


def with_closure(
    problem: Problem, site: str, on: date, until_on: date | None = None, half_day: HalfDay | None = None
) -> Problem:
    """`site` closes from `on` to `until_on` (that day only by default), both included."""
    closure = Closure(id=f"imprévue-{on.isoformat()}", from_on=on, until_on=until_on or on, half_day=half_day)
    sites = tuple(
        msgspec.structs.replace(one, closures=(*one.closures, closure)) if one.id == site else one
        for one in problem.sites
    )
    return msgspec.structs.replace(problem, sites=sites)


def with_urgent_interview(problem: Problem, *, days: int = 7, site: str | None = None) -> Problem:
    """One more urgent diagnostic within `days` of `today_on`, at one site or at any."""
    from_on = max(problem.today_on or problem.first_on, problem.first_on)
    need = Interview(
        id=f"urgence-{len(problem.interviews) + 1}",
        kind="diagnostic",
        priority="urgent",
        from_on=from_on,
        until_on=from_on + timedelta(days=days - 1),
        sites=(site,) if site else tuple(one.id for one in problem.sites),
    )
    return msgspec.structs.replace(problem, interviews=(*problem.interviews, need))
