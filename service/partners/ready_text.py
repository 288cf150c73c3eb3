"""What an officer passes on after confirming: a text to paste, a slip to hand over. The slip says no word of justice."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from db.records.site import Site
from service.catalogue import text
from service.french_text import capital, clock, long_date
from service.partners.opened import PartnerFacts
from service.partners.settings import partner_settings

OF_JUSTICE = re.compile(
    r"justi|judici|juge\b|prison|pénit|penit|déten|deten|détenu|écrou|ecrou|semi-libert|maison d.arr|maison centrale"
    r"|\bspip\b|\bcpip\b|\bcsl\b|\bqsl\b|\bsas\b|\bpjj\b|probation|condamn|\bpeine|tribunal|libération|parloir"
    r"|autorisation de sortie|permission de sortir|insertion et de probation",
    re.IGNORECASE,
)
"""Words that tell what the person's situation is."""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """One rendez-vous in words. Empty fields are left out where it is shown."""

    day: str
    hour: str
    place: str
    address: str
    directions: str
    contact: str


def ready(facts: PartnerFacts, site_code: str, starts_at: datetime) -> Ready:
    """For the partner, with the site's usual name."""
    site, at = facts.sites[site_code], starts_at.astimezone(ZoneInfo(facts.territory.zone))
    return Ready(
        day=capital(long_date(at.date())),
        hour=clock(at.time(), padded=True),
        place=site.name,
        address=site.address,
        directions=site.directions,
        contact=_contact(facts),
    )


def for_the_person(facts: PartnerFacts, site_code: str, starts_at: datetime) -> Ready:
    """For the person's own pocket: what tells of justice is left out, the address remains."""
    site, shown = facts.sites[site_code], ready(facts, site_code, starts_at)
    return msgspec.structs.replace(
        shown,
        place=_neutral_name(site),
        address=neutral(site.address),
        directions=neutral(site.directions),
        contact=neutral(shown.contact),
    )


def neutral(words: str) -> str:
    """The parts, apart by commas or lines, that do not tell of justice."""
    parts = [part.strip() for part in re.split(r"[,\n]", words)]
    return ", ".join(part for part in parts if part and not OF_JUSTICE.search(part))


def _neutral_name(site: Site) -> str:
    names = (site.neutral_name or "", site.name, site.short_name)
    return next((name for name in names if name and not OF_JUSTICE.search(name)), "")


def _contact(facts: PartnerFacts) -> str:
    settings = partner_settings(facts.territory)
    return " · ".join(
        part for part in (settings.contact_name, settings.contact_phone, settings.contact_email) if part
    )


def ready_text(words: Ready) -> str:
    """Lines to paste into the partner's own tool."""
    lines = [
        text("Rendez-vous confirmé : {day} à {hour}", day=words.day.lower(), hour=words.hour),
        text("Lieu : {place}", place=words.place),
        text("Adresse : {address}", address=words.address) if words.address else "",
        text("Pour venir : {directions}", directions=words.directions) if words.directions else "",
        text("À appeler en cas d’empêchement : {contact}", contact=words.contact) if words.contact else "",
    ]
    return "\n".join(line for line in lines if line)
