"""Cadences and rhythms in words, with the next dates that they mean."""

from collections.abc import Iterable
from datetime import date, timedelta

from db.records.cadence import Cadence
from db.records.site import Closure, Site
from db.records.territory import Stage
from service.catalogue import counted, text
from service.french_text import day_date, listed, weekday_named

LENGTHS = {"half": "une demi-journée", "am": "le matin", "pm": "l’après-midi", "day": "la journée entière"}
FAR = timedelta(days=400)


def cadence_words(cadence: Cadence) -> str:
    """3 permanences par mois, 5 jours d'écart; chaque mardi, la journée entière."""
    if cadence.weekdays and not cadence.asked:
        days = listed(weekday_named(day) for day in cadence.weekdays)
        return text("chaque {days}, {length}", days=days, length=text(LENGTHS[cadence.length]))
    if not cadence.asked:
        return text("à la demande")
    number = counted("{n} par mois", "{n} par mois", cadence.asked)
    parts = [
        number
        if not cadence.up_to
        else text("{n} à {m} par mois", n=cadence.asked, m=cadence.asked + cadence.up_to)
    ]
    parts += [text(LENGTHS[cadence.length])] if cadence.length != "half" else []
    parts += [text("à {n} jours d’écart au moins", n=cadence.min_days)] if cadence.min_days > 1 else []
    return ", ".join(parts)


def next_dates(
    cadence: Cadence,
    site: Site,
    closures: Iterable[Closure],
    holidays: frozenset[date],
    from_on: date,
    count: int = 5,
) -> tuple[str, ...]:
    """The next occurrences in words. A monthly cadence chooses among these days; a weekly one takes them."""
    shut = [one for one in closures if one.site == site.code]
    weekdays = cadence.weekdays or tuple(sorted({one.weekday for one in site.openings}))
    moved = {one.from_on: one.to_on for one in cadence.exceptions}
    found: list[date] = []
    on = max(from_on, cadence.from_on or from_on)
    last_on = min(from_on + FAR, cadence.until_on or from_on + FAR)
    while weekdays and on <= last_on and len(found) < count:
        if on.isoweekday() in weekdays and _possible(on, site, shut, holidays):
            taken = moved.get(on, on)
            found += [taken] if taken else []
        on += timedelta(days=1)
    return tuple(day_date(one) for one in found)


def _possible(on: date, site: Site, closures: list[Closure], holidays: frozenset[date]) -> bool:
    if on in holidays and not site.open_on_holidays:
        return False
    return not any(one.from_on <= on <= one.until_on and one.half_day is None for one in closures)


def rhythm_words(stages: tuple[Stage, ...] | None) -> str:
    """chaque semaine pendant 8 semaines, puis toutes les 2 semaines."""
    if not stages:
        return text("aucun rythme")
    return text(", puis ").join(_stage(stage) for stage in stages)


def _stage(stage: Stage) -> str:
    every = (
        text("chaque semaine")
        if stage.every_weeks == 1
        else text("toutes les {n} semaines", n=stage.every_weeks)
    )
    if stage.for_weeks:
        return text(
            "{every} pendant {weeks}",
            every=every,
            weeks=counted("{n} semaine", "{n} semaines", stage.for_weeks),
        )
    return every
