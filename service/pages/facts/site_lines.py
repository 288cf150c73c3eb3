"""Sites as their page shows them: cadences with their next dates, closures, who may enter."""

from datetime import date

import msgspec

from db.records.cadence import Cadence, CadenceException
from db.records.facts import Facts
from db.records.site import Site
from service.catalogue import counted, text
from service.french_text import half_day, initials, listed, plain_date, short_period, weekday_named
from service.pages.board.labels import KIND_WORDS
from service.pages.facts.accreditation_form import is_valid
from service.pages.facts.coming_dates import coming_dates, is_exact
from service.pages.facts.dated import Dated
from service.pages.facts.rhythms import LENGTHS, cadence_words
from service.promotion_names import promotion_names


class CadenceLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    words: str
    dates: tuple[str, ...]
    exact: bool
    """The dates are those of the cadence; else days among which the plan chooses."""
    usual: str
    form: str
    """The end of the address of its form."""
    exceptions: tuple[str, ...] = ()


class SiteLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    kind: str
    openings: str
    access: str
    cadences: tuple[CadenceLine, ...]
    closures: tuple[Dated, ...]
    accredited: str
    """Who may enter today, and who could until lately."""
    accredited_count: int | None
    """How many may enter today where an authorisation is asked for."""


def sites(facts: Facts, today_on: date) -> tuple[SiteLine, ...]:
    ordered = sorted((one for one in facts.sites if one.archived_at is None), key=lambda one: one.position)
    return tuple(_site(facts, site, today_on) for site in ordered)


def _site(facts: Facts, site: Site, today_on: date) -> SiteLine:
    cadences = [one for one in facts.cadences if one.site == site.code and one.archived_at is None]
    coming = [one for one in facts.closures if one.site == site.code and one.until_on >= today_on]
    allowed, formerly = _who_may_enter(facts, site, today_on)
    return SiteLine(
        code=site.code,
        name=site.name,
        kind=text(KIND_WORDS.get(site.kind, site.kind)),
        openings=opening_words(site),
        access=counted(
            "liste d’accès, {n} jour avant", "liste d’accès, {n} jours avant", site.access_notice_days
        )
        if site.demands_accreditation
        else "",
        cadences=tuple(_cadence(facts, one, site, today_on) for one in cadences),
        closures=tuple(Dated(code=one.code, words=short_period(one.from_on, one.until_on)) for one in coming),
        accredited=text(" ; ").join(_entering_words(allowed, formerly)),
        accredited_count=len(allowed) if site.demands_accreditation else None,
    )


def _who_may_enter(facts: Facts, site: Site, today_on: date) -> tuple[list[str], list[str]]:
    """Initials of those whose authorisation holds today, and of those whose is over."""
    allowed, formerly = [], []
    for person in facts.staff:
        owned = [own for own in person.accreditations if own.site == site.code]
        if person.archived_at is None and any(is_valid(own, today_on) for own in owned):
            allowed.append(initials(person.code))
        elif person.archived_at is None and any((own.until_on or today_on) < today_on for own in owned):
            formerly.append(initials(person.code))
    return allowed, formerly


def _entering_words(allowed: list[str], formerly: list[str]) -> list[str]:
    valid = [text("Autorisation d’accès : {who}", who=listed(allowed))] if allowed else []
    return valid + ([text("finie pour {who}", who=listed(formerly))] if formerly else [])


def opening_words(site: Site) -> str:
    """lundi et mardi matin, jeudi après-midi."""
    by_half = {
        half: sorted({one.weekday for one in site.openings if one.half_day == half}) for half in ("am", "pm")
    }
    both = [day for day in by_half["am"] if day in by_half["pm"]]
    if both == [1, 2, 3, 4, 5]:
        return text("du lundi au vendredi, matin et après-midi")
    parts = []
    if both:
        parts.append(text("{days}, la journée", days=listed(weekday_named(day) for day in both)))
    for half, days in by_half.items():
        alone = [weekday_named(day) for day in days if day not in both]
        parts += [f"{listed(alone)} {half_day(half)}"] if alone else []
    return text(" ; ").join(parts) or text("jamais")


def _cadence(facts: Facts, cadence: Cadence, site: Site, today_on: date) -> CadenceLine:
    return CadenceLine(
        code=cadence.code,
        name=cadence.name,
        words=f"{cadence.name} : {cadence_words(cadence)}"
        if cadence.kind == "session"
        else _permanence_words(facts, cadence),
        dates=coming_dates(facts, cadence, site, today_on),
        exact=is_exact(cadence),
        usual=listed(initials(code) for code in cadence.usual_staff),
        form=f"fiche/{'ateliers' if cadence.kind == 'session' else 'cadences'}/{cadence.code}",
        exceptions=tuple(_exception(one) for one in cadence.exceptions if one.from_on >= today_on),
    )


def _permanence_words(facts: Facts, cadence: Cadence) -> str:
    """One that follows a promotion takes its dates from it."""
    if cadence.follows is None:
        return cadence_words(cadence)
    length = text(LENGTHS[cadence.length])
    name = promotion_names(facts.promotions).get(cadence.follows, cadence.follows)
    return text("les jours de séance de « {promotion} », {length}", promotion=name, length=length)


def _exception(one: CadenceException) -> str:
    if one.to_on is None:
        return text("Pas de permanence le {day}.", day=plain_date(one.from_on))
    return text("Celle du {day} a lieu le {other}.", day=plain_date(one.from_on), other=plain_date(one.to_on))
