"""The same month as a list: day by day, in order of hours, one line an activity. Also one day alone."""

from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import clock, half_day, initials, listed
from service.pages.board.activities import Activity
from service.pages.board.calendar import HALVES
from service.pages.board.cells import ChipKind
from service.pages.board.chips import KINDS, Words, against
from service.pages.board.labels import Labels


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One activity in words; interviews of one person, place and half-day are one line."""

    kind: ChipKind
    hours: str
    title: str
    place: str
    people: str
    fact: str
    sentence: str
    key: str
    pinned: bool = False
    changed: bool = False
    against: str = ""


class AgendaDay(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    holiday: str
    past: bool
    halves: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(lines) for _, lines in self.halves)


def agenda(
    problem: Problem, found: list[Activity], labels: Labels, dates: list[date]
) -> tuple[AgendaDay, ...]:
    """Every given date, empty ones too."""
    words, zone = Words(problem, labels), ZoneInfo(problem.zone)
    by_day: dict[date, list[Activity]] = {}
    for one in found:
        by_day.setdefault(one.on, []).append(one)
    return tuple(
        AgendaDay(
            on=on,
            past=problem.today_on is not None and on < problem.today_on,
            holiday=labels.holidays.get(on, text("Jour férié")) if on in problem.holidays else "",
            halves=tuple(
                (
                    half_day(half),
                    tuple(_lines(words, zone, [one for one in by_day.get(on, []) if one.halves[0] == half])),
                )
                for half in HALVES
            ),
        )
        for on in dates
    )


def _lines(words: Words, zone: ZoneInfo, several: list[Activity]) -> list[Line]:
    """In order of hours; interviews held inside a permanence belong to its line."""
    timed = [(str(one.starts_at), _line(words, zone, one)) for one in several if one.kind != "interview"]
    interviews = sorted((one for one in several if one.kind == "interview"), key=_who_and_where)
    inside = {(person, one.site) for one in several if one.kind == "permanence" for person in one.staff}
    for key, group in groupby(interviews, key=_who_and_where):
        together = sorted(group, key=lambda one: str(one.starts_at))
        if key not in inside:
            timed.append((str(together[0].starts_at), _interviews(words, zone, together)))
    return [line for _, line in sorted(timed, key=lambda pair: (pair[0], pair[1].key))]


def _who_and_where(one: Activity) -> tuple[str, str]:
    return one.staff[0], one.site or ""


def _line(words: Words, zone: ZoneInfo, one: Activity) -> Line:
    fact = words.sentence(one).split(", ")[-1] if one.kind == "permanence" and one.places else ""
    return Line(
        kind=KINDS[one.kind],
        hours=hours(one, zone),
        title=words.title(one),
        place=words.site(one.site),
        people=words.people(one),
        fact=fact if "épinglée" not in fact and "modifiée" not in fact else "",
        sentence=words.sentence(one),
        key=one.key,
        pinned=one.pinned,
        changed=one.changed,
        against=against(one),
    )


def _interviews(words: Words, zone: ZoneInfo, several: list[Activity]) -> Line:
    first, last = several[0], max(several, key=lambda one: str(one.ends_at))
    place = words.site(first.site) or text("à distance")
    number = counted("{n} entretien", "{n} entretiens", len(several))
    return Line(
        kind="office",
        hours=hours(msgspec.structs.replace(first, ends_at=last.ends_at), zone),
        title=number,
        place=place,
        people=initials(first.staff[0]),
        fact="",
        sentence=f"{number}, {place}, {initials(first.staff[0])}",
        key=first.key,
        changed=any(one.changed for one in several),
        against=against(*several),
    )


def hours(one: Activity, zone: ZoneInfo) -> str:
    """9 h 30 – 12 h; the half-day's word when no hour is known."""
    if one.starts_at is None or one.ends_at is None:
        return half_day(one.halves[0])
    start, end = one.starts_at.astimezone(zone).time(), one.ends_at.astimezone(zone).time()
    return f"{clock(start, padded=True)} – {clock(end, padded=True)}"


def names(codes: tuple[str, ...]) -> str:
    return listed(initials(code) for code in codes)
