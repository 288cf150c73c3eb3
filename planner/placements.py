"""Every way to place one thing in a plan where everything else stays, rules aside.

An interview goes into a presence that is there, or opens an office half-day; a permanence or a session
comes with each team and room that its site, dates and number of people allow.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from planner.asked import (
    fitting_half_days,
    followed_days,
    month_of,
    monthly_asks,
    parts,
    past_occurrences,
    placed_from_today,
    weekly_dates,
)
from planner.horizon import HALF_DAYS, Interval
from planner.plan import OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.plan_view import PlanView
from planner.problem import Cadence, Interview, Promotion, Sequence
from planner.records import HalfDay
from planner.territory import Territory
from planner.wanted import Wanted

PeopleFor = Callable[[str, date, tuple[HalfDay, ...]], list[str]]
"""Who could be at a site in half-days of a date, as far as each person alone is concerned."""


class Placement(NamedTuple):
    """When, where and with whom; `start` in minutes, no site for a call, `adds` what a plan gains by it."""

    on: date
    start: int
    site: str | None
    staff: tuple[str, ...]
    room: str | None
    half_day: HalfDay
    adds: Plan

    @property
    def order(self) -> tuple[date, int, str, tuple[str, ...], str]:
        """The order of equals."""
        return self.on, self.start, self.site or "", self.staff, self.room or ""


def placements(view: PlanView, wanted: Wanted, people: PeopleFor) -> Iterator[Placement]:
    """All placements of a thing that the plan does not have."""
    territory = view.territory
    if wanted.need is not None:
        yield from interview_placements(view, territory.needs[wanted.need], wanted.number or 1)
    elif wanted.cadence is not None:
        cadence = territory.cadences[wanted.cadence]
        for on in cadence_dates(view, cadence):
            yield from _occurrences(view, cadence, on, wanted.number, people)
    else:
        promotion, sequence = territory.sequences[wanted.promotion or "", wanted.sequence or ""]
        decided = _decided_dates(view, wanted)
        for on in (on for on in territory.horizon.days if on in decided or _suits(promotion, sequence, on)):
            yield from _sequences(territory, promotion, sequence, (on, on in decided), people)


# Interviews


def eligible(territory: Territory, need: Interview) -> list[str]:
    """Who may hold an interview, by rank of office alone."""
    if need.kind == "diagnostic" or need.other_staff or need.referent is None:
        return list(territory.staff)
    return [need.referent]


def interview_placements(view: PlanView, need: Interview, number: int) -> Iterator[Placement]:
    horizon = view.horizon
    first, last = max(need.from_on, horizon.first_on), min(need.until_on, horizon.last_on)
    team = eligible(view.territory, need)
    decided = {
        (horizon.minute_at(pin.on, pin.start or "00:00"), pin.site, pin.staff[0])
        for pin in view.problem.pins
        if pin.need == need.id
    }
    for on in (on for on in horizon.days if first <= on <= last):
        for half_day, site, interval in slot_runs(view.territory, need, on):
            for person in team:
                office = _presence(view, need, (on, half_day, site), interval, person)
                is_decided = (interval[0], site, person) in decided
                if office is not None or is_decided:
                    adds = interview_plan(view, need, number, interval, (person, site), office or ())
                    yield Placement(on, interval[0], site, (person,), None, half_day, adds)


def slot_runs(
    territory: Territory, need: Interview, on: date
) -> Iterator[tuple[HalfDay, str | None, Interval]]:
    """The runs of slots that suit a need on a date: at its sites, or those of any bureau for a call."""
    called: set[Interval] = set()
    for half_day in HALF_DAYS:
        for site in need.sites if need.mode == "on_site" else territory.bureaus:
            opening = territory.opening(site, on, half_day)
            for first in range(opening.slot_count - need.slots + 1) if opening else ():
                assert opening is not None
                start, end = opening.slot_interval(first)[0], opening.slot_interval(first + need.slots - 1)[1]
                if need.mode == "on_site":
                    yield half_day, site, (start, end)
                elif (start, end) not in called:
                    called.add((start, end))
                    yield half_day, None, (start, end)


def _presence(
    view: PlanView,
    need: Interview,
    where: tuple[date, HalfDay, str | None],
    interval: Interval,
    person: str,
) -> tuple[OfficeHalfDay, ...] | None:
    """The office half-day to open, nothing where somebody is there already, None where nobody can be."""
    on, half_day, site = where
    if site is None:
        return ()
    for activity in view.by_day.get((person, on), ()):
        inside = activity.interval[0] <= interval[0] and interval[1] <= activity.interval[1]
        if activity.site == site and activity.kind != "session" and inside:
            return () if activity.kind == "permanence" or not need.only_in_permanence else None
    if site not in view.territory.bureaus or need.only_in_permanence:
        return None
    if view.by_moment.get((person, on, half_day)) or not view.territory.is_listed(person, on, half_day):
        return None
    return (OfficeHalfDay(staff=person, site=site, on=on, half_day=half_day),)


def interview_plan(
    view: PlanView,
    need: Interview,
    number: int,
    interval: Interval,
    who: tuple[str, str | None],
    office: tuple[OfficeHalfDay, ...],
) -> Plan:
    """What is added by an interview of `who` (person, site) in an interval."""
    starts_at, ends_at = (view.horizon.instant(minute) for minute in interval)
    person, site = who
    interview = PlannedInterview(
        need=need.id, number=number, starts_at=starts_at, ends_at=ends_at, staff=person, site=site
    )
    return Plan(office=office, interviews=(interview,))


# Cadences


def cadence_dates(view: PlanView, cadence: Cadence) -> list[date]:
    """The dates on which a cadence may have one occurrence more, as far as it says itself."""
    if cadence.follows is not None:
        dates = sorted(followed_days(view, cadence))
    elif view.territory.is_monthly(cadence):
        dates = [on for on in view.horizon.days if on in _monthly_dates(view, cadence)]
    else:
        dates = weekly_dates(view.territory, cadence)[0]
    decided = _decided_dates(view, Wanted(cadence=cadence.id))
    held = [one.on for one in view.by_cadence.get(cadence.id, ())]
    return sorted(decided | {on for on in dates if _has_distance(cadence, on, held)})


def _decided_dates(view: PlanView, wanted: Wanted) -> set[date]:
    """Dates on which people decided to have it, whatever is asked: pinned, with what is in it, or published."""
    asked = (wanted.cadence, wanted.promotion, wanted.sequence)
    pins = [pin for pin in view.problem.pins if pin.need is None]
    decided = {pin.on for pin in pins if (pin.cadence, pin.promotion, pin.sequence) == asked}
    if wanted.cadence is not None:
        cadence = view.territory.cadences[wanted.cadence]
        decided |= {on for on, _ in past_occurrences(view.territory, cadence)}
        decided |= {pin.on for pin in view.problem.pins if pin.need is not None and pin.site == cadence.site}
    known = view.published.by_sequence if view.published is not None else {}
    published = known.get((wanted.promotion or "", wanted.sequence or ""))
    return {on for on in decided | ({published.on} if published else set()) if on in view.horizon}


def _has_distance(cadence: Cadence, on: date, held: list[date]) -> bool:
    return all(abs((on - other).days) >= cadence.min_days for other in held)


def _monthly_dates(view: PlanView, cadence: Cadence) -> set[date]:
    """Dates of months that take one more, those that exceptions took away left out; and dates decided already."""
    moved_to = {one.to_on for one in cadence.exceptions}
    dropped = {one.on for one in cadence.exceptions} - moved_to
    held = placed_from_today(view, cadence)
    full = {
        ask.month
        for ask in monthly_asks(view.territory, cadence)
        if len(held.get(ask.month, ())) >= ask.most * parts(cadence)
    }
    decided = {pin.on for pin in view.problem.pins if pin.cadence == cadence.id}
    return {
        on
        for on in view.horizon.days
        if on in decided
        or (
            on not in dropped
            and (month_of(on) not in full or on < view.horizon.today_on)
            and (not cadence.weekdays or on.isoweekday() in cadence.weekdays or on in moved_to)
        )
    }


def _occurrences(
    view: PlanView, cadence: Cadence, on: date, number: int | None, people: PeopleFor
) -> Iterator[Placement]:
    decided = on in _decided_dates(view, Wanted(cadence=cadence.id))
    fitting = HALF_DAYS if decided else fitting_half_days(cadence)
    for halves in (HALF_DAYS,) if cadence.length == "day" else ((half,) for half in fitting):
        if not decided and not all(view.territory.is_open(cadence.site, on, half) for half in halves):
            continue
        for staff in combinations(people(cadence.site, on, halves), cadence.staff_count):
            if cadence.kind == "permanence":
                yield _permanence(view, cadence, on, halves, staff)
            else:
                named = {"cadence": cadence.id, "number": number or _free_number(view, cadence)}
                yield from _sessions(view.territory, cadence, cadence.site, on, halves, staff, named)


def _permanence(
    view: PlanView, cadence: Cadence, on: date, halves: tuple[HalfDay, ...], staff: tuple[str, ...]
) -> Placement:
    adds = Plan(
        permanences=tuple(
            PlannedPermanence(cadence=cadence.id, on=on, half_day=half, staff=staff) for half in halves
        )
    )
    start = view.territory.hours(cadence.site, on, halves[0]).start
    return Placement(on, start, cadence.site, staff, None, halves[0], adds)


def _free_number(view: PlanView, cadence: Cadence) -> int:
    used = {record.number for record in view.plan.sessions if record.cadence == cadence.id}
    return next(number for number in range(1, len(used) + 2) if number not in used)


# Sessions


def _suits(promotion: Promotion, sequence: Sequence, on: date) -> bool:
    """Whether a date lies in the sequence's window, on the promotion's weekday."""
    is_day = promotion.weekday is None or on.isoweekday() == promotion.weekday
    return is_day and sequence.from_on <= on <= sequence.until_on


def _sequences(
    territory: Territory,
    promotion: Promotion,
    sequence: Sequence,
    when: tuple[date, bool],
    people: PeopleFor,
) -> Iterator[Placement]:
    """`when` is a date, and whether somebody decided on it."""
    on, decided = when
    named = {"promotion": promotion.id, "sequence": sequence.id}
    halves_of: tuple[tuple[HalfDay, ...], ...] = (
        (HALF_DAYS,) if sequence.length == "day" else (("am",), ("pm",))
    )
    for halves in halves_of:
        fits = promotion.half_day is None or promotion.half_day in halves
        is_open = all(territory.is_open(promotion.site, on, half) for half in halves)
        if not decided and not (fits and is_open):
            continue
        for staff in combinations(people(promotion.site, on, halves), sequence.staff_count):
            yield from _sessions(territory, sequence, promotion.site, on, halves, staff, named)


def session_interval(
    territory: Territory, work: Cadence | Sequence, site: str, on: date, halves: tuple[HalfDay, ...]
) -> Interval:
    """The hours of a session that begins in a half-day of its site, or takes the whole day."""
    first, last = territory.hours(site, on, halves[0]), territory.hours(site, on, halves[-1])
    if work.length == "day":
        return first.start, last.end
    return first.start + work.offset_minutes, first.start + work.offset_minutes + work.duration_minutes


def _sessions(  # noqa: PLR0913 - a session is where, when, who and what
    territory: Territory,
    work: Cadence | Sequence,
    site: str,
    on: date,
    halves: tuple[HalfDay, ...],
    staff: tuple[str, ...],
    named: Mapping[str, Any],
) -> Iterator[Placement]:
    start, end = session_interval(territory, work, site, on, halves)
    starts_at, ends_at = territory.horizon.instant(start), territory.horizon.instant(end)
    for room in [one.id for one in territory.sites[site].rooms] if work.needs_room else [None]:
        session = PlannedSession(
            starts_at=starts_at, ends_at=ends_at, site=site, staff=staff, room=room, **named
        )
        yield Placement(on, start, site, staff, room, halves[0], Plan(sessions=(session,)))
