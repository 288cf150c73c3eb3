"""What a plan changes of the published one, and who is to be told before it is kept. Nothing is written."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from planner.audit import Auditor
from planner.compare import ThingDifference, differences
from planner.errors import PlannerError
from planner.kept import things
from planner.plan import Plan
from planner.plan_view import Visit
from planner.problem import Problem
from planner.suggest import Suggester, Suggestion
from planner.wanted import Wanted

PROPOSALS = 3


class NothingPublishedError(PlannerError):
    """A re-plan of a month of which nothing is published."""

    def __init__(self) -> None:
        super().__init__("published: nothing is published, there is nothing to keep")


class ToReplace(NamedTuple):
    """An interview that people count on and that cannot stand where it was, and other places for it.

    `is_kept`: fixed with the person, it stays in the plan, overruled, until somebody frees it.
    """

    need: str
    number: int
    proposals: tuple[Suggestion, ...]
    is_kept: bool


class Told(NamedTuple):
    """What a plan changes of the published one, and whom that concerns."""

    plan: Plan
    to_replace: tuple[ToReplace, ...]
    changes: tuple[ThingDifference, ...]
    staff: tuple[str, ...]
    participants: tuple[str, ...]
    sites: tuple[str, ...]
    partners: tuple[str, ...]
    """Cadences whose partners' bookings stand in a permanence that is gone."""


def told(problem: Problem, plan: Plan) -> Told:
    """Raises `NothingPublishedError`."""
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
    return Told(
        plan,
        to_replace(auditor, plan),
        changes,
        tuple(sorted({person for one in changes for person in one.staff})),
        tuple(sorted({person for one in changes for person in one.participants})),
        tuple(sorted({site for one in changes for site in one.sites})),
        tuple(sorted(gone)),
    )


def to_replace(auditor: Auditor, plan: Plan) -> tuple[ToReplace, ...]:
    """Pinned interviews that break a rule where they stand, then published ones that are left out."""
    return (*_overruled(auditor, plan), *_dropped(auditor, plan))


def _overruled(auditor: Auditor, plan: Plan) -> Iterator[ToReplace]:
    problem, view = auditor.territory.problem, auditor.view(plan)
    broken = {key for found in auditor.audit(plan).overruled for key in found.breach.items}
    pinned = {pin.need for pin in problem.pins if pin.need is not None}
    for visit in view.visits:
        if visit.need.id in pinned and visit.key in broken:
            freed = msgspec.structs.replace(
                problem, pins=tuple(pin for pin in problem.pins if pin.need != visit.need.id)
            )
            wanted = Wanted(need=visit.need.id, number=visit.number)
            others = Suggester(freed, plan).suggest(wanted, count=PROPOSALS + 1)
            elsewhere = (one for one in others if one.placement.start != visit.interval[0])
            yield ToReplace(visit.need.id, visit.number, tuple(elsewhere)[:PROPOSALS], is_kept=True)


def _dropped(auditor: Auditor, plan: Plan) -> Iterator[ToReplace]:
    planned = things(auditor.view(plan))
    suggester = Suggester(auditor.territory.problem, plan)
    for name, thing in things(auditor.published).items() if auditor.published else ():
        is_ahead = thing.on >= auditor.territory.horizon.today_on
        if isinstance(thing, Visit) and is_ahead and name not in planned:
            wanted = Wanted(need=thing.need.id, number=thing.number)
            proposals = suggester.suggest(wanted, count=PROPOSALS)
            yield ToReplace(thing.need.id, thing.number, proposals, is_kept=False)
