"""The words of one day on paper: who is where, then each permanence's sheet and each session's sign-in sheet."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from planner.plan import Plan
from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import capital, initials, listed, long_date
from service.pages.board.activities import Activity, activities
from service.pages.board.agenda import hours
from service.pages.board.chips import Words
from service.pages.board.labels import Labels
from service.paper.presences import Heading
from service.paper.registers import (
    Column,
    Line,
    Register,
    Registers,
    permanence_sheet,
    sign_in_sheet,
)

PRINTED = ("permanence", "promotion", "workshop")


def day_sheets(
    problem: Problem, plan: Plan, labels: Labels, heading: Heading, on: date, *, staff: str | None = None
) -> Registers:
    """One document for the eve. `staff`: that person's day only. Participants by reference, inside only."""
    words = Words(problem, labels)
    mine = [
        one for one in activities(problem, plan) if one.on == on and (staff is None or staff in one.staff)
    ]
    marks = {need.id: need.participant for need in problem.interviews if need.participant}
    groups = {one.id: one.participants for one in problem.promotions}
    sheets = [_overview(problem, words, mine, on, marks)]
    for one in mine:
        if one.kind == "permanence":
            sheets.append(permanence_sheet(problem, plan, words, one, marks))
        elif one.kind in PRINTED:
            sheets.append(sign_in_sheet(problem, words, one, groups.get(one.about, ())))
    return Registers(
        title=text("La journée du {day}", day=long_date(on)),
        org=heading.organisation,
        foot=heading.foot,
        sheets=tuple(sheets),
    )


def _in_order(found: Iterable[Activity]) -> list[Activity]:
    """By the clock; an interview of a permanence stands on the permanence's own sheet alone."""
    day = list(found)
    held = {
        (one.site, half, who)
        for one in day
        if one.kind == "permanence"
        for half in one.halves
        for who in one.staff
    }
    shown = [
        one
        for one in day
        if one.kind != "interview" or not any((one.site, half, one.staff[0]) in held for half in one.halves)
    ]
    return sorted(shown, key=lambda one: (one.starts_at is None, one.starts_at, one.key))


def _overview(
    problem: Problem, words: Words, mine: list[Activity], on: date, marks: dict[str, str]
) -> Register:
    zone, shown = ZoneInfo(problem.zone), _in_order(mine)
    rows = tuple(
        Line(
            cells=(
                hours(one, zone),
                words.site(one.site) if one.site else "",
                _what(words, one, marks),
                listed(initials(code) for code in one.staff),
            )
        )
        for one in shown
    )
    return Register(
        title=text("La journée"),
        when=capital(long_date(on)),
        people=counted("{n} activité", "{n} activités", len(shown))
        if shown
        else text("Rien de publié ce jour."),
        columns=(
            Column(name=text("Heure"), width=38),
            Column(name=text("Lieu"), width=42),
            Column(name=text("Quoi")),
            Column(name=text("Qui"), width=26),
        ),
        rows=rows,
        compact=True,
    )


def _what(words: Words, one: Activity, marks: dict[str, str]) -> str:
    if one.kind == "interview":
        return text("Entretien {mark}", mark=marks.get(one.about, "")).strip()
    what = words.title(one)
    if one.kind == "permanence" and one.places:
        return text("{what}, {booked} sur {places}", what=what, booked=one.booked, places=one.places)
    return text("{what} : {step}", what=what, step=one.step) if one.step else what
