"""Faults of sites and of the travel table."""

from collections.abc import Iterator, Sequence
from datetime import date

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
    yield from _meeting(site.openings, path)


def _meeting(openings: Sequence[Opening], path: str) -> Iterator[Fault]:
    """A fault for each opening that begins, in its weekday and half-day, while another one is valid."""
    spans = sorted((one.weekday, one.half_day, *_days(one), index) for index, one in enumerate(openings))
    held: dict[tuple[int, str], tuple[int, int]] = {}
    for weekday, half_day, first, last, index in spans:
        until, holder = held.get((weekday, half_day), (0, -1))
        if first <= min(until, last):
            earlier, later = sorted((holder, index))
            yield Fault(
                f"{path}.openings[{later}]",
                f"{path}.openings[{earlier}] is valid on the same dates for weekday {weekday} {half_day}",
            )
        if first <= last:
            held[weekday, half_day] = max((until, holder), (last, index))


def _days(opening: Opening) -> tuple[int, int]:
    """The first date of its weekday on which an opening may be valid, and the last on which it is."""
    first, last = opening.from_on or date.min, opening.until_on or date.max
    return first.toordinal() + (opening.weekday - first.isoweekday()) % 7, last.toordinal()
