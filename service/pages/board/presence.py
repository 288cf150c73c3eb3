"""Who could work when: weekly patterns, absences, openings of sites."""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from planner.problem import Absence, Opening, Problem, Site, StaffMember
from planner.records import HalfDay
from service.pages.board.calendar import HALVES, Half

NOON = time(13)
EDGES: dict[HalfDay, tuple[time, time]] = {"am": (time(8), NOON), "pm": (NOON, time(19))}


@cache
def hour(text: str) -> time:
    return time.fromisoformat(text)


def half_of(at: datetime, zone: ZoneInfo) -> Half:
    """The half-day of an instant: morning before 13:00, local time."""
    local = at.astimezone(zone)
    return local.date(), "am" if local.time() < NOON else "pm"


def opening(site: Site, on: date, half: HalfDay) -> Opening | None:
    """The opening valid on that date, closures left aside."""
    for one in site.openings:
        if one.weekday == on.isoweekday() and one.half_day == half and _valid(one.from_on, one.until_on, on):
            return one
    return None


def slot_count(one: Opening) -> int:
    """How many interviews of one slot fit, one after the other."""
    start, end = (hour(text).hour * 60 + hour(text).minute for text in (one.from_hour, one.to_hour))
    room = end - start - one.slot_minutes
    return 0 if room < 0 else 1 + room // (one.slot_minutes + one.buffer_minutes)


def closure(site: Site, on: date, half: HalfDay) -> str | None:
    """The id of the closure in force."""
    for one in site.closures:
        if one.from_on <= on <= one.until_on and one.half_day in (None, half):
            return one.id
    return None


def absence(person: StaffMember, on: date, half: HalfDay, zone: ZoneInfo) -> Absence | None:
    """The absence that touches the half-day."""
    if not person.absences:
        return None
    start, end = (datetime.combine(on, edge, zone) for edge in EDGES[half])
    return next((one for one in person.absences if one.starts_at < end and one.ends_at > start), None)


def pattern_halves(person: StaffMember, dates: list[date]) -> set[Half]:
    """Half-days that the weekly pattern lists, whatever happens on the date."""
    by_weekday: dict[int, list[tuple[HalfDay, date | None, date | None]]] = {}
    for one in person.availability:
        by_weekday.setdefault(one.weekday, []).append((one.half_day, one.from_on, one.until_on))
    return {
        (on, half)
        for on in dates
        for half, from_on, until_on in by_weekday.get(on.isoweekday(), ())
        if _valid(from_on, until_on, on)
    }


def available_halves(problem: Problem, person: StaffMember, dates: list[date]) -> set[Half]:
    """Half-days of the pattern without absence and not on a public holiday."""
    zone, holidays = ZoneInfo(problem.zone), frozenset(problem.holidays)
    listed = pattern_halves(person, [on for on in dates if on not in holidays])
    return {(on, half) for on, half in listed if absence(person, on, half, zone) is None}


def absences_by_half(problem: Problem, person: StaffMember, dates: list[date]) -> dict[Half, Absence]:
    zone = ZoneInfo(problem.zone)
    found = (((on, half), absence(person, on, half, zone)) for on in dates for half in HALVES)
    return {key: one for key, one in found if one is not None}


def _valid(from_on: date | None, until_on: date | None, on: date) -> bool:
    return (from_on is None or from_on <= on) and (until_on is None or on <= until_on)
