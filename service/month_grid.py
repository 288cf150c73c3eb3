"""The month as text, week under week: sites by half-day with initials, as on a printed sheet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.plan import Plan
from planner.problem import Problem, Site
from planner.records import HalfDay
from service.catalogue import gettext
from service.french_text import weekday

HALVES: tuple[HalfDay, HalfDay] = ("am", "pm")
LABEL_WIDTH = 14
WIDE_CELL, NARROW_CELL = 8, 6
WIDE_FROM = LABEL_WIDTH + 10 * WIDE_CELL + 1
"""Columns a terminal needs for cells that also tell the places taken."""
OPEN_AND_FREE = "·"
CLOSED = "×"


class Spot(NamedTuple):
    on: date
    half_day: HalfDay


Row = Mapping[Spot, str]


@dataclass
class Taken:
    """What happens at one site in one half-day."""

    permanence: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    interviews: int = 0
    places: int = 0

    def text(self, *, wide: bool) -> str:
        """`AR 3/4`, `(AR+SB)`, `7`; several things are parted by a comma."""
        parts = [f"({session})" if wide else session for session in self.sessions]
        if self.permanence:
            taken = f" {self.interviews}/{self.places}" if wide and self.places else ""
            parts.append("+".join(self.permanence) + taken)
        elif self.interviews:
            parts.append(str(self.interviews))
        return ",".join(parts)


def month_grid(problem: Problem, plan: Plan, *, width: int = WIDE_FROM, only_busy: bool = False) -> str:
    """The grid, ending in its legend; sites where nothing happens all month are left out.

    `only_busy`: in each week only the sites where something is planned.
    """
    wide = width >= WIDE_FROM
    rows = _rows(problem, plan, wide=wide)
    if only_busy:
        rows = [(label, _busy_weeks(row)) for label, row in rows]
    cell = WIDE_CELL if wide else NARROW_CELL
    lines: list[str] = []
    for days in _weeks(problem, rows):
        lines += [*_week(days, rows, problem, cell), ""]
    return "\n".join([*lines, *_legend(wide=wide)])


def _legend(*, wide: bool) -> list[str]:
    if wide:
        words = gettext(
            "AR 3/4 : permanence de A.R., 3 places prises sur 4 ; (AR+SB) : séance collective à deux ; "
            "7 : 7 entretiens au bureau"
        )
    else:
        words = gettext("AR : permanence de A.R. ; AR+SB : séance à deux ; 7 : 7 entretiens au bureau")
    signs = f"{OPEN_AND_FREE} {gettext('lieu ouvert, rien de prévu')}   {CLOSED} {gettext('lieu fermé')}"
    return [words, signs]


def _rows(problem: Problem, plan: Plan, *, wide: bool) -> list[tuple[str, Row]]:
    taken = _taken(problem, plan)
    rows: list[tuple[str, Row]] = []
    for site in problem.sites:
        if any(key[0] == site.id for key in taken) or site.closures:
            row = _site_row(site, problem, taken, wide=wide)
            rows.append((site.name, _busy(row) if site.kind == "bureau" else row))
    calls = {
        Spot(on, half): str(taken[None, on, half].interviews) for place, on, half in taken if place is None
    }
    meetings = _meetings(problem)
    rows += [(gettext("Téléphone"), calls)] if calls else []
    return rows + ([(gettext("Réunions"), meetings)] if meetings else [])


Key = tuple[str | None, date, HalfDay]


def _busy(row: Row) -> Row:
    """The cells in which something is planned: an office is always open."""
    return {spot: text for spot, text in row.items() if text not in (OPEN_AND_FREE, CLOSED)}


def _busy_weeks(row: Row) -> Row:
    """The cells of the weeks in which something is planned."""
    busy = {spot.on.isocalendar()[:2] for spot in _busy(row)}
    return {spot: text for spot, text in row.items() if spot.on.isocalendar()[:2] in busy}


def _taken(problem: Problem, plan: Plan) -> dict[Key, Taken]:
    zone = ZoneInfo(problem.zone)
    taken: defaultdict[Key, Taken] = defaultdict(Taken)
    cadence_site = {cadence.id: cadence.site for cadence in problem.cadences}
    sites = {site.id: site for site in problem.sites}
    for permanence in plan.permanences:
        site = cadence_site[permanence.cadence]
        spot = taken[site, permanence.on, permanence.half_day]
        spot.permanence += permanence.staff
        spot.places += (
            bool(problem.interviews)
            * len(permanence.staff)
            * _slots(sites[site], permanence.on, permanence.half_day)
        )
    for session in plan.sessions:
        starts = session.starts_at.astimezone(zone)
        taken[session.site, starts.date(), _half(starts)].sessions.append("+".join(session.staff))
    for interview in plan.interviews:
        starts = interview.starts_at.astimezone(zone)
        taken[interview.site, starts.date(), _half(starts)].interviews += 1
    return dict(taken)


def _half(at: datetime) -> HalfDay:
    return "am" if at.hour < 13 else "pm"


def _slots(site: Site, on: date, half_day: HalfDay) -> int:
    for opening in site.openings:
        if (opening.weekday, opening.half_day) == (on.isoweekday(), half_day) and (
            (opening.from_on or on) <= on <= (opening.until_on or on)
        ):
            start, end = (int(hour[:2]) * 60 + int(hour[3:]) for hour in (opening.from_hour, opening.to_hour))
            step = opening.slot_minutes + opening.buffer_minutes
            return max(0, (end - start + opening.buffer_minutes) // step)
    return 0


def _site_row(site: Site, problem: Problem, taken: Mapping[Key, Taken], *, wide: bool) -> Row:
    row: dict[Spot, str] = {}
    for on in _days(problem.first_on, problem.last_on):
        for half_day in HALVES:
            spot = taken.get((site.id, on, half_day))
            if spot is not None:
                row[Spot(on, half_day)] = spot.text(wide=wide)
            elif _slots(site, on, half_day) and on not in problem.holidays:
                row[Spot(on, half_day)] = CLOSED if _closed(site, on, half_day) else OPEN_AND_FREE
    return row


def _closed(site: Site, on: date, half_day: HalfDay) -> bool:
    return any(
        closure.from_on <= on <= closure.until_on and closure.half_day in (None, half_day)
        for closure in site.closures
    )


def _meetings(problem: Problem) -> Row:
    zone = ZoneInfo(problem.zone)
    who: defaultdict[Spot, list[str]] = defaultdict(list)
    for person in problem.staff:
        for meeting in person.meetings:
            starts = meeting.starts_at.astimezone(zone)
            who[Spot(starts.date(), _half(starts))].append(person.id)
    return {spot: gettext("équipe") if len(staff) > 2 else "+".join(staff) for spot, staff in who.items()}


def _days(first_on: date, last_on: date) -> Iterator[date]:
    for count in range((last_on - first_on).days + 1):
        yield first_on + timedelta(days=count)


def _weeks(problem: Problem, rows: Sequence[tuple[str, Row]]) -> list[list[date]]:
    """Monday to Friday of each week of the horizon; Saturday and Sunday only where something happens."""
    busy = {spot.on for _, row in rows for spot, text in row.items() if text not in (OPEN_AND_FREE, CLOSED)}
    weeks: defaultdict[date, list[date]] = defaultdict(list)
    for on in _days(problem.first_on, problem.last_on):
        if on.weekday() < 5 or on in busy:
            weeks[on - timedelta(days=on.weekday())].append(on)
    return [_with_weekdays_before(monday, days) for monday, days in sorted(weeks.items())]


def _with_weekdays_before(monday: date, days: list[date]) -> list[date]:
    """A first week that starts late keeps its columns under those of the others."""
    return [*_days(monday, days[0] - timedelta(days=1)), *days] if days[0] > monday else days


def _week(
    days: Sequence[date], rows: Sequence[tuple[str, Row]], problem: Problem, cell: int
) -> Iterator[str]:
    week = days[-1].isocalendar().week
    yield (
        gettext("Semaine {week}").format(week=week).replace("\N{NO-BREAK SPACE}", " ").ljust(LABEL_WIDTH)
        + "".join(_head(on, problem).ljust(2 * cell) for on in days).rstrip()
    )
    yield (
        " " * LABEL_WIDTH
        + "".join(
            ("m".ljust(cell) + "a".ljust(cell) if on >= problem.first_on else " " * 2 * cell) for on in days
        ).rstrip()
    )
    filled = [(label, _cells(row, days)) for label, row in rows]
    for label, cells in filled:
        if any(cells):
            yield (
                label[: LABEL_WIDTH - 1].ljust(LABEL_WIDTH)
                + "".join(text[: cell - 1].ljust(cell) for text in cells).rstrip()
            )
    if not any(any(cells) for _, cells in filled):
        yield gettext("rien de prévu")


def _cells(row: Row, days: Sequence[date]) -> list[str]:
    return [row.get(Spot(on, half_day), "") for on in days for half_day in HALVES]


def _head(on: date, problem: Problem) -> str:
    """`lu 7`, `ve 25 férié`; nothing for a day of the month before."""
    if on < problem.first_on:
        return ""
    name = f"{weekday(on)[:2]} {on.day}"
    return f"{name} {gettext('férié')}" if on in problem.holidays else name
