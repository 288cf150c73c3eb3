"""Faults of sites and of the travel table."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.checks.fault import Fault, backwards, empty_hours, repeated, unknown
from planner.problem import Opening, Problem, Site

PM = "13:00"


def site_faults(problem: Problem) -> Iterator[Fault]:
    """Ids, rooms, openings, closures; travel between known sites, each direction once."""
    yield from repeated("sites", (site.id for site in problem.sites))
    for index, site in enumerate(problem.sites):
        path = f"sites[{index}]"
        yield from repeated(f"{path}.rooms", (room.id for room in site.rooms))
        yield from repeated(f"{path}.closures", (closure.id for closure in site.closures))
        for number, closure in enumerate(site.closures):
            yield from backwards(f"{path}.closures[{number}]", closure.from_on, closure.until_on)
        yield from _openings(site, path)
    sites = {site.id for site in problem.sites}
    for index, leg in enumerate(problem.travel):
        yield from unknown(f"travel[{index}].from", "site", leg.from_site, sites)
        yield from unknown(f"travel[{index}].to", "site", leg.to_site, sites)
    yield from repeated("travel", ((leg.from_site, leg.to_site) for leg in problem.travel), "")


def _openings(site: Site, path: str) -> Iterator[Fault]:
    for index, opening in enumerate(site.openings):
        where = f"{path}.openings[{index}]"
        yield from empty_hours(where, opening.from_hour, opening.to_hour)
        yield from backwards(where, opening.from_on, opening.until_on)
        if opening.half_day == "am" and opening.from_hour >= PM:
            yield Fault(f"{where}.from", f"{opening.from_hour} is not in the morning, which ends at {PM}")
        if opening.half_day == "pm" and opening.to_hour <= PM:
            yield Fault(f"{where}.to", f"{opening.to_hour} is not in the afternoon, which starts at {PM}")
        for earlier in range(index):
            if _meet(site.openings[earlier], opening):
                yield Fault(
                    where,
                    f"{path}.openings[{earlier}] is valid on the same dates"
                    f" for weekday {opening.weekday} {opening.half_day}",
                )


def _meet(one: Opening, other: Opening) -> bool:
    """Whether two openings are valid on one date of their weekday, in one half-day."""
    if (one.weekday, one.half_day) != (other.weekday, other.half_day):
        return False
    first = max(one.from_on or date.min, other.from_on or date.min)
    last = min(one.until_on or date.max, other.until_on or date.max)
    wait = (one.weekday - first.isoweekday()) % 7
    return first <= last and (last - first) >= timedelta(days=wait)
