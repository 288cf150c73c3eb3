"""A month solved again after something changed: least change, and who is to be told before it is kept."""

from typing import NamedTuple

import msgspec

from planner.audit import Auditor
from planner.compare import ThingDifference, differences
from planner.errors import PlannerError
from planner.plan import Plan
from planner.problem import Problem
from planner.solve import Limits, Planned, Stopped, solve
from planner.suggest import Suggester, Suggestion
from planner.wanted import Wanted

PROPOSALS = 3
DEFAULT_LIMITS = Limits(time_limit_seconds=3.0)


class NothingPublishedError(PlannerError):
    """A re-plan of a month of which nothing is published."""

    def __init__(self) -> None:
        super().__init__("published: nothing is published, there is nothing to keep")


class ToReplace(NamedTuple):
    """An interview fixed with the person that a new fact made impossible, and other places for it."""

    need: str
    number: int
    proposals: tuple[Suggestion, ...]


class Replanned(NamedTuple):
    """A plan of least change, what it changes of the published one, and who is to be told."""

    plan: Plan
    to_replace: tuple[ToReplace, ...]
    changes: tuple[ThingDifference, ...]
    staff: tuple[str, ...]
    participants: tuple[str, ...]
    sites: tuple[str, ...]
    partners: tuple[str, ...]
    """Cadences whose partners' bookings stand in a permanence that is gone."""


def replan(problem: Problem, limits: Limits = DEFAULT_LIMITS) -> Replanned | Stopped:
    """Solve with what is published in mind. Raises `NothingPublishedError`."""
    if problem.published is None:
        raise NothingPublishedError
    outcome = solve(problem, limits=limits)
    return replanned(problem, outcome.plan) if isinstance(outcome, Planned) else outcome


def replanned(problem: Problem, plan: Plan) -> Replanned:
    """What a plan changes of the published one, nothing written anywhere."""
    auditor = Auditor(problem)
    if auditor.published is None:
        raise NothingPublishedError
    today_on = auditor.territory.horizon.today_on
    changes = tuple(
        one
        for one in differences(auditor.published, auditor.view(plan))
        if any(side is not None and side.on >= today_on for side in (one.before, one.after))
    )
    held = {(one.cadence, one.on, one.half_day) for one in plan.permanences}
    gone = {
        b.cadence for b in problem.booked if b.on >= today_on and (b.cadence, b.on, b.half_day) not in held
    }
    return Replanned(
        plan,
        to_replace(problem, plan),
        changes,
        tuple(sorted({person for one in changes for person in one.staff})),
        tuple(sorted({person for one in changes for person in one.participants})),
        tuple(sorted({site for one in changes for site in one.sites})),
        tuple(sorted(gone)),
    )


def to_replace(problem: Problem, plan: Plan) -> tuple[ToReplace, ...]:
    """Interviews pinned by somebody that break a rule where they stand, each with three other places."""
    auditor = Auditor(problem)
    view = auditor.view(plan)
    broken = {key for found in auditor.audit(plan).overruled for key in found.breach.items}
    pinned = {pin.need for pin in problem.pins if pin.need is not None}
    found = []
    for visit in view.visits:
        if visit.need.id in pinned and visit.key in broken:
            freed = msgspec.structs.replace(
                problem, pins=tuple(pin for pin in problem.pins if pin.need != visit.need.id)
            )
            wanted = Wanted(need=visit.need.id, number=visit.number)
            others = Suggester(freed, plan).suggest(wanted, count=PROPOSALS + 1)
            elsewhere = (one for one in others if one.placement.start != visit.interval[0])
            found.append(ToReplace(visit.need.id, visit.number, tuple(elsewhere)[:PROPOSALS]))
    return tuple(found)
