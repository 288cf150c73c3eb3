"""Where does it fit? The best places for one thing while everything else stays.

Costs come first: they are cheap to know for every placement. Rules are then asked in the order of
costs, until as many places as wanted are found.
"""

from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from planner.added_cost import NOTHING, AddedCost, Costs
from planner.audit import Auditor
from planner.fit import Fit
from planner.placements import PeopleFor, Placement, placements
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_view import PlanView
from planner.problem import Problem
from planner.records import HalfDay
from planner.territory import is_valid
from planner.wanted import Wanted, check_known, joined, placed, taken_out

TEN = 10


class Suggestion(NamedTuple):
    """A placement that breaks nothing, and by how much each level's value rises with it.

    `displaced` are the interviews that stood in a permanence or session which moves away.
    """

    placement: Placement
    costs: Costs
    displaced: tuple[str, ...] = ()

    @property
    def first_level(self) -> str | None:
        """The first level that it changes; none when it changes nothing."""
        return next((name for name, cost in zip(LEVEL_NAMES, self.costs, strict=True) if cost), None)


class Suggester:
    """Suggests places in one plan; keep it while somebody drags one thing after the other."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.auditor = Auditor(problem)
        self.plan = plan
        self.view = self.auditor.view(plan)
        self.territory = self.auditor.territory
        self._whole: tuple[Fit, AddedCost] | None = None

    def suggest(
        self, wanted: Wanted, *, count: int = TEN, not_at: int | None = None
    ) -> tuple[Suggestion, ...]:
        """The best places, best first; of a thing that is placed, its own among them.

        None that starts at the minute `not_at`. Raises `UnknownWantedError`.
        """
        check_known(self.problem, wanted)
        if not placed(self.view, wanted):
            fit, cost = self._of_the_plan()
            moved = _Moved(NOTHING, Plan())
        else:
            fit, cost, moved = self._without(wanted)
        found = self._places(fit, cost, wanted, moved)
        fitting = (one for one in found if one.placement.start != not_at and fit.fits(one.placement.adds))
        return tuple(islice(fitting, count))

    def _of_the_plan(self) -> tuple[Fit, AddedCost]:
        if self._whole is None:
            self._whole = Fit(self.auditor, self.plan), AddedCost(self.view)
        return self._whole

    def _without(self, wanted: Wanted) -> tuple[Fit, AddedCost, "_Moved"]:
        base, less = taken_out(self.view, wanted)
        before, after = self._goals, self.auditor.goals(base)
        taken = tuple(after[name] - before[name] for name in LEVEL_NAMES)
        fit = Fit(self.auditor, base)
        return fit, AddedCost(fit.view), _Moved(taken, less)

    @cached_property
    def _goals(self) -> dict[str, int]:
        return self.auditor.goals(self.plan)

    def _places(self, fit: Fit, cost: AddedCost, wanted: Wanted, moved: "_Moved") -> list[Suggestion]:
        """All placements, whatever they break, best first."""
        found = []
        for placement in placements(fit.view, wanted, possible_people(fit)):
            stays = moved.staying(placement)
            full = placement._replace(adds=joined(placement.adds, stays))
            added = PlanView(self.territory, full.adds)
            costs = tuple(a + b for a, b in zip(cost.of(added), moved.costs, strict=True))
            found.append(Suggestion(full, costs, moved.displaced(stays)))
        return sorted(found, key=lambda one: (one.costs, one.placement.order))


class _Moved(NamedTuple):
    """What taking a thing out cost, and what left the plan with it."""

    costs: Costs
    less: Plan

    def staying(self, placement: Placement) -> Plan:
        """Interviews of a permanence that keeps its half-day and their person stay in it."""
        own = {(one.on, one.half_day) for one in self.less.permanences}
        if not own or own != {(one.on, one.half_day) for one in placement.adds.permanences}:
            return Plan()
        kept = tuple(one for one in self.less.interviews if one.staff in placement.staff)
        return Plan(interviews=kept)

    def displaced(self, stays: Plan) -> tuple[str, ...]:
        if not self.less.permanences:
            return ()
        return tuple(one.need for one in self.less.interviews if one not in stays.interviews)


def suggest(problem: Problem, plan: Plan, wanted: Wanted, *, count: int = TEN) -> tuple[Suggestion, ...]:
    """The best places of one thing in one plan."""
    return Suggester(problem, plan).suggest(wanted, count=count)


def possible_people(fit: Fit) -> PeopleFor:
    """Who is at work, authorised and free in half-days of a date; whoever is pinned or published that day too.

    What these lack breaks a rule in any team; the others are judged with their team.
    """
    territory, view = fit.territory, fit.view
    decided = {(person, pin.on) for pin in territory.problem.pins for person in pin.staff}
    decided |= {(person, on) for person, _, on in territory.announced}

    def free(person: str, on: date, half_day: HalfDay) -> bool:
        return territory.is_listed(person, on, half_day) and not view.by_moment.get((person, on, half_day))

    def authorised(person: str, site: str, on: date) -> bool:
        held = territory.staff[person].accreditations
        return not territory.sites[site].demands_accreditation or any(
            one.site == site and is_valid(on, one.from_on, one.until_on) for one in held
        )

    def people(site: str, on: date, halves: tuple[HalfDay, ...]) -> list[str]:
        return [
            person
            for person in territory.staff
            if (person, on) in decided
            or (authorised(person, site, on) and all(free(person, on, half) for half in halves))
        ]

    return people
