"""The words of presence sheets: who comes to a site, week by week. Never a participant."""

from datetime import date, timedelta
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
    nobody: str
    next_head: str
    foot: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def presences(
    problem: Problem, plan: Plan, labels: Labels, heading: Heading, mondays: list[date]
) -> Presences:
    """One sheet a site and week in which somebody comes. `mondays` are the weeks to print."""
    found = [
        one
        for one in activities(problem, plan)
        if one.site and one.kind in ("permanence", "promotion", "workshop")
    ]
    words = Words(problem, labels)
    sheets = tuple(
        _sheet(problem, words, [one for one in found if one.site == site.id], site.id, monday)
        for monday in mondays
        for site in problem.sites
        if any(one.site == site.id and monday <= one.on < monday + timedelta(days=7) for one in found)
    )
    return Presences(
        title=text("Présences par lieu et par semaine"),
        org=heading.organisation,
        week=text("Semaine"),
        heads=(text("Jour"), text("Matin"), text("Après-midi")),
        nobody=text("Aucune présence"),
        next_head=text("La semaine suivante"),
        foot=heading.foot,
        sheets=sheets,
    )


def _sheet(problem: Problem, words: Words, found: list[Activity], site: str, monday: date) -> Sheet:
    saturday = any(one.on == monday + timedelta(days=5) for one in found)
    dates = [monday + timedelta(days=offset) for offset in range(6 if saturday else 5)]
    days = tuple(_day(problem, words, found, on) for on in dates)
    visits = sum(len(half) for day in days for half in day.halves)
    return Sheet(
        site=words.site_title(site),
        number=str(monday.isocalendar().week),
        period=capital(period(dates[0], dates[-1])),
        days=days,
        next=_next(problem, found, monday + timedelta(days=7)),
        long=visits >= LONG_AT,
    )


def _day(problem: Problem, words: Words, found: list[Activity], on: date) -> SheetDay:
    name = words.labels.holidays.get(on, text("Jour férié")) if on in problem.holidays else ""
    zone = ZoneInfo(problem.zone)
    morning, afternoon = (
        tuple(_visit(words, zone, one) for one in found if one.on == on and half in one.halves)
        for half in HALVES
    )
    return SheetDay(
        weekday=capital(weekday(on)), date=day_month(on), holiday=name, halves=(morning, afternoon)
    )


def _visit(words: Words, zone: ZoneInfo, one: Activity) -> Visit:
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


def _next(problem: Problem, found: list[Activity], monday: date) -> str:
    """The following week in a line."""
    coming = [one for one in found if monday <= one.on < monday + timedelta(days=7)]
    lines = [
        text("{day} {half} : {who}", day=capital(weekday_and_day(one.on)), half=half_day(one.halves[0]),
             who=listed(initials(code) for code in one.staff))
        for one in coming
    ]  # fmt: skip
    closed = [
        text("{day} : jour férié", day=capital(day_date(on)))
        for on in problem.holidays
        if monday <= on < monday + timedelta(days=7)
    ]
    return (
        ". ".join(line.rstrip(".") for line in lines + closed) + "."
        if lines or closed
        else text("Aucune présence prévue.")
    )
