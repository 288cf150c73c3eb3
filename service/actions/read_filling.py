"""What the coordination sees of places: filling over the months, demand and scarcity of the weeks to come."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db.queries.partner_demand import demand_of
from db.queries.place_hosts import HostsWanted, place_hosts, standing_places
from db.records.orientation import Demand
from db.records.territory import Territory
from db.transaction import snapshot
from service.partners.filling import (
    WEEKS_AHEAD,
    WEEKS_BEFORE,
    Filling,
    Scarcity,
    fillings,
    places_in,
    scarcity,
)
from service.partners.opened import PartnerFacts, partner_facts


class PartnerFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Filling by site and month, scarcity by site, demand by week."""

    facts: PartnerFacts
    fillings: tuple[Filling, ...]
    scarcity: tuple[Scarcity, ...]
    demand: tuple[Demand, ...]


async def read_figures(territory: Territory, now: datetime, *, months: int = 6) -> PartnerFigures:
    """From some months ago to the end of the next month."""
    facts = await partner_facts(territory)
    today = now.astimezone(ZoneInfo(territory.zone)).date()
    first_on = _months_before(today, months - 2)
    wanted = HostsWanted(
        sites=tuple(facts.sites), from_on=first_on, until_on=_months_before(today, -2) - timedelta(days=1)
    )
    async with snapshot():
        hosts = await place_hosts(territory.id, wanted)
        taken = await standing_places([one.id for one in hosts], now=now)
        monday = today - timedelta(days=today.weekday())
        demand = await demand_of(territory.id, monday - timedelta(weeks=WEEKS_BEFORE), today)
    until = today + timedelta(weeks=WEEKS_AHEAD)
    ahead = [one for one in hosts if one.kind == "permanence" and today < one.held_on <= until]
    ids = {one.id: one.site for one in ahead}
    free = dict.fromkeys(facts.sites, 0)
    for host in ahead:
        free[host.site] += places_in(host, facts.sites[host.site])
    for place in taken:
        if place.host_id in ids:
            free[ids[place.host_id]] -= 1
    return PartnerFigures(
        facts=facts,
        fillings=tuple(fillings(hosts, taken, facts.sites)),
        scarcity=tuple(scarcity(free, demand)),
        demand=demand,
    )


def _months_before(on: date, count: int) -> date:
    """The first day of the month so many months before; after it when negative."""
    whole = on.year * 12 + on.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)
