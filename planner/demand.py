"""What a month asks: how many of each cadence, which dates, and the part of each window that counts."""

from calendar import monthrange
from collections import Counter
from datetime import date
from typing import NamedTuple

from planner.prepare import Facts, month_of
from planner.problem import Cadence
from planner.records import HalfDay

FULLEST_WITHIN = 100
"""Days, from any date on, that hold a whole month of 31."""


class Asked(NamedTuple):
    """`asked` occurrences (and at most `most`) among those from day `first` to day `last`."""

    asked: int
    most: int
    first: int
    last: int


class CutWindow(NamedTuple):
    """The days of the horizon in a window; `counts` when the need belongs to a month planned here."""

    first: int
    last: int
    counts: bool


def cut_window(facts: Facts, from_on: date, until_on: date) -> CutWindow:
    """Which days of the horizon lie in a window, and whether an unplaced need of it counts."""
    counts = month_of_window(from_on, until_on) in facts.months
    return CutWindow(max(0, facts.day(from_on)), min(facts.days - 1, facts.day(until_on)), counts)


def month_of_window(from_on: date, until_on: date) -> tuple[int, int]:
    """The month with most days of the window; the earlier one when equal."""
    days: Counter[tuple[int, int]] = Counter()
    first, last = from_on.toordinal(), min(until_on.toordinal(), from_on.toordinal() + FULLEST_WITHIN)
    while first <= last:
        on = date.fromordinal(first)
        left = monthrange(on.year, on.month)[1] - on.day + 1
        days[month_of(on)] = min(left, last - first + 1)
        first += left
    return min(days, key=lambda month: (-days[month], month)) if days else month_of(from_on)


def is_monthly(cadence: Cadence) -> bool:
    return cadence.follows is None and (cadence.asked > 0 or not cadence.weekdays)


def is_weekly(cadence: Cadence) -> bool:
    return cadence.follows is None and not is_monthly(cadence)


def asked_months(facts: Facts, cadence: Cadence) -> tuple[Asked, ...]:
    """One entry for each calendar month of the horizon, for a monthly cadence."""
    elsewhere = _done_elsewhere(facts, cadence)
    months: dict[tuple[int, int], list[int]] = {}
    for day in range(facts.days):
        months.setdefault(month_of(facts.on(day)), []).append(day)
    found = []
    for month, days in months.items():
        asked = max(0, cadence.asked - elsewhere[month])
        most = max(0, cadence.asked + cadence.up_to - elsewhere[month])
        found.append(Asked(asked, most, max(days[0], facts.today), days[-1]))
    return tuple(found)


def _done_elsewhere(facts: Facts, cadence: Cadence) -> Counter[tuple[int, int]]:
    """Occurrences by month outside the horizon or before today, of history and of what is published."""
    dates = {(past.on, past.half_day) for past in cadence.history}
    published = facts.problem.published
    if published:
        dates |= {(p.on, p.half_day) for p in published.permanences if p.cadence == cadence.id}
        for session in published.sessions:
            if session.cadence == cadence.id:
                minute = facts.minute(session.starts_at)
                half_day: HalfDay = "pm" if facts.half_of(minute, session.site) % 2 else "am"
                dates.add((facts.on(minute // 1440), half_day))
    past = {(on, "day" if cadence.length == "day" else half_day) for on, half_day in dates}
    return Counter(month_of(on) for on, _ in past if not max(0, facts.today) <= facts.day(on) < facts.days)


def asked_days(facts: Facts, cadence: Cadence) -> frozenset[int]:
    """Days on which a weekly cadence asks one: its weekdays, after exceptions, where the site opens."""
    days = {day for day in range(facts.days) if facts.weekday(day) in cadence.weekdays}
    moved = {facts.day(exception.on) for exception in cadence.exceptions}
    days -= moved
    days |= {
        facts.day(exception.to_on)
        for exception in cadence.exceptions
        if exception.to_on is not None and exception.on.isoweekday() in cadence.weekdays
    }
    return frozenset(day for day in days if 0 <= day < facts.days and opening_halves(facts, cadence, day))


def opening_halves(facts: Facts, cadence: Cadence, day: int) -> tuple[int, ...]:
    """First half-days of that day in which one occurrence of the cadence finds its site open."""
    morning, afternoon = 2 * day, 2 * day + 1
    if cadence.length == "day":
        both = facts.is_open(cadence.site, morning) and facts.is_open(cadence.site, afternoon)
        return (morning,) if both else ()
    wanted = {"am": (morning,), "pm": (afternoon,), "half": (morning, afternoon)}[cadence.length]
    return tuple(half for half in wanted if facts.is_open(cadence.site, half))


def candidate_halves(facts: Facts, cadence: Cadence) -> tuple[int, ...]:
    """First half-days in which the cadence may have an occurrence, holidays and closures left out."""
    if is_weekly(cadence):
        days = asked_days(facts, cadence)
    elif is_monthly(cadence):
        days = _days_of_month(facts, cadence)
    else:
        days = frozenset(range(facts.days))
    return tuple(half for day in sorted(days) for half in opening_halves(facts, cadence, day))


def _days_of_month(facts: Facts, cadence: Cadence) -> frozenset[int]:
    """The weekdays of a monthly cadence, less what an exception takes away, and what one allows."""
    forbidden = {facts.day(exception.on) for exception in cadence.exceptions}
    added = {facts.day(exception.to_on) for exception in cadence.exceptions if exception.to_on is not None}
    weekdays = cadence.weekdays
    return frozenset(
        day
        for day in range(facts.days)
        if day in added or (day not in forbidden and (not weekdays or facts.weekday(day) in weekdays))
    )


def may_ask(facts: Facts, cadence: Cadence, day: int) -> bool:
    """Whether an occurrence of that day can be one that is asked; of one that follows, given a session."""
    if is_monthly(cadence):
        return day in _days_of_month(facts, cadence)
    return day in asked_days(facts, cadence) if is_weekly(cadence) else opens(facts, cadence, day)


def meeting_days(facts: Facts, cadence: Cadence, day: int) -> tuple[int, ...]:
    """The session days for which a cadence that follows them is asked on `day`, exceptions first."""
    moved = {
        facts.day(exception.on): None if exception.to_on is None else facts.day(exception.to_on)
        for exception in cadence.exceptions
    }
    return tuple(origin for origin in {day, *moved} if moved.get(origin, origin) == day)


def dates_elsewhere(facts: Facts, cadence: Cadence) -> frozenset[int]:
    """Days of history, and of what is published outside the horizon."""
    days = {facts.day(past.on) for past in cadence.history}
    published = facts.problem.published
    if published:
        known = [facts.day(p.on) for p in published.permanences if p.cadence == cadence.id]
        known += [facts.minute(s.starts_at) // 1440 for s in published.sessions if s.cadence == cadence.id]
        days |= {day for day in known if not 0 <= day < facts.days}
    return frozenset(days)


def opens(facts: Facts, cadence: Cadence, day: int) -> bool:
    """Whether the cadence's site opens that day in a half-day that suits it."""
    morning, afternoon = (facts.is_open(cadence.site, 2 * day + half) for half in (0, 1))
    return {
        "am": morning,
        "pm": afternoon,
        "half": morning or afternoon,
        "day": morning and afternoon,
    }[cadence.length]


def still_asks(facts: Facts, cadence: str, day: int) -> bool:
    """Whether the records alone still allow a published date: a weekly cadence on its weekdays."""
    found = facts.cadences[cadence]
    if not is_weekly(found):
        return True
    moved = {facts.day(exception.on) for exception in found.exceptions}
    added = {facts.day(e.to_on) for e in found.exceptions if e.to_on is not None}
    return (facts.weekday(day) in found.weekdays and day not in moved) or day in added
