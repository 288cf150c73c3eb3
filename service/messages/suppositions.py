"""A fact supposed otherwise, in French, as one says it after "si": B. K. part le lundi 11 janvier."""

from collections.abc import Callable
from datetime import date
from typing import Any

from planner.fact_changes import (
    CadenceAsks,
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    NeedAsks,
    OtherStaff,
    SiteCloses,
    SiteHours,
    SiteOpens,
    StaffAuthorised,
    StaffAway,
    StaffBack,
    StaffLeaves,
)
from planner.records import HalfDay
from service.catalogue import counted, text
from service.french_text import clock_text, day_date, half_day, initials, weekday_named
from service.messages.assignment_words import Things


def supposed_words(change: FactChange, words: Things) -> str:
    """What is supposed, without the "si"."""
    return SUPPOSED[type(change)](change, words)


def _dates(from_on: date, until_on: date, half: HalfDay | None) -> str:
    """le lundi 7 décembre matin; du lundi 7 décembre au vendredi 11 décembre, le matin"""
    if from_on == until_on:
        return text("le {day}", day=f"{day_date(from_on)} {half_day(half)}" if half else day_date(from_on))
    told = text("du {start} au {end}", start=day_date(from_on), end=day_date(until_on))
    return f"{told}{text(', chaque {half}', half=half_day(half))}" if half else told


def _leaves(change: StaffLeaves, _: Things) -> str:
    return text("{who} part le {day}", who=initials(change.staff), day=day_date(change.on))


def _away(change: StaffAway, _: Things) -> str:
    when = _dates(change.from_on, change.until_on, change.half_day)
    return text("{who} s’absente {when}", who=initials(change.staff), when=when)


def _back(change: StaffBack, _: Things) -> str:
    when = f"{day_date(change.on)} {half_day(change.half_day)}"
    return text("l’absence de {who} est levée le {when}", who=initials(change.staff), when=when)


def _authorised(change: StaffAuthorised, words: Things) -> str:
    return text("{who} peut entrer à {site}", who=initials(change.staff), site=words.site(change.site))


def _opens(change: SiteOpens, words: Things) -> str:
    day = day_date(change.on) if change.on else weekday_named(change.weekday or 1)
    when = text("le {day} {half}", day=day, half=half_day(change.half_day))
    return text("{site} ouvre {when}", site=words.site(change.site), when=when) + _hours(change)


def _hours(change: SiteOpens | SiteHours) -> str:
    if not change.from_hour or not change.to_hour:
        return ""
    hours = (clock_text(change.from_hour), clock_text(change.to_hour))
    return text(", de {start} à {end}", start=hours[0], end=hours[1])


def _closes(change: SiteCloses, words: Things) -> str:
    when = _dates(change.from_on, change.until_on, change.half_day)
    return text("{site} ferme {when}", site=words.site(change.site), when=when)


def _keeps_hours(change: SiteHours, words: Things) -> str:
    when = text("le {day} {half}", day=weekday_named(change.weekday), half=half_day(change.half_day))
    return text("{site} change d’heures {when}", site=words.site(change.site), when=when) + _hours(change)


def _places(change: MorePlaces, words: Things) -> str:
    if change.cadence is not None:
        told = counted("{n} place gardée de moins", "{n} places gardées de moins", change.places)
        return text("{what} pour les partenaires ({name})", what=told, name=words.name(change.cadence))
    told = counted("{n} place d’entretien de plus", "{n} places d’entretien de plus", change.places)
    return text("il y a {what} à {site}", what=told, site=words.site(change.site))


def _stretched(change: LongerWindow, words: Things) -> str:
    days = counted("{n} jour de plus", "{n} jours de plus", change.days)
    return text("il y a {days} pour placer {about}", days=days, about=words.about(change))


def _closer(change: CloserDates, words: Things) -> str:
    days = counted("{n} jour de moins", "{n} jours de moins", change.days)
    return text("il faut {days} entre deux dates pour {about}", days=days, about=words.about(change))


def _cadence(change: CadenceAsks, words: Things) -> str:
    asked = text("{n} par mois", n=change.asked) if change.asked else text("rien")
    return text("« {name} » demande {asked}", name=words.name(change.cadence), asked=asked)


def _need(change: NeedAsks, words: Things) -> str:
    if not change.count:
        return text("{about} n’est plus demandé", about=words.need(change.need))
    asked = counted("{n} fois", "{n} fois", change.count)
    return text("{about} est demandé {asked}", about=words.need(change.need), asked=asked)


SUPPOSED: dict[type[Any], Callable[[Any, Things], str]] = {
    StaffLeaves: _leaves,
    StaffAway: _away,
    StaffBack: _back,
    StaffAuthorised: _authorised,
    SiteOpens: _opens,
    SiteCloses: _closes,
    SiteHours: _keeps_hours,
    MorePlaces: _places,
    OtherStaff: lambda one, words: text("quelqu’un d’autre peut tenir {about}", about=words.need(one.need)),
    LongerWindow: _stretched,
    CloserDates: _closer,
    CadenceAsks: _cadence,
    NeedAsks: _need,
}
"""One entry for each kind of change."""
