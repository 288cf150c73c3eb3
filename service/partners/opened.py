"""The facts that places rest on, kept in memory while the territory's revision says they are right."""

from collections import OrderedDict
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from db.queries.facts import all_facts
from db.records.cadence import Promotion
from db.records.partner import Partner, PartnerSite
from db.records.site import Closure, Site
from db.records.territory import Territory
from db.transaction import snapshot
from service.errors import NotFound

MOST_KEPT = 128
_kept: OrderedDict[UUID, tuple[int, "PartnerFacts"]] = OrderedDict()


class PartnerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Partners, sites, closures and promotions of one territory, by code."""

    territory: Territory
    partners: dict[str, Partner]
    sites: dict[str, Site]
    closures: dict[str, list[Closure]]
    promotions: dict[str, Promotion]

    def partner(self, code: str | None) -> Partner:
        """One that is not archived. Raises `NotFound`."""
        found = self.partners.get(code or "")
        if found is None or found.archived_at is not None:
            raise NotFound("Ce partenaire n’est pas, ou n’est plus, ouvert ici. Appelez la coordination.")
        return found

    def opened_to(self, partner: Partner) -> dict[str, PartnerSite]:
        """What is opened to it, archived sites left out."""
        return {
            one.site: one
            for one in partner.sites
            if one.site in self.sites and self.sites[one.site].archived_at is None
        }


async def partner_facts(territory: Territory) -> PartnerFacts:
    """Of a territory that was just read."""
    known = _kept.get(territory.id)
    if known is None or known[0] != territory.facts_revision:
        known = (territory.facts_revision, await _read(territory))
        _kept[territory.id] = known
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(territory.id)
    return known[1]


async def _read(territory: Territory) -> PartnerFacts:
    async with snapshot():
        partners = await all_facts(territory.id, Partner)
        sites = await all_facts(territory.id, Site)
        found = await all_facts(territory.id, Closure)
        promotions = await all_facts(territory.id, Promotion)
    closures: dict[str, list[Closure]] = {}
    for one in found:
        closures.setdefault(one.site, []).append(one)
    return PartnerFacts(
        territory=territory,
        partners={one.code: one for one in partners},
        sites={one.code: one for one in sites},
        closures=closures,
        promotions={one.code: one for one in promotions},
    )


def is_opened_on(opened: PartnerSite, on: date) -> bool:
    return (opened.from_on is None or opened.from_on <= on) and (
        opened.until_on is None or on <= opened.until_on
    )


def bookable_until(partner: Partner, opened: PartnerSite, starts_at: datetime) -> datetime:
    """The last instant at which a place that starts then can be booked: its lead time before."""
    lead = partner.lead_hours if opened.lead_hours is None else opened.lead_hours
    return starts_at - timedelta(hours=lead)


def changeable_until(partner: Partner, opened: PartnerSite | None, starts_at: datetime) -> datetime:
    """The last instant at which the partner itself can move or cancel: its cut-off before; later it calls."""
    own = opened.cut_off_hours if opened else None
    return starts_at - timedelta(hours=partner.cut_off_hours if own is None else own)
