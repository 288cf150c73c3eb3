"""The words of presence sheets: who comes to a site, week by week. Never a participant."""

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from planner.plan import Plan
from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import (
    capital,
    day_date,
    day_month,
    half_day,
    initials,
    listed,
    period,
    weekday,
    weekday_and_day,
)
from service.pages.board.activities import Activity, activities
from service.pages.board.agenda import hours
from service.pages.board.calendar import HALVES
from service.pages.board.chips import Words
from service.pages.board.labels import Labels

LONG_AT = 9
"""From so many visits a week the sheet is set smaller, to stay on one page."""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """What every sheet of an organisation says: its name, a telephone, and which version this is."""

    organisation: str
    contact: str = ""
    version: str = ""

    @property
    def foot(self) -> tuple[str, ...]:
        contact = text("Un empêchement ? {contact}", contact=self.contact) if self.contact else ""
        newer = text("Si une version plus récente arrive, elle remplace cette feuille.")
        return tuple(line for line in (contact, f"{self.version} {newer}".strip()) if line)


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    hours: str
    who: tuple[str, ...]
    what: str


class SheetDay(msgspec.Struct, frozen=True, kw_only=True):
    weekday: str
    date: str
    holiday: str
    nobody: str
    halves: tuple[tuple[Visit, ...], tuple[Visit, ...]]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    site: str
    number: str
    period: str
    days: tuple[SheetDay, ...]
    next: str
    long: bool


class Presences(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    org: str
    week: str
    heads: tuple[str, str, str]
    next_head: str
    foot: tuple[str, ...]
    sheets: tuple[Sheet, ...]


class Around(NamedTuple):
    """What is published over the weeks that are printed and the one after, beyond the month itself, and on which days anything is."""

    problem: Problem
    plan: Plan
    published: frozenset[date] = frozenset()


class Days(NamedTuple):
    """What is known of days: which are holidays, and for which there is a plan."""

    holidays: set[date]
    planned: set[date]

    def nobody(self, on: date) -> str:
        """What a half-day without anybody says."""
        return text("Aucune présence") if on in self.planned else text("Pas encore publié")


class Told(NamedTuple):
    """An activity with the words and clock of the facts that it was planned on."""

    one: Activity
    words: Words
    zone: ZoneInfo


def presences(
    problem: Problem,
    plan: Plan | None,
    labels: Labels,
    heading: Heading,
    mondays: list[date],
    around: Around | None = None,
) -> Presences:
    """One sheet a site and week in which somebody comes. `mondays` are the weeks to print.

    Days of other months stand as in `around`; its holidays are theirs. `plan` is None where the month has none yet.
    """
    found = _told(problem, plan or Plan(), labels)
    days = Days(set(problem.holidays), _span(problem.first_on, problem.last_on) if plan else set())
    if around is not None:
        beyond = _told(around.problem, around.plan, labels)
        found += [told for told in beyond if not problem.first_on <= told.one.on <= problem.last_on]
        days.holidays.update(around.problem.holidays)
        days.planned.update(around.published)
    words = Words(problem, labels)
    sheets = tuple(
        _sheet(words, days, [told for told in found if told.one.site == site.id], site.id, monday)
        for monday in mondays
        for site in problem.sites
        if any(told.one.site == site.id and _is_in(told.one, monday) for told in found)
    )
    return Presences(
        title=text("Présences par lieu et par semaine"),
        org=heading.organisation,
        week=text("Semaine"),
        heads=(text("Jour"), text("Matin"), text("Après-midi")),
        next_head=text("La semaine suivante"),
        foot=heading.foot,
        sheets=sheets,
    )


def _told(problem: Problem, plan: Plan, labels: Labels) -> list[Told]:
    words, zone = Words(problem, labels), ZoneInfo(problem.zone)
    return [
        Told(one, words, zone)
        for one in activities(problem, plan)
        if one.site and one.kind in ("permanence", "promotion", "workshop")
    ]


def _span(first_on: date, last_on: date) -> set[date]:
    """Its days, both ends included."""
    return {first_on + timedelta(days=offset) for offset in range((last_on - first_on).days + 1)}


def _is_in(one: Activity, monday: date) -> bool:
    return monday <= one.on < monday + timedelta(days=7)


def _sheet(words: Words, known: Days, found: list[Told], site: str, monday: date) -> Sheet:
    saturday = any(told.one.on == monday + timedelta(days=5) for told in found)
    dates = [monday + timedelta(days=offset) for offset in range(6 if saturday else 5)]
    days = tuple(_day(words, known, found, on) for on in dates)
    visits = sum(len(half) for day in days for half in day.halves)
    return Sheet(
        site=words.site_title(site),
        number=str(monday.isocalendar().week),
        period=capital(period(dates[0], dates[-1])),
        days=days,
        next=_next(known, found, monday + timedelta(days=7)),
        long=visits >= LONG_AT,
    )


def _day(words: Words, known: Days, found: list[Told], on: date) -> SheetDay:
    name = words.labels.holidays.get(on, text("Jour férié")) if on in known.holidays else ""
    morning, afternoon = (
        tuple(_visit(*told) for told in found if told.one.on == on and half in told.one.halves)
        for half in HALVES
    )
    return SheetDay(
        weekday=capital(weekday(on)),
        date=day_month(on),
        holiday=name,
        nobody=known.nobody(on),
        halves=(morning, afternoon),
    )


def _visit(one: Activity, words: Words, zone: ZoneInfo) -> Visit:
    who = tuple(
        ", ".join(part for part in (initials(code), words.labels.roles.get(code, "")) if part)
        for code in one.staff
    )
    what = words.title(one)
    if one.kind == "permanence" and one.places:
        what = text(
            "{what} : {places}",
            what=what,
            places=counted("{n} entretien possible", "{n} entretiens possibles", one.places),
        )
    if one.step:
        what = text("{what} : {step}", what=what, step=one.step)
    room = f", {words.labels.room(one.site, one.room)}" if one.room else ""
    return Visit(hours=hours(one, zone), who=who, what=f"{what}{room}.")


def _next(known: Days, found: list[Told], monday: date) -> str:
    """The following week in a line."""
    coming = [told.one for told in found if _is_in(told.one, monday)]
    lines = [
        text("{day} {half} : {who}", day=capital(weekday_and_day(one.on)), half=half_day(one.halves[0]),
             who=listed(initials(code) for code in one.staff))
        for one in coming
    ]  # fmt: skip
    closed = [
        text("{day} : jour férié", day=capital(day_date(on)))
        for on in sorted(known.holidays)
        if monday <= on < monday + timedelta(days=7)
    ]
    return (
        ". ".join(line.rstrip(".") for line in lines + closed) + "."
        if lines or closed
        else text("Aucune présence prévue.")
        if known.planned & _span(monday, monday + timedelta(days=4))
        else text("Pas encore publié.")
    )
