"""When and where a place is, in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.catalogue import text
from service.french_text import clock, day_date
from service.partners.opened import PartnerFacts
from service.partners.places import OfferedPlace


def when(facts: PartnerFacts, one: OfferedPlace) -> str:
    """`Villejuif, vendredi 18 décembre à 10 h 40`; of a seat the promotion and when it begins."""
    site = site_name(facts, one.site)
    if one.promotion:
        name = facts.promotions[one.promotion].name
        if one.ends_at > one.starts_at:
            return text("{name}, {site}, à partir du {day}", name=name, site=site, day=day_date(one.held_on))
        return text("{name}, {site}, au plus tard le {day}", name=name, site=site, day=day_date(one.held_on))
    return text(
        "{site}, {day} à {hour}", site=site, day=day_date(one.held_on), hour=hour(facts, one.starts_at)
    )


def site_name(facts: PartnerFacts, code: str) -> str:
    site = facts.sites[code]
    return site.short_name or site.name


def hour(facts: PartnerFacts, at: datetime) -> str:
    return clock(at.astimezone(ZoneInfo(facts.territory.zone)).time(), padded=True)


def local_date(facts: PartnerFacts, at: datetime) -> date:
    return facts.territory.day_of(at)
