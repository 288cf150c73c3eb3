"""Sites, closures, travel and partners of a facts file, as records."""

from db.records.partner import Partner, PartnerSite
from db.records.site import Closure, Opening, Room, Site, Travel
from service.facts_file.dated import DatedFacts
from service.facts_file.lines import read_opening, read_travel
from service.facts_file.schema import PartnerEntry, SiteEntry


def site_record(site: SiteEntry, position: int) -> Site:
    return Site(
        code=site.code,
        name=site.name,
        short_name=site.short,
        kind=site.kind,
        neutral_name=site.neutral_name,
        address=site.address,
        directions=site.directions,
        contact_email=site.contact_email,
        phone=site.telephone or None,
        holds_detained=site.detained,
        phones_outside=site.phones_outside,
        of_partner=site.partner_premises,
        demands_accreditation=site.demands_accreditation,
        asks_access_list=site.access_list,
        access_notice_days=site.access_notice_days,
        far=site.far,
        interview_places=site.interview_places,
        position=position,
        rooms=tuple(Room(code=room.code, name=room.name, seats=room.seats) for room in site.rooms),
        openings=tuple(
            Opening(
                weekday=opening.weekday,
                half_day=opening.half_day,
                from_hour=opening.from_hour,
                to_hour=opening.to_hour,
                slot_minutes=opening.slot_minutes,
                buffer_minutes=opening.buffer_minutes,
            )
            for line in site.openings
            for opening in read_opening(line)
        ),
    )


def closure_records(dated: DatedFacts) -> tuple[Closure, ...]:
    """Closures are dated facts: their codes carry the month."""
    found = []
    for site in dated.facts.sites:
        for closure in site.closures:
            entry = f"sites {site.code!r}, closure {closure.code!r}"
            from_on, until_on = dated.period(entry, closure.from_on, closure.until_on)
            found.append(
                Closure(
                    code=dated.code(f"{site.code}-{closure.code}"),
                    site=site.code,
                    from_on=from_on,
                    until_on=until_on,
                    half_day=closure.half_day,
                    reason=closure.reason or None,
                    said_by=closure.said_by or None,
                )
            )
    return tuple(found)


def partner_record(partner: PartnerEntry) -> Partner:
    return Partner(
        code=partner.code,
        name=partner.name,
        kind=partner.kind,
        email=partner.email,
        phone=partner.telephone,
        lead_hours=partner.lead_hours,
        convention={"learns": partner.learns},
        sites=tuple(PartnerSite(site=site) for site in sorted(partner.sites)),
    )


def travel_records(dated: DatedFacts) -> tuple[Travel, ...]:
    lines = [read_travel(line) for line in dated.facts.travel]
    return tuple(
        Travel(from_site=line.from_site, to_site=line.to_site, minutes=line.minutes) for line in lines
    )
