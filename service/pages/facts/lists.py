"""What the pages of facts show: sites with their cadences, people, promotions, participants, partners."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db.records.cadence import Cadence, CadenceException, Promotion, Sequence
from db.records.facts import Facts
from db.records.site import Site
from db.records.staff import Absence, Accreditation, StaffMember
from service.catalogue import counted, text
from service.french_text import half_day, initials, listed, percent, plain_date, short_period, weekday_named
from service.pages.board.labels import KIND_WORDS
from service.pages.facts.dated import Dated, days_off
from service.pages.facts.rhythms import LENGTHS, cadence_words, next_dates, rhythm_words
from service.pages.facts.step_form import step_question
from service.pages.facts.team_form import renewal_question
from service.pages.facts.wish_lines import wish_lines
from service.promotion_names import promotion_names

SOON = timedelta(days=60)
ABSENCE_WORDS = {"leave": "Congé", "training": "Formation", "unavailable": "Indisponible"}
PLACE_WORDS = {"field": "terrain", "office": "bureau", "remote": "télétravail"}


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
    alarming: bool


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
    endings: tuple[Dated, ...]
    """Authorisations near their end, or past it; the code is the end of the address of a renewal."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A session of a promotion on the timeline, in percent of its width."""

    left: float
    width: float
    words: str
    done: bool


class PromotionLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    where: str
    seats: str
    steps: tuple[Dated, ...]
    bars: tuple[Bar, ...]


class PathLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    reference: str
    programme: str
    referent: str
    rhythm: str
    state: str

    def answers(self, sought: str) -> bool:
        """Whether the words are found in what tells who it is."""
        told = f"{self.reference} {self.programme} {self.referent}".casefold()
        return sought.casefold() in told


def sites(facts: Facts, today_on: date) -> tuple[SiteLine, ...]:
    holidays = days_off(facts, today_on)
    ordered = sorted((one for one in facts.sites if one.archived_at is None), key=lambda one: one.position)
    return tuple(_site(facts, site, holidays, today_on) for site in ordered)


def _site(facts: Facts, site: Site, holidays: frozenset[date], today_on: date) -> SiteLine:
    cadences = [one for one in facts.cadences if one.site == site.code and one.archived_at is None]
    coming = [one for one in facts.closures if one.site == site.code and one.until_on >= today_on]
    allowed = [one for one in facts.staff if any(own.site == site.code for own in one.accreditations)]
    names = listed(initials(person.code) for person in allowed)
    return SiteLine(
        code=site.code,
        name=site.name,
        kind=text(KIND_WORDS.get(site.kind, site.kind)),
        openings=opening_words(site),
        access=text("liste d’accès, {n} jours avant", n=site.access_notice_days)
        if site.demands_accreditation
        else "",
        cadences=tuple(_cadence(facts, one, site, holidays, today_on) for one in cadences),
        closures=tuple(Dated(code=one.code, words=short_period(one.from_on, one.until_on)) for one in coming),
        accredited=names,
        alarming=site.demands_accreditation and len(allowed) < 2,
    )


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


def _cadence(
    facts: Facts, cadence: Cadence, site: Site, holidays: frozenset[date], today_on: date
) -> CadenceLine:
    return CadenceLine(
        code=cadence.code,
        name=cadence.name,
        words=f"{cadence.name} : {cadence_words(cadence)}"
        if cadence.kind == "session"
        else _permanence_words(facts, cadence),
        dates=next_dates(cadence, site, facts.closures, holidays, today_on),
        exact=bool(cadence.weekdays) and not cadence.asked,
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


def people(facts: Facts, today_on: date) -> tuple[PersonLine, ...]:
    ordered = sorted(
        (one for one in facts.staff if one.archived_at is None), key=lambda one: (one.position, one.name)
    )
    return tuple(_person(facts, person, today_on) for person in ordered)


def _person(facts: Facts, person: StaffMember, today_on: date) -> PersonLine:
    names = {site.code: site.short_name or site.name for site in facts.sites}
    absences = [one for one in facts.absences if one.staff == person.code and one.ends_at.date() >= today_on]
    ending = [own for own in person.accreditations if own.until_on and own.until_on <= today_on + SOON]
    endings = sorted(ending, key=lambda own: own.until_on or today_on)
    return PersonLine(
        code=person.code,
        name=initials(person.code) if len(person.code) <= 3 else person.name,
        job=person.job or "",
        skills=listed(person.skills),
        share=percent(person.etp_percent / 100),
        pattern=tuple(
            (half_day(half), tuple(_place(person, day, half) for day in range(1, 6))) for half in ("am", "pm")
        ),
        absences=tuple(
            Dated(
                code=one.code,
                words=f"{text(ABSENCE_WORDS[one.kind])}, {short_period(*local_days(one, facts.territory.zone))}",
            )
            for one in sorted(absences, key=lambda one: one.starts_at)[:4]
        ),
        wishes=wish_lines(facts, person.code, today_on),
        endings=tuple(_ending(person, own, names, today_on) for own in endings),
    )


def _ending(person: StaffMember, own: Accreditation, names: dict[str, str], today_on: date) -> Dated:
    over = own.until_on is not None and own.until_on < today_on
    words = text(
        "{site} : finie le {day}" if over else "{site} : jusqu’au {day}",
        site=names.get(own.site, own.site),
        day=plain_date(own.until_on or today_on),
    )
    asked = text(", demandée le {day}", day=plain_date(own.asked_on)) if own.asked_on and over else ""
    return Dated(code=renewal_question(person.code, own), words=words + asked)


def local_days(absence: Absence, zone: str) -> tuple[date, date]:
    """The first and last day of an absence, in the territory's time."""
    local = ZoneInfo(zone)
    last = absence.ends_at.astimezone(local) - timedelta(seconds=1)
    return absence.starts_at.astimezone(local).date(), last.date()


def _place(person: StaffMember, day: int, half: str) -> str:
    found = next((one for one in person.availability if one.weekday == day and one.half_day == half), None)
    return PLACE_WORDS[found.place] if found else ""


def promotions(facts: Facts, first_on: date, last_on: date) -> tuple[PromotionLine, ...]:
    """The timeline of the promotions that touch a period, both dates included."""
    names = {site.code: site.name for site in facts.sites}
    alive = [one for one in facts.promotions if one.archived_at is None]
    cohorts = promotion_names(alive)
    lines = [_promotion(one, names, first_on, last_on) for one in alive]
    return tuple(msgspec.structs.replace(line, name=cohorts[line.code]) for line in lines)


def _promotion(promotion: Promotion, names: dict[str, str], first_on: date, last_on: date) -> PromotionLine:
    when = [weekday_named(promotion.weekday)] if promotion.weekday else []
    when += [half_day(promotion.half_day)] if promotion.half_day else []
    span = (last_on - first_on).days + 1
    bars = []
    for rank, step in enumerate(promotion.sequences, 1):
        start, end = max(step.done_on or step.from_on, first_on), min(step.done_on or step.until_on, last_on)
        if start <= end:
            words = text("{rank}. {title}", rank=rank, title=step.title)
            width = max(0.8, 100 * ((end - start).days + 1) / span)
            bars.append(
                Bar(
                    left=100 * (start - first_on).days / span,
                    width=width,
                    words=words,
                    done=step.done_on is not None,
                )
            )
    return PromotionLine(
        code=promotion.code,
        name=promotion.name,
        where=", ".join(
            [names.get(promotion.site, promotion.site), " ".join(when)]
            if when
            else [names.get(promotion.site, "")]
        ),
        seats=counted("{n} personne", "{n} personnes", len(promotion.participants))
        + text(" pour {seats} places", seats=promotion.seats),
        steps=tuple(_step(promotion, step) for step in promotion.sequences),
        bars=tuple(bars),
    )


def _step(promotion: Promotion, step: Sequence) -> Dated:
    when = (
        text("tenue le {day}", day=plain_date(step.done_on))
        if step.done_on
        else short_period(step.from_on, step.until_on)
    )
    with_whom = text(", avec {who}", who=step.speaker_name) if step.speaker_name else ""
    return Dated(code=step_question(promotion, step), words=f"{step.title}, {when}{with_whom}")


def paths(facts: Facts) -> tuple[PathLine, ...]:
    programmes = {one.code: one.name for one in facts.programmes}
    gone = {one.code for one in facts.participants if one.erased_at is not None}
    states = {"running": text("en cours"), "suspended": text("suspendu"), "ended": text("terminé")}
    return tuple(
        PathLine(
            code=one.code,
            reference=one.participant,
            programme=programmes.get(one.programme, one.programme),
            referent=initials(one.referent) if one.referent else "—",
            rhythm=rhythm_words(one.rhythm),
            state=states[one.state],
        )
        for one in sorted(facts.paths, key=lambda one: (one.referent or "~", one.participant))
        if one.participant not in gone
    )
