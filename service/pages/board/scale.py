"""What a change of a draft breaks and costs, without auditing the whole plan for each place of a thing in hand.

The plan without what is in hand is laid out once, with what is wrong in it already (a pin that the thing
leaves, a session that waits for it); each place is then judged by the rules near it.
"""

from collections.abc import Iterable
from threading import Lock
from typing import Literal, NamedTuple

import msgspec

from db.records.plan import PlanItem
from planner.added_cost import AddedCost
from planner.audit import Auditor
from planner.breach import Breach
from planner.fit import Fit
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.problem import Problem
from service.translate.plan_rows import plan_from

MOST_IN_HAND = 4
"""Things taken out of a plan of which what is beside them is kept."""
Effect = Literal["free", "costs", "breaks"]


class Rewrite(NamedTuple):
    """What an edit does to the rows of a draft."""

    put: tuple[PlanItem, ...]
    drop: tuple[str, ...]

    def applied(self, items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
        gone = {*self.drop, *(item.key for item in self.put)}
        return (*(item for item in items if item.key not in gone), *self.put)

    def pinned_if(self, decided: bool) -> "Rewrite":
        """What is put against a rule stays where it was put: a decision."""
        put = tuple(msgspec.structs.replace(item, pinned=True) for item in self.put) if decided else self.put
        return Rewrite(put, self.drop)


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """New breaches, and what each level changes by. `taken` are activities that stand in the way."""

    breaches: tuple[Breach, ...]
    differences: dict[str, int]

    @property
    def first(self) -> tuple[str, int]:
        """The first level that changes, and by how much; what comes after it weighs nothing against it."""
        return next(((name, value) for name, value in self.differences.items() if value), ("", 0))

    @property
    def cost(self) -> int:
        return max(0, self.first[1])

    @property
    def effect(self) -> Effect:
        if self.breaches:
            return "breaks"
        return "costs" if self.cost > 0 else "free"

    @property
    def order(self) -> tuple[object, ...]:
        return (len(self.breaches), *self.differences.values())


class Beside(NamedTuple):
    """The plan without what is in hand: what judges and prices additions, and what taking it out changed."""

    fit: Fit
    cost: AddedCost
    differences: tuple[int, ...]
    broken: tuple[Breach, ...]


class Scale:
    """Weighs one change of a draft after the other: rules and goals are laid out once."""

    def __init__(self, problem: Problem, items: tuple[PlanItem, ...]) -> None:
        self.problem, self.items = problem, items
        self.auditor = Auditor(problem)
        now = self.auditor.audit(plan_from(items))
        self.known = {breach.key for breach in now.violations} | {one.breach.key for one in now.overruled}
        self.goals = now.goals
        self._keys = frozenset(item.key for item in items)
        self._beside: dict[frozenset[str], Beside] = {}
        self._laying = Lock()

    def weigh(self, rewrite: Rewrite) -> Weight:
        keys = self._keys.intersection((*rewrite.drop, *(item.key for item in rewrite.put)))
        beside = self._without(keys)
        added = plan_from(rewrite.put)
        view = PlanView(self.auditor.territory, added)
        new, mended = beside.fit.changed_breaches(added, view)
        fresh = {one.key for one in new}
        left = [one for one in beside.broken if one.key not in mended and one.key not in fresh]
        held = [item for item in self.items if item.key in keys]
        breaches = tuple(
            one for one in (*left, *new) if one.key not in self.known and not is_own_pin(one, held)
        )
        costs = beside.cost.of(view)
        differences = dict(
            zip(LEVEL_NAMES, map(sum, zip(costs, beside.differences, strict=True)), strict=True)
        )
        return Weight(breaches=breaches, differences=differences)

    def _without(self, keys: frozenset[str]) -> Beside:
        """One thread lays it out, others wait for it."""
        with self._laying:
            found = self._beside.pop(keys, None) or self._laid_out(keys)
            self._beside[keys] = found
            while len(self._beside) > MOST_IN_HAND:
                self._beside.pop(next(iter(self._beside)))
        return found

    def _laid_out(self, keys: frozenset[str]) -> Beside:
        plan = plan_from([item for item in self.items if item.key not in keys])
        goals = self.auditor.goals(plan)
        fit = Fit(self.auditor, plan)
        return Beside(
            fit,
            AddedCost(fit.view),
            tuple(goals[name] - self.goals[name] for name in LEVEL_NAMES),
            tuple(breach for breach in self._breaches(plan) if breach.key not in self.known),
        )

    def _breaches(self, plan: Plan) -> list[Breach]:
        report = self.auditor.audit(plan)
        return [*report.violations, *(one.breach for one in report.overruled)]


def is_own_pin(breach: Breach, held: Iterable[PlanItem]) -> bool:
    """Whether a pin is that of a thing in hand: a hand that moves it moves its pin along. What is fixed with a person stays."""
    return breach.rule == "pinned" and any(
        (breach.about, breach.on) == (_about(item), item.held_on) for item in held if item.need_code is None
    )


def _about(item: PlanItem) -> str:
    if item.promotion_code is not None:
        return sequence_key(item.promotion_code, item.sequence_code or "")
    return f"{item.cadence_code}#{item.number}" if item.kind == "session" else item.cadence_code or ""
