"""Places that partners hold or booked at hours that a site no longer opens, of permanences that a draft keeps."""

from collections import Counter

from planner.plan import Plan
from planner.problem import Booked, Problem, Site
from service.catalogue import counted, text
from service.french_text import day_date, half_day
from service.pages.board.presence import opening, slot_count


def late_bookings(draft: Plan, now: Problem) -> tuple[str, ...]:
    """One sentence a permanence, from today on. `now`: the facts of this moment, bookings included."""
    sites = {site.id: site for site in now.sites}
    homes = {cadence.id: sites[cadence.site] for cadence in now.cadences}
    kept = {(one.cadence, one.on, one.half_day) for one in draft.permanences}
    late = [
        one
        for one in now.booked
        if _host(one) in kept
        and one.on >= (now.today_on or now.first_on)
        and not _has_slot(homes[one.cadence], one)
    ]
    counts, first = Counter(map(_host, late)), {_host(one): one for one in late}
    return tuple(
        text(
            "{where}, {when} : {places}. Convenez d’une autre heure avec le partenaire.",
            where=homes[first[host].cadence].name,
            when=f"{day_date(first[host].on)}, {half_day(first[host].half_day)}",
            places=counted(
                "{n} place tenue par un partenaire est à une heure que le lieu n’ouvre plus",
                "{n} places tenues par des partenaires sont à des heures que le lieu n’ouvre plus",
                count,
            ),
        )
        for host, count in counts.items()
    )


def _has_slot(site: Site, one: Booked) -> bool:
    hours = opening(site, one.on, one.half_day)
    return hours is not None and one.slot < slot_count(hours)


def _host(one: Booked) -> tuple[object, ...]:
    return one.cadence, one.on, one.half_day
