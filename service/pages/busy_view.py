"""A person's week of "je suis pris" and their own agendas, in words."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from db.records.base import HalfDay
from db.records.busy import BusySource
from db.records.facts import Facts
from db.records.staff import BusyInterval, BusyMark
from service.actions.landed_on import Landing
from service.actions.mark_busy import marked_in
from service.catalogue import counted, text
from service.french_text import clock, day_date, half_day, plain_date, short_date, short_period, weekday_named

NOON = 13
FAILURES = {
    "bad-address": "Cette adresse n’est pas celle d’un agenda.",
    "refused": "Cette adresse mène à une machine interne : elle n’est pas lue.",
    "too-slow": "L’agenda n’a pas répondu à temps.",
    "too-big": "L’agenda est trop gros pour être lu.",
    "unreachable": "L’agenda n’a pas pu être joint.",
    "redirects": "L’adresse renvoie ailleurs sans fin, ou vers une adresse moins sûre.",
    "not-opened": "L’adresse gardée ne peut plus être ouverte : ajoutez l’agenda de nouveau.",
    "not-a-calendar": "Ce qui a été reçu n’est pas un agenda (une page de connexion, peut-être).",
}
STATUS_WORDS = {
    "401": "L’agenda demande un mot de passe : donnez son adresse secrète, au format iCal.",
    "403": "L’agenda refuse la lecture : donnez son adresse secrète, au format iCal.",
    "404": "Cette adresse n’existe pas, ou plus.",
    "410": "Cette adresse a été retirée.",
}


class Cell(NamedTuple):
    """One half-day: its value in the form, whether it is marked, and what other agendas say of it."""

    value: str
    label: str
    marked: bool
    busy: tuple[str, ...]


class BusyDay(NamedTuple):
    words: str
    today: bool
    halves: tuple[Cell, Cell]


class Week(NamedTuple):
    title: str
    monday_on: date
    before_on: date
    after_on: date
    days: tuple[BusyDay, ...]


class Repeated(NamedTuple):
    code: str
    words: str


class Source(NamedTuple):
    """`state` is good, bad or waiting."""

    id: UUID
    name: str
    origin: str
    state: str
    success: str
    failure: str
    ahead: str
    warnings: tuple[str, ...]


def busy_week(facts: Facts, staff: str, monday_on: date, today_on: date) -> Week:
    """Monday to Saturday."""
    zone = ZoneInfo(facts.territory.zone)
    marked = marked_in([one for one in facts.busy_marks if one.staff == staff], monday_on)
    imported = [one for one in facts.busy_intervals if one.staff == staff]
    return Week(
        title=short_period(monday_on, monday_on + timedelta(days=5)),
        monday_on=monday_on,
        before_on=monday_on - timedelta(days=7),
        after_on=monday_on + timedelta(days=7),
        days=tuple(
            BusyDay(
                words=short_date(on),
                today=on == today_on,
                halves=(_cell(on, "am", marked, imported, zone), _cell(on, "pm", marked, imported, zone)),
            )
            for on in (monday_on + timedelta(days=day) for day in range(6))
        ),
    )


def _cell(
    on: date,
    half: HalfDay,
    marked: frozenset[tuple[date, HalfDay]],
    imported: list[BusyInterval],
    zone: ZoneInfo,
) -> Cell:
    morning = datetime.combine(on, datetime.min.time(), zone)
    noon = morning.replace(hour=NOON)
    start, end = (morning, noon) if half == "am" else (noon, morning + timedelta(days=1))
    return Cell(
        value=f"{on}-{half}",
        label=f"{day_date(on)}, {half_day(half)}",
        marked=(on, half) in marked,
        busy=tuple(
            _hours(max(one.starts_at, start), min(one.ends_at, end), zone)
            for one in imported
            if one.starts_at < end and start < one.ends_at
        ),
    )


def _hours(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    return f"{clock(start.astimezone(zone).time())} – {clock(end.astimezone(zone).time())}"


def repeated(facts: Facts, staff: str, today_on: date) -> tuple[Repeated, ...]:
    """The marks that come back every week and are not over, in words."""
    marks = [
        one
        for one in facts.busy_marks
        if one.staff == staff and one.weekday and (one.until_on is None or one.until_on >= today_on)
    ]
    return tuple(Repeated(one.code, _repeated_words(one)) for one in sorted(marks, key=_order))


def _order(mark: BusyMark) -> tuple[int, str]:
    return mark.weekday or 0, mark.half_day


def _repeated_words(mark: BusyMark) -> str:
    words = text("chaque {day} {half}", day=weekday_named(mark.weekday or 1), half=half_day(mark.half_day))
    if mark.from_on:
        words += text(", à partir du {day}", day=plain_date(mark.from_on))
    if mark.until_on:
        words += text(", jusqu’au {day}", day=plain_date(mark.until_on))
    return words


def source_line(one: BusySource, ahead: int, zone: ZoneInfo) -> Source:
    """An agenda with how its readings went; a failure keeps the last good state and says so."""
    failed = one.last_error is not None
    return Source(
        id=one.id,
        name=one.name,
        origin=text("adresse, relue toutes les heures")
        if one.kind == "url"
        else text("fichier, lu une fois"),
        state="bad" if failed else "good" if one.last_success_at else "waiting",
        success=_moment(one.last_success_at, zone) if one.last_success_at else "",
        failure=_failure(one, zone) if failed else "",
        ahead=counted("{n} moment pris à venir", "{n} moments pris à venir", ahead),
        warnings=one.warnings,
    )


def _failure(one: BusySource, zone: ZoneInfo) -> str:
    code = one.last_error or ""
    status = code.removeprefix("http-")
    fallback = text("L’agenda a répondu par une erreur ({code}).", code=status)
    words = text(FAILURES[code]) if code in FAILURES else text(STATUS_WORDS.get(status, "")) or fallback
    when = _moment(one.last_error_at or datetime.now(UTC), zone)
    return text("Dernier essai le {when}. {words}", when=when, words=words)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return text("{day} à {hour}", day=plain_date(local.date()), hour=clock(local.time(), padded=True))


def landing_words(facts: Facts, landings: tuple[Landing, ...]) -> tuple[str, ...]:
    """Published things that marks land on, the nearest first."""
    zone = ZoneInfo(facts.territory.zone)
    sites = {site.code: site.short_name or site.name for site in facts.sites}
    kinds = {
        "permanence": text("Permanence"),
        "session": text("Séance"),
        "interview": text("Entretien"),
        "office": text("Bureau"),
    }
    return tuple(
        text(
            "{what} {site}, {day} à {hour}",
            what=kinds[one.kind],
            site=sites.get(one.site or "", ""),
            day=day_date(one.starts_at.astimezone(zone).date()),
            hour=clock(one.starts_at.astimezone(zone).time(), padded=True),
        ).replace("  ", " ")
        for one in landings
    )
