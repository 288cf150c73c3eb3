"""What a plan changes of the published one, and who is to be told before it is kept. Nothing is written."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from planner.audit import Auditor
from planner.compare import ThingDifference, differences
from planner.errors import PlannerError
from planner.kept import things
from planner.plan import Plan
from planner.plan_keys import permanence_key
from planner.plan_view import PlanView, Visit
from planner.problem import Booked, Problem
from planner.suggest import Suggester, Suggestion
from planner.wanted import Wanted

PROPOSALS = 3


class NothingPublishedError(PlannerError):
    """A re-plan of a month of which nothing is published."""

    def __init__(self) -> None:
        super().__init__("published: nothing is published, there is nothing to keep")


class ToReplace(NamedTuple):
    """An interview that people count on and that cannot stand where it was, and other places for it.

    `is_kept`: fixed with the person, it stays in the plan, overruled, until somebody frees it. `was`: where
    people expect it.
    """

    need: str
    number: int
    proposals: tuple[Suggestion, ...]
    is_kept: bool
    was: Visit


class Waiting(NamedTuple):
    """An interview to place anew, before other places are looked for."""

    need: str
    number: int
    is_kept: bool
    was: Visit


class Told(NamedTuple):
    """What a plan changes of the published one, and whom that concerns.

    `waiting` names every interview to place anew, `to_replace` those of which proposals were asked for.
    """

    plan: Plan
    waiting: tuple[Waiting, ...]
    to_replace: tuple[ToReplace, ...]
    changes: tuple[ThingDifference, ...]
    staff: tuple[str, ...]
    participants: tuple[str, ...]
    sites: tuple[str, ...]
    partners: tuple[str, ...]
    """Cadences whose partners' bookings stand in a permanence that is gone, or in a slot that it has no more."""


EVERYTHING = slice(None)


def told(problem: Problem, plan: Plan, part: slice = EVERYTHING) -> Told:
    """`part`: of which interviews to place anew other places are looked for. Raises `NothingPublishedError`."""
    auditor = Auditor(problem)
    if auditor.published is None:
        raise NothingPublishedError
    today_on = auditor.territory.horizon.today_on
    view = auditor.view(plan)
    changes = tuple(
        one
        for one in differences(auditor.published, view)
        if any(side is not None and side.on >= today_on for side in (one.before, one.after))
    )
    gone = {b.cadence for b in problem.booked if b.on >= today_on and not _has_slot(view, b)}
    every = waiting(auditor, plan)
    return Told(
        plan,
        every,
        to_replace(auditor, plan, every[part]),
        changes,
        tuple(sorted({person for one in changes for person in one.staff})),
        tuple(sorted({person for one in changes for person in one.participants})),
        tuple(sorted({site for one in changes for site in one.sites})),
        tuple(sorted(gone)),
    )


def _has_slot(view: PlanView, booking: Booked) -> bool:
    """Whether the permanence of a booking is in the plan, and its slot in the hours of the site."""
    permanence = view.by_key.get(permanence_key(booking.cadence, booking.on, booking.half_day))
    if permanence is None:
        return False
    hours = view.territory.hours(permanence.site, booking.on, booking.half_day)
    return booking.slot < hours.slot_count


def waiting(auditor: Auditor, plan: Plan) -> tuple[Waiting, ...]:
    """Pinned interviews that break a rule where they stand, then published ones that are left out, by date."""
    return (*_overruled(auditor, plan), *_dropped(auditor, plan))


def _overruled(auditor: Auditor, plan: Plan) -> Iterator[Waiting]:
    view = auditor.view(plan)
    _, overruled = auditor.judge(view)
    broken = {key for found in overruled for key in found.breach.items}
    pinned = {pin.need for pin in auditor.territory.problem.pins if pin.need is not None}
    for visit in view.visits:
        if visit.need.id in pinned and visit.key in broken:
            yield Waiting(visit.need.id, visit.number, is_kept=True, was=visit)


def _dropped(auditor: Auditor, plan: Plan) -> Iterator[Waiting]:
    planned, today_on = things(auditor.view(plan)), auditor.territory.horizon.today_on
    gone = [
        thing
        for name, thing in (things(auditor.published).items() if auditor.published else ())
        if isinstance(thing, Visit) and thing.on >= today_on and name not in planned
    ]
    for thing in sorted(gone, key=lambda one: one.interval):
        yield Waiting(thing.need.id, thing.number, is_kept=False, was=thing)


def to_replace(auditor: Auditor, plan: Plan, some: Iterable[Waiting]) -> tuple[ToReplace, ...]:
    """Each with its best places if nothing else moves, once they are freed: some hundredths of a second each.

    None is proposed the start at which it is kept.
    """
    asked = tuple(some)
    suggester = Suggester(_freed(auditor.territory.problem, asked), plan)
    found = []
    for one in asked:
        kept_at = one.was.interval[0] if one.is_kept else None
        wanted = Wanted(need=one.need, number=one.number)
        places = suggester.suggest(wanted, count=PROPOSALS, not_at=kept_at)
        found.append(ToReplace(one.need, one.number, places, one.is_kept, one.was))
    return tuple(found)


def _freed(problem: Problem, some: Iterable[Waiting]) -> Problem:
    """A problem without the pins of some needs."""
    needs = {one.need for one in some if one.is_kept}
    return msgspec.structs.replace(problem, pins=tuple(pin for pin in problem.pins if pin.need not in needs))
