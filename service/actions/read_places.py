"""The places opened to a partner in some weeks, all read at one instant."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.queries.place_hosts import HostsWanted, place_hosts, staff_claims, standing_places
from db.records.cadence import Promotion
from db.records.partner import Partner
from db.records.territory import Territory
from db.transaction import snapshot
from service.actions.read_groups import read_groups
from service.partners.holder import Holder
from service.partners.opened import PartnerFacts, partner_facts
from service.partners.places import Gathered, Offer, OfferedPlace
from service.partners.seats import Group, Seats, open_promotions
from service.partners.settings import partner_settings


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Which places: between two dates, both included, at some of the partner's sites; or of some hosts only."""

    from_on: date
    until_on: date
    sites: tuple[str, ...] = ()
    host_ids: tuple[UUID, ...] = ()


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """What one partner finds: places in half-days, then seats in promotions."""

    facts: PartnerFacts
    partner: Partner
    places: tuple[OfferedPlace, ...]
    seats: tuple[OfferedPlace, ...] = ()

    def at(self, host_id: UUID, slot: int) -> tuple[OfferedPlace, ...]:
        """The partner's own places of a slot and what is left of it; empty when nothing is opened there."""
        return tuple(one for one in (*self.places, *self.seats) if (one.host_id, one.slot) == (host_id, slot))


def weeks_ahead(territory: Territory, now: datetime, first_on: date | None = None) -> Window:
    """From a date, or today, for as many weeks as the territory shows."""
    today = territory.day_of(now)
    start = max(first_on or today, today)
    return Window(from_on=start, until_on=start + timedelta(weeks=partner_settings(territory).weeks_ahead))


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the database knew at one instant of the places opened to a partner, whoever of it looks."""

    gathered: Gathered
    groups: tuple[Group, ...] = ()

    def places(self, now: datetime) -> tuple[OfferedPlace, ...]:
        """As nobody in particular sees them."""
        return Offer(self.gathered, None, now).places()

    def shelf(self, holder: Holder, now: datetime) -> Shelf:
        """As one holder sees it."""
        return Shelf(
            facts=self.gathered.facts,
            partner=self.gathered.partner,
            places=Offer(self.gathered, holder.id, now).places(),
            seats=Seats(self.gathered, holder.id, now).seats(self.groups),
        )


async def read_places(territory: Territory, holder: Holder, window: Window, now: datetime) -> Shelf:
    """Raises `NotFound` when there is no such partner."""
    return (await gather(territory, holder.partner, window, now)).shelf(holder, now)


async def gather(territory: Territory, partner_code: str, window: Window, now: datetime) -> Read:
    """Raises `NotFound` when there is no such partner."""
    facts = await partner_facts(territory)
    partner = facts.partner(partner_code)
    opened = facts.opened_to(partner)
    sites = tuple(site for site in opened if not window.sites or site in window.sites)
    wanted = HostsWanted(sites=sites, from_on=window.from_on, until_on=window.until_on, ids=window.host_ids)
    async with snapshot():
        hosts = await place_hosts(territory.id, wanted)
        people = sorted({staff for host in hosts for staff in host.staff})
        claims = await staff_claims(territory.id, people, *_hours(territory, window)) if people else ()
        opened_groups = [
            one
            for one in open_promotions(facts, partner, sites)
            if not window.host_ids or one.id in window.host_ids
        ]
        groups = await read_groups(territory, opened_groups)
        ids = [*(host.id for host in hosts), *_ids(opened_groups)]
        taken = await standing_places(ids, now=now) if ids else ()
    gathered = Gathered(facts=facts, partner=partner, hosts=hosts, claims=claims, taken=taken)
    return Read(gathered=gathered, groups=groups)


def _ids(groups: Iterable[Promotion]) -> list[UUID]:
    return [one.id for one in groups if one.id is not None]


def _hours(territory: Territory, window: Window) -> tuple[datetime, datetime]:
    zone = ZoneInfo(territory.zone)
    return (
        datetime.combine(window.from_on, time(), zone),
        datetime.combine(window.until_on + timedelta(days=1), time(), zone),
    )
