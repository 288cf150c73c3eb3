"""Every single way to place one thing that was left out, each as a plan that holds nothing else.

An interview brings its presence: the office half-day of its person, or a permanence of a cadence of
the site. The checker then says which rules forbid the placement by itself.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, islice
from typing import NamedTuple

from planner.asked import fitting_half_days, weekly_dates
from planner.horizon import HALF_DAYS, Interval
from planner.plan import OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import Cadence, Interview, Promotion, Room, Sequence
from planner.records import HalfDay
from planner.territory import Territory

MOST_TEAMS = 30
"""Of larger teams only this many are tried: what follows from them is a first reason, not a proof."""


class Trial(NamedTuple):
    """One placement: when, where, with whom."""

    on: date
    half_day: HalfDay
    site: str | None
    staff: tuple[str, ...]
    plan: Plan


def days_between(territory: Territory, from_on: date, until_on: date) -> list[date]:
    """The days of the horizon from one date to another, both included."""
    first, last = max(from_on, territory.horizon.first_on), min(until_on, territory.horizon.last_on)
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def teams(territory: Territory, work: Cadence | Sequence, site: str) -> list[tuple[str, ...]]:
    """Teams of those who may enter and have a skill that is asked first."""
    asks = territory.sites[site].demands_accreditation

    def rank(person: str) -> tuple[bool, int]:
        known = territory.staff[person]
        shut_out = asks and all(one.site != site for one in known.accreditations)
        return shut_out, -len(set(work.skills) & set(known.skills))

    people = sorted(territory.staff, key=rank)
    return list(islice(combinations(people, work.staff_count), MOST_TEAMS))


# Cadences


def cadence_trials(
    territory: Territory, cadence: Cadence, *, without: Iterable[date] = ()
) -> Iterator[Trial]:
    """Each date that the cadence could take; of a weekly one, those it asks less `without`."""
    if territory.is_monthly(cadence):
        days = [
            on for on in territory.horizon.days if not cadence.weekdays or on.isoweekday() in cadence.weekdays
        ]
    else:
        held = set(without)
        days = [on for on in weekly_dates(territory, cadence)[0] if on not in held]
    for on in days:
        for half_day in HALF_DAYS[:1] if cadence.length == "day" else fitting_half_days(cadence):
            for staff in teams(territory, cadence, cadence.site):
                yield Trial(
                    on, half_day, cadence.site, staff, _cadence_plan(territory, cadence, on, half_day, staff)
                )


def _cadence_plan(
    territory: Territory, cadence: Cadence, on: date, half_day: HalfDay, staff: tuple[str, ...]
) -> Plan:
    if cadence.kind == "permanence":
        halves = HALF_DAYS if cadence.length == "day" else (half_day,)
        return Plan(
            permanences=tuple(
                PlannedPermanence(cadence=cadence.id, on=on, half_day=half, staff=staff) for half in halves
            )
        )
    interval = _session_interval(territory, cadence, cadence.site, on, half_day)
    session = _session(territory, interval, cadence.site, staff, needs_room=cadence.needs_room)
    return Plan(sessions=(_of_cadence(session, cadence),))


def _of_cadence(session: PlannedSession, cadence: Cadence) -> PlannedSession:
    return PlannedSession(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        site=session.site,
        room=session.room,
        staff=session.staff,
        cadence=cadence.id,
        number=1,
    )


# Sequences


def sequence_trials(territory: Territory, promotion: Promotion, sequence: Sequence) -> Iterator[Trial]:
    for on in days_between(territory, sequence.from_on, sequence.until_on):
        for half_day in HALF_DAYS[:1] if sequence.length == "day" else HALF_DAYS:
            interval = _session_interval(territory, sequence, promotion.site, on, half_day)
            for staff in teams(territory, sequence, promotion.site):
                session = _session(territory, interval, promotion.site, staff, needs_room=sequence.needs_room)
                placed = PlannedSession(
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                    site=session.site,
                    room=session.room,
                    staff=staff,
                    promotion=promotion.id,
                    sequence=sequence.id,
                )
                yield Trial(on, half_day, promotion.site, staff, Plan(sessions=(placed,)))


def _session_interval(
    territory: Territory, work: Cadence | Sequence, site: str, on: date, half_day: HalfDay
) -> Interval:
    if work.length == "day":
        return territory.hours(site, on, "am").start, territory.hours(site, on, "pm").end
    start = territory.hours(site, on, half_day).start + work.offset_minutes
    return start, start + work.duration_minutes


def _session(
    territory: Territory, interval: Interval, site: str, staff: tuple[str, ...], *, needs_room: bool
) -> PlannedSession:
    """In the largest room of the site, if it needs one."""
    rooms = territory.sites[site].rooms if needs_room else ()
    room = max(rooms, key=_seats).id if rooms else None
    starts_at, ends_at = (territory.horizon.instant(minute) for minute in interval)
    return PlannedSession(starts_at=starts_at, ends_at=ends_at, site=site, staff=staff, room=room)


def _seats(room: Room) -> int:
    return room.seats


# Interviews


def interview_trials(territory: Territory, need: Interview) -> Iterator[Trial]:
    """Every slot of every half-day that a site of the need opens, with everyone who may hold it."""
    people = list(territory.staff) if need.kind == "diagnostic" or need.other_staff else _referent(need)
    sites: Iterable[str] = need.sites if need.mode == "on_site" else territory.bureaus
    for on in days_between(territory, need.from_on, need.until_on):
        for half_day in HALF_DAYS:
            for site in sites:
                for interval in _runs(territory, need, site, on, half_day):
                    for person in people:
                        place = site if need.mode == "on_site" else None
                        plan = _interview_plan(territory, need, (place, on, half_day), interval, person)
                        yield Trial(on, half_day, place, (person,), plan)


def _referent(need: Interview) -> list[str]:
    return [need.referent] if need.referent is not None else []


def _runs(
    territory: Territory, need: Interview, site: str, on: date, half_day: HalfDay
) -> Iterator[Interval]:
    opening = territory.opening(site, on, half_day)
    for first in range(opening.slot_count - need.slots + 1) if opening else ():
        assert opening is not None
        yield opening.slot_interval(first)[0], opening.slot_interval(first + need.slots - 1)[1]


def _interview_plan(
    territory: Territory,
    need: Interview,
    place: tuple[str | None, date, HalfDay],
    interval: Interval,
    person: str,
) -> Plan:
    site, on, half_day = place
    starts_at, ends_at = (territory.horizon.instant(minute) for minute in interval)
    interview = PlannedInterview(need=need.id, starts_at=starts_at, ends_at=ends_at, staff=person, site=site)
    if site is None:
        return Plan(interviews=(interview,))
    if territory.sites[site].kind == "bureau" and not need.only_in_permanence:
        office = OfficeHalfDay(staff=person, site=site, on=on, half_day=half_day)
        return Plan(office=(office,), interviews=(interview,))
    permanences = tuple(
        PlannedPermanence(cadence=cadence.id, on=on, half_day=half_day, staff=(person,))
        for cadence in islice(_cadences_at(territory, site, half_day), 1)
    )
    return Plan(permanences=permanences, interviews=(interview,))


def _cadences_at(territory: Territory, site: str, half_day: HalfDay) -> Iterator[Cadence]:
    for cadence in territory.problem.cadences:
        if cadence.kind == "permanence" and cadence.site == site and half_day in fitting_half_days(cadence):
            yield cadence
