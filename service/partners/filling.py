"""How full each site's permanences are, month by month, and where places become scarce. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from db.records.orientation import Demand, PlaceHost
from db.records.place import TakenPlace
from db.records.site import Site
from service.translate.slots import opening_of, slot_starts

WEEKS_AHEAD, WEEKS_BEFORE = 4, 8
"""Scarcity weighs the places of the weeks to come against what was asked in the weeks before."""


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """Places of a site's permanences in a month, those taken, and by partners among them."""

    site: str
    month_on: date
    places: int
    taken: int
    by_partners: int

    @property
    def share(self) -> float:
        return self.taken / self.places if self.places else 0.0


class Scarcity(msgspec.Struct, frozen=True, kw_only=True):
    """Free places of the coming weeks against the demand that is usual for as many weeks, less who has an hour there already."""

    site: str
    free: int
    usual: float
    placed: int = 0

    @property
    def is_scarce(self) -> bool:
        return self.usual > 0 and (self.free == 0 or self.free < self.usual - self.placed)


def places_in(host: PlaceHost, site: Site) -> int:
    """Slots times those who can be met at once."""
    opening = opening_of(site, host.held_on, host.half_day)
    slots = slot_starts(opening, host.starts_at, host.ends_at)
    return len(slots) * min(len(host.staff), site.interview_places)


def fillings(
    hosts: Iterable[PlaceHost], taken: Iterable[TakenPlace], sites: Mapping[str, Site]
) -> list[Filling]:
    """By site and month; holds that may still be given back count for nothing."""
    places: Counter[tuple[str, date]] = Counter()
    where: dict[UUID, tuple[str, date]] = {}
    for host in hosts:
        if host.kind == "permanence" and host.site in sites:
            where[host.id] = (host.site, host.held_on.replace(day=1))
            places[where[host.id]] += places_in(host, sites[host.site])
    counts: Counter[tuple[str, date]] = Counter()
    partners: Counter[tuple[str, date]] = Counter()
    for one in taken:
        if one.host_id in where and one.state != "held":
            counts[where[one.host_id]] += 1
            partners[where[one.host_id]] += one.state == "booked"
    return [
        Filling(
            site=site,
            month_on=month,
            places=count,
            taken=counts[site, month],
            by_partners=partners[site, month],
        )
        for (site, month), count in sorted(places.items())
    ]


def placed(hosts: Iterable[PlaceHost], taken: Iterable[TakenPlace]) -> dict[str, int]:
    """Orientations that have an hour in these half-days, by site; seats of promotions are no hours."""
    sites = {host.id: host.site for host in hosts}
    booked = {
        (sites[one.host_id], one.orientation_id or one.id)
        for one in taken
        if one.host_id in sites and one.state == "booked"
    }
    return Counter(site for site, _ in booked)


def scarcity(
    free: Mapping[str, int], placed: Mapping[str, int], demand: Iterable[Demand], this_monday: date
) -> list[Scarcity]:
    """Of each site that partners asked for in the weeks before; demand is counted by the week of the appointment."""
    asked: dict[str, int] = defaultdict(int)
    for one in demand:
        if one.week_on < this_monday:
            asked[one.site] += one.asked_count
    return [
        Scarcity(
            site=site,
            free=free.get(site, 0),
            usual=count * WEEKS_AHEAD / WEEKS_BEFORE,
            placed=placed.get(site, 0),
        )
        for site, count in sorted(asked.items())
    ]
