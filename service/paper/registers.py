"""The words of lists to fill by hand: the sheet of a permanence, the sign-in sheet of a session."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from planner.plan import Plan
from planner.problem import Problem
from service.catalogue import text
from service.french_text import capital, clock, half_day, initials, listed, long_date
from service.pages.board.activities import Activity, activities
from service.pages.board.agenda import hours
from service.pages.board.chips import Words
from service.pages.board.labels import Labels
from service.pages.board.presence import opening
from service.paper.presences import Heading

MINIMUM_LINES = 12


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`width` in millimetres; 0 takes what is left."""

    name: str
    width: int = 0
    tick: bool = False


class Line(msgspec.Struct, frozen=True, kw_only=True):
    cells: tuple[str, ...]


class Register(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    when: str
    people: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    corner: str = ""
    corner_label: str = ""
    foot: tuple[str, ...] = ()
    compact: bool = False
    """A list to read, set smaller than one to fill."""


class Registers(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    org: str
    foot: tuple[str, ...]
    sheets: tuple[Register, ...]


def permanence_sheets(
    problem: Problem,
    plan: Plan,
    labels: Labels,
    heading: Heading,
    on: date,
    *,
    marks: dict[str, str] | None = None,
) -> Registers:
    """One sheet a permanence of that date. `marks` gives a label by need, where one may be printed."""
    words = Words(problem, labels)
    held = [one for one in activities(problem, plan) if one.kind == "permanence" and one.on == on]
    sheets = tuple(permanence_sheet(problem, plan, words, one, marks or {}) for one in held)
    return Registers(
        title=text("Feuilles de permanence"),
        org=heading.organisation,
        foot=heading.foot,
        sheets=sheets or (_nothing(text("Feuilles de permanence"), on, text("Aucune permanence ce jour.")),),
    )


def sign_in_sheets(
    problem: Problem,
    plan: Plan,
    labels: Labels,
    heading: Heading,
    on: date,
    *,
    names: dict[str, tuple[str, ...]] | None = None,
) -> Registers:
    """One sheet a session of that date. `names` gives lines by promotion or cadence; else they are empty."""
    words = Words(problem, labels)
    held = [
        one for one in activities(problem, plan) if one.kind in ("promotion", "workshop") and one.on == on
    ]
    sheets = tuple(sign_in_sheet(problem, words, one, (names or {}).get(one.about, ())) for one in held)
    return Registers(
        title=text("Feuilles d’émargement"),
        org=heading.organisation,
        foot=heading.foot,
        sheets=sheets or (_nothing(text("Feuilles d’émargement"), on, text("Aucune séance ce jour.")),),
    )


def _nothing(title: str, on: date, words: str) -> Register:
    return Register(title=title, when=capital(long_date(on)), people=words, columns=(), rows=())


def permanence_sheet(
    problem: Problem, plan: Plan, words: Words, one: Activity, marks: dict[str, str]
) -> Register:
    """Its slots with who is expected: a label where `marks` has one, else that the place is taken."""
    taken = _taken(problem, plan, words, one, marks)
    rows = tuple(
        Line(cells=(clock(start.time(), padded=True), taken.get(start, ""), "", "", "", "", ""))
        for start in _starts(problem, words, one)
    )
    shown = hours(one, ZoneInfo(problem.zone))
    return Register(
        title=words.site_title(one.site),
        when=capital(f"{long_date(one.on)}, {half_day(one.halves[0])}"),
        people=text("Permanence, {hours}. {people}", hours=shown, people=words.people(one)),
        columns=(
            Column(name=text("Heure"), width=25),
            Column(name=text("Repère")),
            Column(name=text("Présence"), width=20, tick=True),
            Column(name=text("Absence"), width=19, tick=True),
            Column(name=text("Excuse"), width=17, tick=True),
            Column(name=text("Signature"), width=36),
            Column(name=text("Prochaine date"), width=32),
        ),
        rows=rows,
    )


def _taken(
    problem: Problem, plan: Plan, words: Words, one: Activity, marks: dict[str, str]
) -> dict[datetime, str]:
    """What is written at each start that is no longer free."""
    zone = ZoneInfo(problem.zone)
    booked = {
        found.slot
        for found in problem.booked
        if (found.cadence, found.on, found.half_day) == (one.about, one.on, one.halves[0])
    }
    starts = enumerate(_starts(problem, words, one))
    return {start: text("réservé") for slot, start in starts if slot in booked} | {
        found.starts_at: marks.get(found.need, text("réservé"))
        for found in plan.interviews
        if found.site == one.site
        and found.staff in one.staff
        and found.starts_at.astimezone(zone).date() == one.on
    }


def _place(words: Words, one: Activity) -> str:
    """The site with the room, where one is known."""
    room = words.labels.room(one.site, one.room) if one.room else ""
    return ", ".join(part for part in (words.site_title(one.site), room) if part)


def _starts(problem: Problem, words: Words, one: Activity) -> list[datetime]:
    opened = opening(words.sites[one.site or ""], one.on, one.halves[0])
    if opened is None or one.starts_at is None:
        return []
    step = timedelta(minutes=opened.slot_minutes + opened.buffer_minutes)
    count = one.places // max(1, len(one.staff))
    return [one.starts_at.astimezone(ZoneInfo(problem.zone)) + index * step for index in range(count)]


def sign_in_sheet(problem: Problem, words: Words, one: Activity, names: tuple[str, ...]) -> Register:
    """A line for every seat, those of `names` filled in."""
    seats = next((found.seats for found in problem.promotions if found.id == one.about), 0)
    lines = [*names, *[""] * max(0, max(MINIMUM_LINES, seats) - len(names))]
    what = f"{words.title(one)}{text(' : ')}{one.step}" if one.step else words.title(one)
    return Register(
        title=what,
        when=capital(f"{long_date(one.on)}, {hours(one, ZoneInfo(problem.zone))}"),
        people=text(
            "{site}. Animation : {people}",
            site=_place(words, one),
            people=listed(initials(code) for code in one.staff),
        ),
        columns=(
            Column(name="", width=12),
            Column(name=text("Nom ou repère")),
            Column(name=text("Signature"), width=70),
        ),
        rows=tuple(Line(cells=(str(rank), name, "")) for rank, name in enumerate(lines, 1)),
        corner=f"{one.rank}" if one.kind == "promotion" else "",
        corner_label=text("Séance"),
    )
