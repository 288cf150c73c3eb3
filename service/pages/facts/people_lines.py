"""The team as its page shows it: usual week, absences, wishes, authorisations."""

from datetime import date, timedelta

import msgspec

from db.records.facts import Facts
from db.records.staff import Absence, Accreditation, StaffMember
from service.catalogue import text
from service.french_text import half_day, initials, listed, percent, plain_date
from service.pages.facts.absence_form import absence_words, local_days
from service.pages.facts.accreditation_form import present_question, renewal_question
from service.pages.facts.dated import Dated
from service.pages.facts.wish_lines import wish_lines

SOON = timedelta(days=60)
ABSENCE_WORDS = {"leave": "Congé", "training": "Formation", "unavailable": "Indisponible"}
PLACE_WORDS = {"field": "terrain", "office": "bureau", "remote": "télétravail"}


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """`pattern` is a row of mornings and a row of afternoons, Monday to Friday: place words or nothing."""

    code: str
    name: str
    job: str
    skills: str
    share: str
    pattern: tuple[tuple[str, tuple[str, ...]], ...]
    absences: tuple[Dated, ...]
    wishes: tuple[Dated, ...]
    held: tuple[Dated, ...]
    """Authorisations that are no worry; the code is the end of the address of their form."""
    endings: tuple[Dated, ...]
    """Authorisations near their end, or past it; the code is the end of the address of a renewal."""


def people(facts: Facts, today_on: date) -> tuple[PersonLine, ...]:
    ordered = sorted(
        (one for one in facts.staff if one.archived_at is None), key=lambda one: (one.position, one.name)
    )
    return tuple(_person(facts, person, today_on) for person in ordered)


def _person(facts: Facts, person: StaffMember, today_on: date) -> PersonLine:
    names = {site.code: site.short_name or site.name for site in facts.sites if site.archived_at is None}
    zone = facts.territory.zone
    mine = (one for one in facts.absences if one.staff == person.code)
    absences = [one for one in mine if local_days(one, zone)[1] >= today_on]
    owned = [own for own in person.accreditations if own.site in names]
    ending = [own for own in owned if own.until_on and own.until_on <= today_on + SOON]
    return PersonLine(
        code=person.code,
        name=initials(person.code) if len(person.code) <= 3 else person.name,
        job=person.job or "",
        skills=listed(person.skills),
        share=percent(person.etp_percent / 100),
        pattern=tuple(
            (half_day(half), tuple(_place(person, day, half) for day in range(1, 6))) for half in ("am", "pm")
        ),
        absences=tuple(_absence(one, zone) for one in sorted(absences, key=lambda one: one.starts_at)),
        wishes=wish_lines(facts, person.code, today_on),
        held=tuple(_held(person, own, names, today_on) for own in owned if own not in ending),
        endings=tuple(
            _ending(person, own, names, today_on)
            for own in sorted(ending, key=lambda own: own.until_on or today_on)
        ),
    )


def _absence(one: Absence, zone: str) -> Dated:
    """Congé, 7 déc. matin"""
    return Dated(code=one.code, words=f"{text(ABSENCE_WORDS[one.kind])}, {absence_words(one, zone)}")


def _held(person: StaffMember, own: Accreditation, names: dict[str, str], today_on: date) -> Dated:
    words = names[own.site]
    if own.from_on and own.from_on > today_on:
        words = text("{site} à partir du {day}", site=words, day=plain_date(own.from_on))
    elif own.until_on:
        words = text("{site} jusqu’au {day}", site=words, day=plain_date(own.until_on))
    return Dated(code=present_question(person.code, own), words=words)


def _ending(person: StaffMember, own: Accreditation, names: dict[str, str], today_on: date) -> Dated:
    over = own.until_on is not None and own.until_on < today_on
    words = text(
        "{site} : finie le {day}" if over else "{site} : jusqu’au {day}",
        site=names[own.site],
        day=plain_date(own.until_on or today_on),
    )
    asked = text(", renouvellement demandé le {day}", day=plain_date(own.asked_on)) if own.asked_on else ""
    return Dated(code=renewal_question(person.code, own), words=words + asked)


def _place(person: StaffMember, day: int, half: str) -> str:
    found = next((one for one in person.availability if one.weekday == day and one.half_day == half), None)
    return PLACE_WORDS[found.place] if found else ""
