"""Everything that a tiny month could place, thing by thing: presences first, then sessions, then interviews."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, islice, product

import msgspec

from planner.generate.chances import (
    HALF_DAYS,
    dates,
    hour_of,
    instant,
    minutes_of,
    opening_on,
    slot_starts,
)
from planner.plan import PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import Cadence, Interview, Pin, Problem, Promotion, Sequence, Site
from planner.records import HalfDay

Part = PlannedPermanence | PlannedSession | PlannedInterview
Option = tuple[Part, ...]
"""What one choice adds; the empty option leaves the thing out."""


def half_day_of(site: Site | None, on: date, hour: str) -> HalfDay:
    for half_day in HALF_DAYS:
        opening = opening_on(site, on, half_day) if site else None
        if opening and opening.from_hour <= hour < opening.to_hour:
            return half_day
    return "am" if hour < "13:00" else "pm"


def all_choices(problem: Problem) -> Iterator[list[Option]]:
    """One list of options a choice, in an order in which nothing depends on what comes later."""
    for promotion in problem.promotions:
        for sequence in promotion.sequences:
            if sequence.done_on is None:
                yield list(sequence_options(problem, promotion, sequence))
    for cadence in sorted(problem.cadences, key=lambda one: one.follows is not None):
        yield from _occurrences(problem, cadence)
    for need in problem.interviews:
        options = list(interview_options(problem, need))
        for number in range(1, need.count + 1):
            yield [(msgspec.structs.replace(part, number=number),) for part in options]


def _occurrences(problem: Problem, cadence: Cadence) -> Iterator[list[Option]]:
    site = site_of(problem, cadence.site)
    whole_day = cadence.length == "day"
    for on in dates(problem.first_on, problem.last_on):
        if cadence.kind == "session":
            for half_day in HALF_DAYS[:1] if whole_day else HALF_DAYS:
                yield list(_session_options(problem, cadence, on, half_day))
        else:
            held = [_held(problem, cadence, on, half) for half in HALF_DAYS if opening_on(site, on, half)]
            yield from [_together(held)] if whole_day else held


def _held(problem: Problem, cadence: Cadence, on: date, half_day: HalfDay) -> list[Option]:
    """The permanence of one half-day, with every team."""
    return [
        (PlannedPermanence(cadence=cadence.id, on=on, half_day=half_day, staff=staff),)
        for staff in teams(problem, cadence.staff_count)
    ]


def _together(halves: list[list[Option]]) -> list[Option]:
    """Both halves of a day at once, each with any team, or one alone: people may have pinned the other."""
    nobody: Option = ()
    days = product(*([nobody, *half] for half in halves))
    return [option for day in days if (option := tuple(chain.from_iterable(day)))]


def teams(problem: Problem, count: int) -> list[tuple[str, ...]]:
    return list(combinations(sorted(one.id for one in problem.staff), count))


def site_of(problem: Problem, identifier: str) -> Site:
    return next(site for site in problem.sites if site.id == identifier)


def session_hours(
    site: Site, on: date, half_day: HalfDay, minutes: tuple[int, int], *, whole_day: bool
) -> tuple[str, str] | None:
    """Start and end of a session of (offset, duration) minutes, None where no opening says when."""
    opening = opening_on(site, on, half_day)
    evening = opening_on(site, on, "pm")
    if opening is None or (whole_day and (evening is None or half_day == "pm")):
        return None
    if whole_day and evening is not None:
        return opening.from_hour, evening.to_hour
    start = minutes_of(opening.from_hour) + minutes[0]
    return hour_of(start), hour_of(start + minutes[1])


def sequence_options(problem: Problem, promotion: Promotion, sequence: Sequence) -> Iterator[Option]:
    site = site_of(problem, promotion.site)
    rooms = [room.id for room in site.rooms] if sequence.needs_room else [None]
    for on in dates(problem.first_on, problem.last_on):
        for half_day in HALF_DAYS:
            minutes = (sequence.offset_minutes, sequence.duration_minutes)
            hours = session_hours(site, on, half_day, minutes, whole_day=sequence.length == "day")
            for room in rooms if hours else ():
                for staff in teams(problem, sequence.staff_count):
                    yield (
                        PlannedSession(
                            promotion=promotion.id,
                            sequence=sequence.id,
                            starts_at=instant(problem.zone, on, hours[0]),
                            ends_at=instant(problem.zone, on, hours[1]),
                            site=site.id,
                            room=room,
                            staff=staff,
                        ),
                    )


def _session_options(problem: Problem, cadence: Cadence, on: date, half_day: HalfDay) -> Iterator[Option]:
    site = site_of(problem, cadence.site)
    minutes = (cadence.offset_minutes, cadence.duration_minutes)
    hours = session_hours(site, on, half_day, minutes, whole_day=cadence.length == "day")
    rooms = [room.id for room in site.rooms] if cadence.needs_room else [None]
    for room in rooms if hours else ():
        for staff in teams(problem, cadence.staff_count):
            yield (
                PlannedSession(
                    cadence=cadence.id,
                    number=1 + 2 * (on - problem.first_on).days + (half_day == "pm"),
                    starts_at=instant(problem.zone, on, hours[0]),
                    ends_at=instant(problem.zone, on, hours[1]),
                    site=site.id,
                    room=room,
                    staff=staff,
                ),
            )


def interview_options(
    problem: Problem, need: Interview, only_on: date | None = None
) -> Iterator[PlannedInterview]:
    """Every row of slots of an allowed site (of any office for a call), with everybody it may be with."""
    days = [on for on in dates(problem.first_on, problem.last_on) if only_on in (None, on)]
    staff = [
        s.id
        for s in problem.staff
        if need.other_staff or need.referent in (None, s.id) or need.kind == "diagnostic"
    ]
    seen = set()
    for site in problem.sites:
        if not (site.id in need.sites if need.mode == "on_site" else site.kind == "bureau"):
            continue
        for on in days:
            for start, end in _rows(site, on, need.slots):
                at = site.id if need.mode == "on_site" else None
                for member in staff:
                    if (at, on, start, end, member) not in seen:
                        seen.add((at, on, start, end, member))
                        yield _interview(problem, need, on, (start, end), (at, member))


def _rows(site: Site, on: date, slots: int) -> Iterator[tuple[int, int]]:
    for half_day in HALF_DAYS:
        opening = opening_on(site, on, half_day)
        starts = slot_starts(opening) if opening else []
        for first in range(len(starts) - slots + 1):
            yield starts[first], starts[first + slots - 1] + (opening.slot_minutes if opening else 0)


def _interview(
    problem: Problem, need: Interview, on: date, minutes: tuple[int, int], where: tuple[str | None, str]
) -> PlannedInterview:
    return PlannedInterview(
        need=need.id,
        starts_at=instant(problem.zone, on, hour_of(minutes[0])),
        ends_at=instant(problem.zone, on, hour_of(minutes[1])),
        site=where[0],
        staff=where[1],
    )


def pinned_parts(problem: Problem) -> Option:
    """What the pins say, one part each; a pin off every slot or hour is no part."""
    found: list[Part] = []
    for pin in problem.pins:
        found += _pinned(problem, pin)
    return tuple(found)


def _pinned(problem: Problem, pin: Pin) -> list[Part]:
    if pin.half_day:
        return [
            PlannedPermanence(cadence=pin.cadence or "", on=pin.on, half_day=pin.half_day, staff=pin.staff)
        ]
    if pin.need:
        need = next(one for one in problem.interviews if one.id == pin.need)
        anybody = msgspec.structs.replace(need, other_staff=True)
        parts: Iterator[Part] = interview_options(problem, anybody, pin.on)
    else:
        parts = (option[0] for option in _all_sessions(problem, pin))
    return list(islice((part for part in parts if is_pinned(part, pin)), 1))


def _all_sessions(problem: Problem, pin: Pin) -> Iterator[Option]:
    for promotion in problem.promotions:
        for sequence in promotion.sequences:
            if (promotion.id, sequence.id) == (pin.promotion, pin.sequence):
                yield from sequence_options(problem, promotion, sequence)
    for cadence in problem.cadences:
        if cadence.id == pin.cadence:
            for half_day in HALF_DAYS:
                for option in _session_options(problem, cadence, pin.on, half_day):
                    yield (msgspec.structs.replace(option[0], number=pin.number),)


def is_pinned(part: Part, pin: Pin) -> bool:
    if isinstance(part, PlannedPermanence):
        return False
    same = (part.starts_at.date(), f"{part.starts_at:%H:%M}") == (pin.on, pin.start)
    if isinstance(part, PlannedInterview):
        return same and (part.site, part.staff) == (pin.site, pin.staff[0])
    return same and (part.room, part.staff) == (pin.room, pin.staff)
