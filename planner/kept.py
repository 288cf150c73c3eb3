"""What a plan keeps that nobody but a person may move: pinned, past, and frozen assignments.

The checker's reading: which assignments meet a pin, which stand as they were published, and
whether one of them breaks a rule by itself, with its presence.
"""

from collections import defaultdict
from collections.abc import Container, Iterable
from datetime import date, timedelta
from typing import Any

from planner.breach import Breach
from planner.plan import Assignment, OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.plan_keys import permanence_key, sequence_key
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Pin
from planner.territory import Territory

Reference = tuple[object, ...]
"""What a pin and the assignment that meets it have in common."""


def freeze_on(territory: Territory) -> date:
    """The first date on which the solver may place and move things."""
    return territory.horizon.today_on + timedelta(days=territory.problem.notice_days)


def known_published(territory: Territory) -> Plan | None:
    """The published plan, less what the problem has forgotten and what lies outside the horizon."""
    plan, horizon = territory.problem.published, territory.horizon
    if plan is None:
        return None
    counts = {need.id: need.count for need in territory.problem.interviews}
    return Plan(
        permanences=tuple(p for p in plan.permanences if p.on in horizon and p.cadence in territory.cadences),
        sessions=tuple(
            s
            for s in plan.sessions
            if horizon.date_at(s.starts_at) in horizon
            and (
                (s.promotion or "", s.sequence or "") in territory.sequences
                or s.cadence in territory.cadences
            )
        ),
        office=tuple(o for o in plan.office if o.on in horizon),
        interviews=tuple(
            i
            for i in plan.interviews
            if horizon.date_at(i.starts_at) in horizon and i.number <= counts.get(i.need, 0)
        ),
    )


# Pins


def pin_reference(territory: Territory, pin: Pin) -> Reference:
    if pin.half_day is not None:
        return pin.cadence, pin.on, pin.half_day, frozenset(pin.staff)
    start = territory.horizon.minute_at(pin.on, pin.start or "00:00")
    if pin.need is not None:
        return pin.need, start, pin.site, pin.staff[0]
    return _pinned_about(pin), start, _session_site(territory, pin), pin.room, frozenset(pin.staff)


def _session_site(territory: Territory, pin: Pin) -> str:
    """Where a pinned session stands: a pin names its room, the promotion or cadence its site."""
    if pin.promotion is not None:
        return territory.sequences[pin.promotion, pin.sequence or ""][0].site
    return territory.cadences[pin.cadence or ""].site


def _pinned_about(pin: Pin) -> str | None:
    """What the references of a pin begin with."""
    if pin.need is not None:
        return pin.need
    if pin.half_day is not None:
        return pin.cadence
    if pin.promotion is not None:
        return sequence_key(pin.promotion, pin.sequence or "")
    return f"{pin.cadence}#{pin.number}"


def _reference(activity: Activity) -> Reference:
    if activity.kind == "permanence" and activity.cadence:
        return activity.cadence.id, activity.on, activity.half_days[0], frozenset(activity.staff)
    return activity.about, activity.interval[0], activity.site, activity.room, frozenset(activity.staff)


def _visit_reference(visit: Visit) -> Reference:
    return visit.need.id, visit.interval[0], visit.site, visit.staff


def references(view: PlanView) -> dict[Reference, str]:
    """The name of each assignment of a plan by what a pin would say of it."""
    found = {_reference(activity): name_of(activity) for activity in (*view.permanences, *view.sessions)}
    return found | {_visit_reference(visit): name_of(visit) for visit in view.visits}


def pinned_names(view: PlanView) -> set[str]:
    """The names of the assignments that meet a pin."""
    known = references(view) if view.problem.pins else {}
    about = {reference[0] for reference in known}
    pins = (pin for pin in view.problem.pins if _pinned_about(pin) in about)
    met = (known.get(pin_reference(view.territory, pin)) for pin in pins)
    return {name for name in met if name is not None}


# As published


def content(thing: Activity | Visit) -> Reference:
    """What stays the same of an assignment that is not moved."""
    if isinstance(thing, Visit):
        return thing.interval[0], thing.site, thing.staff
    if thing.kind == "session":
        return thing.interval[0], thing.site, thing.room, frozenset(thing.staff)
    return (frozenset(thing.staff),)


def name_of(thing: Activity | Visit) -> str:
    """An assignment's key after its kind, which keeps the keys of two lists apart."""
    return f"interview {thing.key}" if isinstance(thing, Visit) else f"{thing.kind} {thing.key}"


def things(view: PlanView) -> dict[str, Activity | Visit]:
    """Every assignment of a plan by its name."""
    found: dict[str, Activity | Visit] = {name_of(activity): activity for activity in view.activities}
    return found | {name_of(visit): visit for visit in view.visits}


# Alone


def alone(view: PlanView, thing: Activity | Visit) -> PlanView:
    """One assignment of a plan with its presence, and nothing else."""
    found = [view.records[id(thing)]]
    if isinstance(thing, Visit):
        presence = (
            view.records[id(thing.presence)] if thing.presence else brought_presence(view, thing, view.by_key)
        )
        found += [presence] if presence else []
    return PlanView(view.territory, _plan_of(found))


def alone_under_pins(published: PlanView, thing: Activity | Visit) -> PlanView:
    """One assignment of the published plan with the presence that pins leave it: one of a permanence may be new,
    or held by others now."""
    pinned = _pinned_there(published, thing) if isinstance(thing, Visit) else {}
    if not pinned:
        return alone(published, thing)
    beside = (
        published.records[id(one)]
        for one in (*published.permanences, *published.offices)
        if one.on == thing.on and one.key not in pinned
    )
    day = PlanView(published.territory, _plan_of([published.records[id(thing)], *beside, *pinned.values()]))
    return alone(day, day.visits[0])


def _pinned_there(published: PlanView, visit: Visit) -> dict[str, PlannedPermanence]:
    """The permanences, by key, that people pinned at the site of an interview on its date."""
    cadences = published.territory.cadences
    return {
        permanence_key(pin.cadence, pin.on, pin.half_day): PlannedPermanence(
            cadence=pin.cadence, on=pin.on, half_day=pin.half_day, staff=pin.staff
        )
        for pin in published.problem.pins
        if pin.half_day is not None
        and pin.cadence is not None
        and pin.on == visit.on
        and cadences[pin.cadence].site == visit.site
    }


def part(view: PlanView, kept: set[int], extra: Iterable[Assignment] = ()) -> Plan:
    """The assignments of a plan whose views are kept, and others beside them."""
    return _plan_of([*(record for thing, record in view.records.items() if thing in kept), *extra])


def _plan_of(records: Iterable[Assignment]) -> Plan:
    found: dict[type, list[Any]] = defaultdict(list)
    for record in records:
        found[type(record)].append(record)
    return Plan(
        permanences=tuple(found[PlannedPermanence]),
        sessions=tuple(found[PlannedSession]),
        office=tuple(found[OfficeHalfDay]),
        interviews=tuple(found[PlannedInterview]),
    )


def brought_presence(view: PlanView, visit: Visit, standing: Container[str]) -> Assignment | None:
    """The presence that an interview brings where the plan has none of that person there.

    No permanence where one of that key is among those that stand: others hold it.
    """
    if visit.presence is not None or visit.site is None:
        return None
    if visit.site in view.territory.bureaus:
        return OfficeHalfDay(staff=visit.staff, site=visit.site, on=visit.on, half_day=visit.half_day)
    for cadence in view.problem.cadences:
        if cadence.site == visit.site and cadence.kind == "permanence":
            if permanence_key(cadence.id, visit.on, visit.half_day) in standing:
                return None
            return PlannedPermanence(
                cadence=cadence.id, on=visit.on, half_day=visit.half_day, staff=(visit.staff,)
            )
    return None


def is_broken(breaches: Iterable[Breach]) -> bool:
    """Whether something is wrong by itself: more than a part that is missing around it."""
    return any(not breach.missing for breach in breaches)
