"""Where one missing thing could stand if no record forbade it: every date of the month, every slot.

A spot is a when and where; who is there comes after. What stays forbidden here is structure: the sites
of a need, the slots of an opening, the dates that a cadence asks for.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from planner.asked import (
    asked_and_placed,
    fitting_half_days,
    followed_days,
    month_of,
    weekly_dates,
)
from planner.horizon import HALF_DAYS, Interval
from planner.placements import eligible, session_interval
from planner.plan import OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.plan_view import PlanView
from planner.problem import Cadence, Interview, Sequence
from planner.records import HalfDay
from planner.wanted import Wanted


class Spot(NamedTuple):
    """One when and where of a thing: an interview with what brings its person there, a permanence, a session.

    `cadence` is the permanence that an interview brings with it, or none: an office half-day, a call.
    """

    on: date
    halves: tuple[HalfDay, ...]
    interval: Interval
    site: str | None
    room: str | None = None
    cadence: Cadence | None = None
    one_of: frozenset[str] | None = None
    """The animators of that day's session, one of whom is there; null: anybody."""


class Asking(NamedTuple):
    """What is missing: a need, a cadence or a sequence, and how many people it takes."""

    wanted: Wanted
    people: tuple[str, ...]
    size: int
    skills: tuple[str, ...]
    need: Interview | None = None
    cadence: Cadence | None = None
    sequence: Sequence | None = None


def asking(view: PlanView, wanted: Wanted) -> Asking:
    """What is known of the missing thing, from the problem."""
    territory = view.territory
    everybody = tuple(territory.staff)
    if wanted.need is not None:
        need = territory.needs[wanted.need]
        return Asking(wanted, tuple(eligible(territory, need)), 1, (), need=need)
    if wanted.cadence is not None:
        cadence = territory.cadences[wanted.cadence]
        return Asking(wanted, everybody, cadence.staff_count, cadence.skills, cadence=cadence)
    _, sequence = territory.sequences[wanted.promotion or "", wanted.sequence or ""]
    return Asking(wanted, everybody, sequence.staff_count, sequence.skills, sequence=sequence)


def asked_dates(view: PlanView, ask: Asking) -> frozenset[date]:
    """The dates from today on that a need or a sequence names; of a cadence all of the horizon."""
    window = ask.need or ask.sequence
    return frozenset(
        on
        for on in view.horizon.days
        if on >= view.horizon.today_on and (window is None or window.from_on <= on <= window.until_on)
    )


def spots(view: PlanView, ask: Asking) -> Iterator[Spot]:
    """`view` is the whole plan: a cadence is asked for on the dates that the plan lacks."""
    if ask.need is not None:
        yield from _of_interview(view, ask.need)
    elif ask.cadence is not None:
        yield from _of_cadence(view, ask.cadence)
    elif ask.sequence is not None:
        promotion, sequence = view.territory.sequences[ask.wanted.promotion or "", ask.sequence.id]
        yield from _of_work(view, sequence, promotion.site, view.horizon.days, HALF_DAYS)


def _of_interview(view: PlanView, need: Interview) -> Iterator[Spot]:
    for on in view.horizon.days:
        for half in HALF_DAYS:
            if need.mode != "on_site":
                yield from _of_call(view, need, on, half)
                continue
            for site in need.sites:
                for cadence in _presences(view, need, site, on, half):
                    for interval in _runs(view, need, site, on, half):
                        one_of = _animators(view, cadence, on)
                        yield Spot(on, (half,), interval, site, cadence=cadence, one_of=one_of)


def _of_call(view: PlanView, need: Interview, on: date, half: HalfDay) -> Iterator[Spot]:
    called = {run for site in view.territory.bureaus for run in _runs(view, need, site, on, half)}
    for interval in sorted(called):
        yield Spot(on, (half,), interval, None)


def _runs(view: PlanView, need: Interview, site: str, on: date, half: HalfDay) -> list[Interval]:
    """Runs of slots of the opening, or of the hours that a missing one would have."""
    hours = view.territory.hours(site, on, half)
    return [
        (hours.slot_interval(first)[0], hours.slot_interval(first + need.slots - 1)[1])
        for first in range(hours.slot_count - need.slots + 1)
    ]


def _presences(view: PlanView, need: Interview, site: str, on: date, half: HalfDay) -> list[Cadence | None]:
    """An office half-day, or the first cadence of the site that may have a permanence then."""
    if site in view.territory.bureaus and not need.only_in_permanence:
        return [None]
    fitting: list[Cadence | None] = [
        one
        for one in view.problem.cadences
        if one.kind == "permanence" and one.site == site and half in fitting_half_days(one)
        if _may_stand(view, one, on)
    ]
    return fitting[:1]


def _animators(view: PlanView, cadence: Cadence | None, on: date) -> frozenset[str] | None:
    if cadence is None or cadence.follows is None:
        return None
    return frozenset(followed_days(view, cadence).get(on, ()))


def _may_stand(view: PlanView, cadence: Cadence, on: date) -> bool:
    """Whether the cadence may have a permanence on a date, as it says itself."""
    moved_to = {one.to_on for one in cadence.exceptions}
    if cadence.follows is not None:
        return on in followed_days(view, cadence)
    if not view.territory.is_monthly(cadence):
        return on in weekly_dates(view.territory, cadence)[0]
    return not cadence.weekdays or on.isoweekday() in cadence.weekdays or on in moved_to


def _of_cadence(view: PlanView, cadence: Cadence) -> Iterator[Spot]:
    dates = _missing_dates(view, cadence)
    if cadence.kind == "session":
        yield from _of_work(view, cadence, cadence.site, dates, fitting_half_days(cadence))
        return
    for on in dates:
        for halves in (HALF_DAYS,) if cadence.length == "day" else ((h,) for h in fitting_half_days(cadence)):
            first = view.territory.hours(cadence.site, on, halves[0])
            last = view.territory.hours(cadence.site, on, halves[-1])
            interval, one_of = (first.start, last.end), _animators(view, cadence, on)
            yield Spot(on, halves, interval, cadence.site, cadence=cadence, one_of=one_of)


def _missing_dates(view: PlanView, cadence: Cadence) -> list[date]:
    """Dates that a weekly cadence lacks; all those of a monthly one in the months that lack some."""
    if not view.territory.is_monthly(cadence):
        held = {one.on for one in view.by_cadence.get(cadence.id, ())}
        followed = cadence.follows is not None
        asked = followed_days(view, cadence) if followed else weekly_dates(view.territory, cadence)[0]
        return [on for on in sorted(asked) if on not in held]
    lacking = {name for name, asked, placed in asked_and_placed(view, cadence) if placed < asked}
    return [
        on
        for on in view.horizon.days
        if f"{month_of(on)[0]}-{month_of(on)[1]:02}" in lacking and _may_stand(view, cadence, on)
    ]


def _of_work(
    view: PlanView,
    work: Cadence | Sequence,
    site: str,
    dates: tuple[date, ...] | list[date],
    halves_allowed: tuple[HalfDay, ...],
) -> Iterator[Spot]:
    known = view.territory.sites[site].rooms if work.needs_room else ()
    rooms: list[str | None] = [room.id for room in known]
    cadence = work if isinstance(work, Cadence) else None
    for on in dates:
        for halves in (HALF_DAYS,) if work.length == "day" else ((half,) for half in halves_allowed):
            interval = session_interval(view.territory, work, site, on, halves)
            for room in rooms or [None]:
                yield Spot(on, halves, interval, site, room, cadence)


# What a plan gains


def presence_of(ask: Asking, spot: Spot, staff: tuple[str, ...]) -> Plan:
    """What brings people there: the thing itself, or what an interview stands in."""
    if ask.need is not None and spot.site is None:
        return Plan()
    if ask.need is not None and spot.cadence is None:
        office = OfficeHalfDay(staff=staff[0], site=spot.site or "", on=spot.on, half_day=spot.halves[0])
        return Plan(office=(office,))
    if spot.cadence is not None and spot.cadence.kind == "permanence":
        halves = HALF_DAYS if spot.cadence.length == "day" else spot.halves
        return Plan(
            permanences=tuple(
                PlannedPermanence(cadence=spot.cadence.id, on=spot.on, half_day=half, staff=staff)
                for half in halves
            )
        )
    return Plan()


def session_of(view: PlanView, ask: Asking, spot: Spot, staff: tuple[str, ...]) -> Plan:
    named: dict[str, Any] = {"promotion": ask.wanted.promotion, "sequence": ask.wanted.sequence}
    if ask.cadence is not None:
        used = {one.number for one in view.plan.sessions if one.cadence == ask.cadence.id}
        free = next(number for number in range(1, len(used) + 2) if number not in used)
        named = {"cadence": ask.cadence.id, "number": free}
    session = PlannedSession(
        starts_at=view.horizon.instant(spot.interval[0]),
        ends_at=view.horizon.instant(spot.interval[1]),
        site=spot.site or "",
        staff=staff,
        room=spot.room,
        **named,
    )
    return Plan(sessions=(session,))


def interview_of(view: PlanView, ask: Asking, spot: Spot, person: str) -> Plan:
    """The interview alone."""
    assert ask.need is not None
    return Plan(
        interviews=(
            PlannedInterview(
                need=ask.need.id,
                number=ask.wanted.number or 1,
                starts_at=view.horizon.instant(spot.interval[0]),
                ends_at=view.horizon.instant(spot.interval[1]),
                staff=person,
                site=spot.site,
            ),
        )
    )
