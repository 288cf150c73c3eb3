"""What would help: one fact otherwise, or one placed need less, each tried out and audited again.

In the order of what they change in the levels, then in the order of their kinds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Literal

from planner.added_cost import AddedCost
from planner.audit import Auditor, AuditReport
from planner.fact_changes import (
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteOpens,
    StaffAuthorised,
    StaffBack,
)
from planner.kept import things
from planner.placements import Placement
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.records import Record
from planner.supposed import changed
from planner.wanted import joined
from planner.why.fact import Fact, Family
from planner.why.ground import Choice, Ground
from planner.why.leaving import Way, is_alike
from planner.why.spots import Asking, Spot, spots

RepairKind = Literal["open", "staff", "window", "spacing", "place", "absence", "drop"]
KINDS: tuple[RepairKind, ...] = ("open", "staff", "window", "spacing", "place", "absence", "drop")
KIND_OF: dict[type[object], RepairKind] = {
    SiteOpens: "open",
    OtherStaff: "staff",
    StaffAuthorised: "staff",
    LongerWindow: "window",
    CloserDates: "spacing",
    MorePlaces: "place",
    StaffBack: "absence",
}
WEEK = timedelta(days=7)
MOST_TRIED = 4
MOST_EACH = 2
"""Of each kind of repair, so many are tried out and so many are told."""


class Repair(Record, frozen=True, kw_only=True):
    """What would be otherwise, where the thing would stand then, and by how much each level's value rises.

    `change` is null when a placed need is dropped instead: `drop` names it, `plan` is what is left.
    """

    kind: RepairKind
    change: FactChange | None = None
    drop: str | None = None
    placement: Placement
    plan: Plan
    costs: tuple[int, ...]


class Repairs:
    """Tries repairs of one plan."""

    def __init__(self, auditor: Auditor, ground: Ground) -> None:
        """`ground` judges beside the whole plan."""
        self.auditor = auditor
        self.ground = ground
        self.plan = ground.view.plan
        self.before = auditor.audit(self.plan)
        self._added = AddedCost(ground.view)
        self._things = things(ground.view)

    def of(self, ask: Asking, ways: Iterable[Way]) -> tuple[Repair, ...]:
        """The repairs that hold when audited, best first."""
        found = [*self._changes(ask), *self._drops(ask, ways)]
        return tuple(sorted(found, key=lambda one: (one.costs, KINDS.index(one.kind), str(one.change))))

    def _changes(self, ask: Asking) -> Iterator[Repair]:
        by_kind: dict[RepairKind, dict[FactChange, Choice]] = defaultdict(dict)
        for change, choice in self._possible(ask):
            by_kind[KIND_OF[type(change)]].setdefault(change, choice)
        for kind, choices in by_kind.items():
            told = 0
            for change, choice in list(choices.items())[:MOST_TRIED]:
                repair = self._tried(kind, change, choice) if told < MOST_EACH else None
                if repair is not None:
                    told += 1
                    yield repair

    def _possible(self, ask: Asking) -> list[tuple[FactChange, Choice]]:
        """Each change with the placements that it would allow, the cheapest first."""
        found: list[tuple[FactChange, Choice]] = []

        def worth(spot: Spot, family: Family, adds: Plan) -> bool:
            return self._stays(ask, adds) and (not family or bool(lifting(ask, spot, family)))

        for choice in self.ground.choices(ask, spots(self.ground.whole, ask), worth):
            found += [(change, choice) for change in lifting(ask, choice.spot, choice.family)]
        found += self._with_others(ask)
        return sorted(found, key=lambda one: (self._price(one[1]), one[1].spot.on, one[1].spot.interval))

    def _with_others(self, ask: Asking) -> Iterator[tuple[FactChange, Choice]]:
        """Placements with somebody else than the referent."""
        if ask.need is None or len(ask.people) > 1:
            return
        others = tuple(person for person in self.ground.territory.staff if person not in ask.people)

        def worth(_: Spot, family: Family, adds: Plan) -> bool:
            return self._stays(ask, adds) and not family

        asked = ask._replace(people=others)
        for choice in self.ground.choices(asked, spots(self.ground.whole, asked), worth):
            yield OtherStaff(need=ask.need.id), choice

    def _stays(self, ask: Asking, adds: Plan) -> bool:
        """An interview goes where somebody is already, or opens an office half-day: never a permanence."""
        return ask.need is None or not adds.permanences

    def _price(self, choice: Choice) -> tuple[int, ...]:
        return self._added.of(PlanView(self.ground.territory, choice.adds))

    def _tried(self, kind: RepairKind, change: FactChange, choice: Choice) -> Repair | None:
        auditor = Auditor(changed(self.auditor.territory.problem, (change,)))
        after = joined(self.plan, choice.adds)
        report = auditor.audit(after)
        if not self._holds(report):
            return None
        return Repair(
            kind=kind, change=change, placement=choice.placement, plan=after, costs=self._costs(report)
        )

    def _drops(self, ask: Asking, ways: Iterable[Way]) -> Iterator[Repair]:
        for way in ways:
            if len(way.leavers) == 1 and not is_alike(self._things[way.leavers[0].name], ask.wanted):
                report = self.auditor.audit(way.plan)
                if self._holds(report):
                    drop, costs = way.leavers[0].name, self._costs(report)
                    yield Repair(
                        kind="drop", drop=drop, placement=way.choice.placement, plan=way.plan, costs=costs
                    )

    def _holds(self, report: AuditReport) -> bool:
        """No breach that the plan has not already, nor more of one."""
        known = {breach.key: breach.amount for breach in self.before.violations}
        return all(breach.amount <= known.get(breach.key, 0) for breach in report.violations)

    def _costs(self, report: AuditReport) -> tuple[int, ...]:
        return tuple(report.goals[name] - self.before.goals[name] for name in LEVEL_NAMES)


def lifting(ask: Asking, spot: Spot, family: Family) -> frozenset[FactChange]:
    """The changes each of which lifts every condition of a placement, as far as the facts say."""
    shared: frozenset[FactChange] | None = None
    for condition in family:
        own = frozenset(change for fact in condition if (change := change_of(ask, spot, fact)) is not None)
        shared = own if shared is None else shared & own
    return shared or frozenset()


def change_of(ask: Asking, spot: Spot, fact: Fact) -> FactChange | None:
    """The one change that would lift a fact for a placement there; none of ours lifts the others."""
    half = spot.halves[0]
    match fact.kind:
        case "opening" | "closure":
            return SiteOpens(site=fact.site, half_day=fact.half_day or half, on=spot.on)
        case "absence":
            return StaffBack(staff=fact.staff, on=spot.on, half_day=half)
        case "authorisation":
            return StaffAuthorised(staff=fact.staff, site=fact.site)
        case "places":
            return MorePlaces(site=fact.site)
        case "partner_places":
            return MorePlaces(cadence=fact.about)
        case "window" | "spacing":
            return _stretch(ask, spot, fact)
        case _:
            return None


def _stretch(ask: Asking, spot: Spot, fact: Fact) -> FactChange | None:
    """A week more, or a day less between two dates, of the missing thing itself."""
    wanted = ask.wanted
    window = ask.need or ask.sequence
    if fact.kind == "window" and window is not None:
        if not window.until_on < spot.on <= window.until_on + WEEK:
            return None
        return LongerWindow(need=wanted.need, promotion=wanted.promotion, sequence=wanted.sequence)
    step = sequence_key(wanted.promotion or "", wanted.sequence or "")
    if fact.about not in (wanted.need, wanted.cadence, step):
        return None
    return CloserDates(
        need=wanted.need, cadence=wanted.cadence, promotion=wanted.promotion, sequence=wanted.sequence
    )
