"""What the coordination sees of places: filling over the months, demand and scarcity of the weeks to come."""

from collections import Counter
from datetime import date, datetime, timedelta

import msgspec

from db.queries.partner_demand import demand_of
from db.queries.place_hosts import HostsWanted, place_hosts, standing_places
from db.records.orientation import Demand
from db.records.territory import Territory
from db.transaction import snapshot
from service.actions.read_places import Window, gather
from service.partners.filling import (
    WEEKS_AHEAD,
    WEEKS_BEFORE,
    Filling,
    Scarcity,
    fillings,
    placed,
    scarcity,
)
from service.partners.opened import PartnerFacts, partner_facts


class PartnerFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Filling by site and month, scarcity by site, demand by week of the appointment: the last weeks and those to come."""

    facts: PartnerFacts
    fillings: tuple[Filling, ...]
    scarcity: tuple[Scarcity, ...]
    demand: tuple[Demand, ...]


async def read_figures(territory: Territory, now: datetime, *, months: int = 6) -> PartnerFigures:
    """From some months ago to the end of the next month."""
    facts = await partner_facts(territory)
    today = territory.day_of(now)
    first_on = _months_before(today, months - 2)
    wanted = HostsWanted(
        sites=tuple(facts.sites), from_on=first_on, until_on=_months_before(today, -2) - timedelta(days=1)
    )
    async with snapshot():
        hosts = await place_hosts(territory.id, wanted)
        taken = await standing_places([one.id for one in hosts], now=now)
        monday = today - timedelta(days=today.weekday())
        until = today + timedelta(weeks=WEEKS_AHEAD)
        demand = await demand_of(territory.id, monday - timedelta(weeks=WEEKS_BEFORE), until)
    coming = [one for one in hosts if today < one.held_on <= until]
    free = await _free_by_site(territory, facts, Window(from_on=today, until_on=until), now)
    return PartnerFigures(
        facts=facts,
        fillings=tuple(fillings(hosts, taken, facts.sites)),
        scarcity=tuple(scarcity(free, placed(coming, taken), demand, monday)),
        demand=demand,
    )


async def _free_by_site(
    territory: Territory, facts: PartnerFacts, window: Window, now: datetime
) -> dict[str, int]:
    """What the partner who finds most at a site finds there: permanences and offices alike."""
    free: dict[str, int] = {}
    for partner in facts.partners.values():
        if partner.archived_at is None:
            own: Counter[str] = Counter()
            for one in (await gather(territory, partner.code, window, now)).places(now):
                own[one.site] += one.free_count
            free |= {site: max(count, free.get(site, 0)) for site, count in own.items()}
    return free


def _months_before(on: date, count: int) -> date:
    """The first day of the month so many months before; after it when negative."""
    whole = on.year * 12 + on.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)
