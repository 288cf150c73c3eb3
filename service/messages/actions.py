"""What a repair asks of somebody, in French: a verb first, with site, day and person."""

from collections.abc import Callable, Iterable
from typing import Any

from planner.fact_changes import (
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteOpens,
    StaffAuthorised,
    StaffBack,
)
from service.catalogue import counted, text
from service.french_text import day_date, half_day, initials, listed, weekday_named
from service.messages.assignment_words import Things


def action_words(change: FactChange, words: Things, staff: Iterable[str]) -> str:
    """`staff` are the people of the placement that the change allows."""
    return ACTIONS[type(change)](change, words, listed(initials(person) for person in staff))


def _open(change: SiteOpens, words: Things, _: str) -> str:
    half = half_day(change.half_day)
    day = day_date(change.on) if change.on else weekday_named(change.weekday or 1)
    return text("Ouvrir {site} le {day} {half}", site=words.site(change.site), day=day, half=half)


def _call_back(change: StaffBack, _: Things, __: str) -> str:
    when = f"{day_date(change.on)} {half_day(change.half_day)}"
    return text("Lever l’absence de {who} le {when}", who=initials(change.staff), when=when)


def _authorise(change: StaffAuthorised, words: Things, _: str) -> str:
    return text("Autoriser {who} à entrer à {site}", who=initials(change.staff), site=words.site(change.site))


def _add_places(change: MorePlaces, words: Things, _: str) -> str:
    if change.cadence is not None:
        told = counted("{n} place de moins", "{n} places de moins", change.places)
        return text("Garder {what} pour les partenaires ({name})", what=told, name=words.name(change.cadence))
    told = counted("{n} place d’entretien de plus", "{n} places d’entretien de plus", change.places)
    return text("Prévoir {what} à {site}", what=told, site=words.site(change.site))


def _entrust(change: OtherStaff, words: Things, who: str) -> str:
    return text("Confier {thing} à {who}", thing=words.need(change.need), who=who)


def _lengthen(change: LongerWindow, words: Things, _: str) -> str:
    days = counted("{n} jour", "{n} jours", change.days)
    return text("Allonger de {days} les dates possibles pour {about}", days=days, about=words.about(change))


def _bring_closer(change: CloserDates, words: Things, _: str) -> str:
    days = counted("{n} jour", "{n} jours", change.days)
    return text(
        "Réduire de {days} l’écart entre deux dates pour {about}", days=days, about=words.about(change)
    )


ACTIONS: dict[type[Any], Callable[[Any, Things, str], str]] = {
    SiteOpens: _open,
    OtherStaff: _entrust,
    StaffAuthorised: _authorise,
    LongerWindow: _lengthen,
    CloserDates: _bring_closer,
    MorePlaces: _add_places,
    StaffBack: _call_back,
}
"""One entry for each kind of change that a repair may be."""
